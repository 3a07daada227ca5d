"""The speaker takes the blame."""

from secondstory.blameless.phrases import HARDLY, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_MINE = r"(?:all |entirely |totally |probably |really |one )*(?:is |was |were )?(?:my (?:fault|mistake|bad|mess)|on me)"
_LAPSE = r"(?:screwed up|messed up|blew it|dropped the ball|broke (?:it|prod)|let (?:you|everyone|the team) down)"

EXTENSION = BlameRule(
    name="takes_it_on",
    says="The speaker takes the blame.",
    find=finder(
        Label.SELF_BLAME,
        Phrase(rf"\b(?:it|this|that|all)(?:'s| is| was)? {_MINE}\b", 0, 0.9),
        Phrase(
            rf"\bi {HARDLY}(?:should(?:'ve| have)|ought to have) (?:known|caught|seen|checked|asked|called)\b", 0, 0.85
        ),
        Phrase(rf"\bi {HARDLY}{_LAPSE}\b", 0, 0.9),
        Phrase(r"\b(?:blame me|mea culpa|i blame myself|i feel (?:terrible|awful|so stupid|like an idiot))\b", 0, 0.85),
    ),
    meets=("That one is on me.", "i should have checked the lag", "honestly it was my fault"),
    leaves=("It was not only my team's view.", "I checked the lag at ten.", "They should have checked it."),
)
