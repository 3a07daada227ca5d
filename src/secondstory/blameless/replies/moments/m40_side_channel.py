"""A side channel of digs and whispers: the point in it, if there is one."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M40",
    title="A side channel",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("panel", "change"),
    points=("The point, where there is one.",),
    wordings=bank(
        "M40",
        note="""
a Take the question in it, about {service} perhaps.
h Take the question in it; leave the rest unread.
""",
        nudge="""
h There is a question in the chat. Who reads it out?
a The chat touches {change}. What is the question in it?
b Chat is for facts, links and hands.
""",
        redirect="""
a The chat touches {service} at {time}. Asked aloud, what is the question?
h There is more in the chat than links. Asked aloud, what is the question?
""",
        firm="""
h Chat is closed for five minutes; cards stay open.
a Chat is closed until we are past {time}; cards stay open.
""",
    ),
)
