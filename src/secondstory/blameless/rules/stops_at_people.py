"""A slip or inattention given as the cause, the category or the remedy."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

EXTENSION = BlameRule(
    name="stops_at_people",
    says="Ends at a slip; what made it possible stays open.",
    find=finder(
        Label.STOPS_AT_PEOPLE,
        Phrase(
            r"\broot cause\W{1,3}(?:is |was |were )?(?:a |an |simply |just |plain )*(?:human|operator|user)\b", 2, 0.9
        ),
        Phrase(
            r"\b(?:due to|caused by|because of|down to) (?:a |an |simple |plain )*(?:human|operator|manual) error\b",
            2,
            0.85,
        ),
        Phrase(
            r"\b(?:it|this|that)(?:'s| is| was) (?:just |simply |plain |clearly |a |an )*(?:human|operator) error\b",
            2,
            0.85,
        ),
        Phrase(r"\b(?:be|being|were|was) more careful\b", 1, 0.7),
        Phrase(r"\b(?:carelessness|inattention|lack of (?:attention|discipline|care|diligence))\b", 2, 0.8),
    ),
    meets=("The root cause was human error.", "people need to be more careful", "this was down to operator error"),
    leaves=(
        "We do not stop at human error here.",
        "The error came from the operator pod.",
        "What made the step easy to miss?",
    ),
)
