"""Everything is called process: which step, in which tool, at which time."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M16",
    title="“It is all the process”",
    fit=Fit(
        cues=(
            "it's all the process",
            "it is all the process",
            "process failure",
            "process issue",
            "it was the process",
            "miscommunication",
            "culture problem",
            "communication problem",
        ),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("change", "step", "service_b"),
    points=("Step, tool, and what passes through it.",),
    wordings=bank(
        "M16",
        note="""
a Too big a word; the step is near {change}.
h Ask for the step and the tool.
""",
        nudge="""
a “Process” is too big to repair. Which step, near {change}?
h Which step, in which tool?
""",
        redirect="""
a “Process” is too big to repair. Which step, in which tool, at {time}?
e Actions belong in a blameless account. What was decided at {time}, and on which information?
h A large word hides the place. Which log or account would show us where it happened?
""",
        firm="""
h I write “not yet understood” and keep the word out. Which account or log would settle it?
a I write “not yet understood” for {service} at {time}, and who can settle it.
""",
    ),
)
