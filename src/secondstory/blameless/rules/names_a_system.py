"""A tool, a page or a process is judged, and nobody."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule

_THING = (
    r"(?:alert|alarm|monitor\w*|breaker|cache|job|pod|host|queue|tool|script|form|page|runbook|dashboard|config\w*|flag"
    r"|validator|linter|pipeline|deploy\w*|default|template|timeout|retry|replica|service|system|process|check|test|api"
    r"|database|disk|server|router|switch|firewall|probe|canary|rollback|it)"
)

_UNREAL = r"(?:should|could|ought to|must)(?:n't| not)? (?:have|'ve)"

EXTENSION = BlameRule(
    name="names_a_system",
    says="Judges a tool or a process, nobody.",
    find=finder(
        None,
        Phrase(
            rf"\b(?:the|a|an|our|that|this|each|every)?\s?(?:\w+ )?{_THING} {_UNREAL}\b",
            0,
            0.5,
        ),
        Phrase(
            r"\bfault[- ](?:toleran\w+|domain|inject\w+|line)\b|\b(?:page|segmentation|ground|bus) faults?\b", 0, 0.6
        ),
        Phrase(rf"\b{_THING} (?:is|was|are|were) (?:to blame|at fault|responsible)\b", 0, 0.6),
    ),
    meets=("The alert should have fired at ten.", "fault tolerance was lost", "The cache was to blame."),
    leaves=("You should have called.", "She was responsible.", "The alert fired at ten."),
)
