"""A lapse, a motive or a lack of wit ascribed to a person or a team."""

from secondstory.blameless.phrases import FAULT, HARDLY, NAMED, WHOLLY, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_ONE = (
    rf"(?P<who>{NAMED}|you|he|she|they|whoever|some(?:one|body)"
    r"|the (?:\w+ )?(?:engineer|developer|operator|admin|reviewer)s?)"
)
_LAPSE = (
    r"(?:forgot|neglected|ignored the|broke (?:it|prod|production|the)|screwed|messed|botched|couldn't be bothered"
    r"|didn't (?:even |bother|care|think)|fell asleep|dropped the ball|wasn't (?:paying|looking)|failed to)"
)
_TEAM = r"(?P<who>the (?:\w+ )?team|ops|infra|qa|platform|security|support|the vendor|our vendor|dev)"

EXTENSION = BlameRule(
    name="accuses",
    says="Ascribes a lapse to somebody.",
    find=finder(
        Label.BLAMES_PERSON,
        Phrase(rf"\b{_ONE} {HARDLY}{_LAPSE}\b", 2, 0.7),
        Phrase(
            rf"\b(?:this|that|it)(?:'s| is| was) {WHOLLY}on (?P<who>{NAMED}|you|him|her|them)\b",
            2,
            0.9,
        ),
        Phrase(
            rf"\b(?:is|was|'s|are|were) {WHOLLY}(?P<who>{NAMED}(?:'s?|’s)?|your|his|her|their) (?:own |damn )?{FAULT}",
            2,
            0.9,
        ),
        Phrase(rf"\b(?P<who>{NAMED}|you|he|she|they) (?:is|are|was|were) {WHOLLY}(?:to blame|at fault)\b", 2, 0.9),
        Phrase(r"\b(?P<who>you|he|she) (?:had|have|has) one job\b", 2, 0.9),
        Phrase(r"\bwhat (?:on earth |the hell )?were (?P<who>you) (?:even )?thinking\b", 2, 0.85),
        Phrase(r"\bdid (?P<who>you) even\b|\bdo (?P<whom>you) even\b", 2, 0.8),
    ),
    meets=(
        "You forgot the flag again.",
        "honestly what were you thinking",
        "he had one job",
        "it was all his fault",
        "this is on them",
        "she is clearly to blame",
    ),
    leaves=(
        "The job failed to start.",
        "You asked for the rollback.",
        "Did the pod even start?",
        "It was their fault tolerance.",
    ),
)
