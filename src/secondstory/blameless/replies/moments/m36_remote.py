"""Remote people are left out: first in the round, one shared page."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M36",
    title="Remote voices",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("time", "panel", "role"),
    points=("",),
    wordings=bank(
        "M36",
        note="""
a Remote first for {time}.
h Remote first, and read the chat aloud.
""",
        nudge="""
a Remote first: how did {time} look from your side?
h Remote first: what did you have in view?
""",
        redirect="""
a Remote first for this step. What did {panel} look like from where you were at {time}?
h I take the chat first, then the room. What is in it that has not been said?
""",
        firm="""
h For this step everyone is on the shared page and in the list of hands.
a Until we are past {time}, everyone is on the shared page and in one list of hands.
""",
    ),
)
