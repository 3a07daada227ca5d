"""A tool, a page or a process is judged, and nobody."""

from secondstory.blameless.phrases import THING, Phrase, finder
from secondstory.blameless.rule import BlameRule

_UNREAL = r"(?:should|could|ought to|must)(?:n't| not)? (?:have|'ve)"

EXTENSION = BlameRule(
    name="names_a_system",
    says="Judges a tool or a process, nobody.",
    find=finder(
        None,
        Phrase(
            rf"\b(?:the|a|an|our|that|this|each|every)?\s?(?:\w+ )?{THING} {_UNREAL}\b",
            0,
            0.5,
        ),
        Phrase(
            r"\bfault[- ](?:toleran\w+|domain|inject\w+|line)\b|\b(?:page|segmentation|ground|bus) faults?\b", 0, 0.6
        ),
        Phrase(rf"\b{THING} (?:is|was|are|were) (?:to blame|at fault|responsible)\b", 0, 0.6),
    ),
    meets=("The alert should have fired at ten.", "fault tolerance was lost", "The cache was to blame."),
    leaves=("You should have called.", "She was responsible.", "The alert fired at ten."),
)
