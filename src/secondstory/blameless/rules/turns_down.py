"""Blame that is turned down, and not said."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule

_NOT = (
    r"(?:(?:not|aren't|isn't) (?:here|about|interested|looking|after|on trial)|nobody(?:'s| is)|no one(?:'s| is)|never)"
)
_STOP = r"(?:don't|do not|not|without|rather than|instead of) (?:\w+ ){0,2}(?:stop\w* at|say\w*|assign\w*|attribut\w*)"
_BLAME = r"(?:blam\w+|(?:at )?fault|guilt\w*|(?:human|operator) error|trial)"

EXTENSION = BlameRule(
    name="turns_down",
    says="Turns blame down.",
    find=finder(
        None,
        Phrase(rf"\b{_NOT} (?:\w+ ){{0,7}}{_BLAME}\b", 0, 0.9),
        Phrase(rf"\b{_STOP} (?:\w+ ){{0,2}}{_BLAME}\b", 0, 0.9),
        Phrase(r"\bwe found no (?:lack|carelessness|negligence)\b|\bset aside '[^']{3,40}' as\b", 0, 0.8),
    ),
    meets=(
        "We are not here to blame anyone.",
        "nobody is on trial here",
        "we do not stop at human error",
    ),
    leaves=("You are to blame.", "I am not blaming, but you broke it.", "Blameless, is it. Lovely."),
)
