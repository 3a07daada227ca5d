"""Blame that is told of or turned down, and not said."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule

_TURNED_DOWN = r"(?:not|never|isn't|aren't|won't|don't|nobody|no one|without|rather than|instead of)"
_BLAME = r"(?:blam\w+|(?:at )?fault|guilt\w*|(?:human|operator) error|names)"

EXTENSION = BlameRule(
    name="quotes",
    says="Tells of blame or turns it down.",
    find=finder(
        None,
        Phrase(rf"\b{_TURNED_DOWN} (?:\w+ ){{0,8}}{_BLAME}\b", 0, 0.9),
        Phrase(r"\bgit blame\b|\bblameless(?:ly)?\b", 0, 0.7),
    ),
    meets=("We are not here to blame anyone.", "this review is blameless", "we do not stop at human error"),
    leaves=("You are to blame.", "Who broke it?", "The deploy went out at ten."),
)
