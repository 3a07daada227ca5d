"""“Human error”, more care, more training: what made the step easy to take and its effect hard to see."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M14",
    title="It stops at human error",
    fit=Fit(labels=(Label.STOPS_AT_PEOPLE,)),
    entry=Step.REDIRECT,
    shows=("step", "change", "signal"),
    points=(
        "Two things look alike near {change} and nothing stands between them.",
        "Two things look alike and nothing stands between them.",
    ),
    wordings=bank(
        "M14",
        note="""
a Stops at people; {change} at {time} had more conditions.
h Ask what changes next week.
f Weak as a repair; ask how it is measured.
""",
        nudge="""
a What made {signal} hard to see before {time}?
g What differs on {service} next week if we write that?
h What made that step easy to take?
d How often does that go well, and what helps then?
""",
        redirect="""
a Then it waits for the next tired night. What made {change} easy to put out at {time}, and its effect hard to see?
b Attention is one guard. Which other guards does the record show between {change} and our users?
c Let us slow that down. Between {change} at {time} and the first failures, what was there to notice?
d People do that step on other days as well, and it goes well. What was missing on this day?
e Say everybody is as careful as can be. At {time}, which options does {service} still leave open?
f Suppose we write that. Which test on the recorded data tells us that it works?
g Say we write it. What differs on {service} next week, and how do we measure that?
h Care is the last guard we have. What could hold when everyone is tired?
""",
        firm="""
a On the list it stands as weak, beside {change}. Something that needs no attention gets the first place.
b Training can be on the list, as the last of several. We first collect what {service} could refuse by itself.
h I mark it as weak and keep the place free for something that works without attention.
g It does not close the question here. The place for the cause stays open until something else than people stands in
  it.
""",
    ),
)
