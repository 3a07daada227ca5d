"""A lapse or a habit of lapses ascribed to a team, a department or a vendor."""

from secondstory.blameless.phrases import HARDLY, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_TEAM = (
    r"(?P<who>(?:the |our |their |those |you )?(?:\w+ )?(?:team|guys|folks|people|lot|department|vendor|contractors)"
    r"|ops|infra|qa|platform|security|support|netops)"
)
_LAPSE = (
    r"(?:forgot|neglected|ignored|broke (?:it|prod|production|us)|screwed|messed|botched"
    r"|never (?:tell|test|check|read)s?|can't (?:even )?(?:read|be bothered)|couldn't be bothered"
    r"|fell asleep|dropped the ball|sat on|don't care)"
)

EXTENSION = BlameRule(
    name="accuses_team",
    says="Ascribes a lapse to a team.",
    find=finder(
        Label.BLAMES_TEAM,
        Phrase(rf"\b{_TEAM} {HARDLY}{_LAPSE}\b", 2, 0.75),
        Phrase(rf"\b(?:typical|classic|thanks to|that's) {_TEAM}\b(?! (?:is|has|was|have|does)\b)", 1, 0.5),
    ),
    meets=("The network team sat on the ticket.", "platform never tests anything", "classic infra, change it and go"),
    leaves=("The network team joined at ten.", "Ask the platform team.", "The queue dropped the ball-tracking data."),
)
