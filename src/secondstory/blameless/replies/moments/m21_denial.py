"""“Our side was green”: the panel is right about what it measures; what it leaves out is a gap."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M21",
    title="“Our side was green”",
    fit=Fit(
        labels=(Label.DEFENDS, Label.BLAMES_TEAM),
        cues=(
            "was green",
            "all green",
            "our side",
            "our end",
            "was fine",
            "not us",
            "wasn't us",
            "nothing wrong on our",
            "our dashboards",
            "our metrics",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("service_b", "panel", "signal"),
    points=(
        "One panel stayed calm while {signal} left the usual range; what it does not measure is open.",
        "One panel stayed calm; what it does not measure is open.",
    ),
    wordings=bank(
        "M21",
        note="""
a Two panels differ; {panel} at {time} is one.
h Their screen stayed calm; ask what it measures.
""",
        nudge="""
a Your panel stayed calm at {time}. What does it not measure?
h What does that panel measure, and what lies beside it?
""",
        redirect="""
a Your panel stayed calm, and {signal} left its usual range at {time}. What does your panel not measure?
b Both can hold: calm on one panel, {value} on {panel}. What lies between the two?
c Let us follow one request from {service} to {service_b} at {time}. In which state does it leave your side?
h That panel was calm, and users met failures. What does it leave out?
""",
        firm="""
h Both measurements stand. What lies between them is a gap with an owner, and we go on.
a Both measurements stand, {signal} among them. The gap between them gets an owner.
""",
    ),
)
