"""Tears, shock, freezing: a break, a choice, and no question."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M24",
    title="Somebody is in distress",
    fit=Fit(),
    entry=Step.SUPPORT,
    shows=(),
    points=("Break.",),
    wordings=bank(
        "M24",
        note="""
h Clear the shared screen; offer a break to everyone.
""",
        support="""
h Five minutes' break for everyone. Nobody has to explain anything.
g In private: stay, listen with the camera off, or stop for today. All three are fine.
d We leave this part out; the account can come later, in the way that suits.
""",
    ),
)
