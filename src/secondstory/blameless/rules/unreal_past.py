"""People judged by what they did not do."""

from secondstory.blameless.phrases import HARDLY, NAMED, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_PEOPLE = (
    rf"(?P<who>{NAMED}|you|he|she|they|we|y'all|ops|sre|dev|qa|support|security|platform|some(?:one|body)|any(?:one|body)"
    r"|nobody|the (?:\w+ )?(?:team|engineer|developer|operator|reviewer)s?)"
)
_DID = r"(?:have|of|'ve) (?:\w+ly )?(?:\w+ed|known|caught|seen|been|done|thought|told|gone|read|taken|rolled|had)\b"

EXTENSION = BlameRule(
    name="unreal_past",
    says="Judges people by what they did not do.",
    find=finder(
        Label.COUNTERFACTUAL,
        # What nobody could have done is no charge.
        Phrase(
            rf"\b{_PEOPLE} {HARDLY}(?:(?:should|ought to|needed to)(?:n't| not)?|(?<!nobody )(?:could|might)) "
            rf"{HARDLY}{_DID}",
            1,
            0.8,
        ),
        Phrase(rf"\bif (?:only )?{_PEOPLE} (?:had|hadn't|'d|would have)(?: just| only| not| never)* \w+", 1, 0.7),
    ),
    meets=("You should have checked the lag first.", "they really should have caught it", "if only she had called"),
    leaves=(
        "Nobody could have known.",
        "The alert should have fired at ten.",
        "What options were open at ten?",
        "We should add a guard.",
    ),
)
