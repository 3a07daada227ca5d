"""One expert explains at length: one sentence for the timeline, a session of its own."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M34",
    title="One voice for a long time",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("panel", "time", "service_b"),
    points=("One line, and a session of its own.",),
    wordings=bank(
        "M34",
        note="""
a One sentence for the timeline, at {time}.
h Ask for one sentence; park the rest with a date.
""",
        nudge="""
a What does that mean for {service} at {time}, in one sentence?
h Worth keeping. What is the one sentence for the timeline?
""",
        redirect="""
a Worth keeping. One sentence for the timeline: what does it mean for {service} at {time}?
g I park the mechanism as its own session. What does tonight's on-call need from it?
h Your points are on the board. Who saw the same minute from another screen?
""",
        firm="""
h I stop you here, with thanks for the detail; it gets its own session. Another voice for the same minute, please.
a I stop us at {time}; the mechanism gets its own session. Another voice for {panel}, please.
""",
    ),
)
