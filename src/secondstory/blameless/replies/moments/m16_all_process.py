"""Everything is called process: which step, in which tool, at which time."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M16",
    title="“It is all the process”",
    fit=Fit(
        says=(
            r"\b(?:it'?s|it is|it was|this is|this was|that'?s) (?:all |just |really |basically "
            r"|purely )*(?:the |a )?(?:process|communication|culture)(?: (?:failure|issue|problem|thing))?[.!]?$",
            r"\b(?:a|some) (?:process|communication|culture) (?:failure|issue|problem|breakdown)\b",
            r"\bmiscommunication\b",
        ),
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
e “Process” hides what was decided. What was decided at {time}, and on which information?
h A large word hides the place. Which log or account would show us where it happened?
""",
        firm="""
h I write “not yet understood” and keep the word out. Which account or log would settle it?
a I write “not yet understood” for {service} at {time}, and who can settle it.
""",
    ),
)
