"""“Human error”, more care, more training: what made the step easy to take and its effect hard to see."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M14",
    title="It stops at human error",
    fit=Fit(
        labels=(Label.STOPS_AT_PEOPLE,),
        says=(
            r"\b(?:human|operator|user|pilot) error\b",
            r"\b(?:re-?train(?:ed|ing)?|(?:more|better|extra|refresher) training|train (?:them|people|everyone"
            r"|everybody))\b",
            r"\b(?:be|been|more|extra) (?:careful|vigilant|attentive)\b",
            r"\bpa(?:y|id|ying) (?:\w+ )?attention\b",
        ),
    ),
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
e Say everybody is as careful as can be. At {time}, what does {service} still let through?
f Suppose we write that. Which test on the recorded data tells us that it works?
g Say we write it. What differs on {service} next week, and how do we measure that?
h Care is the last guard we have. What could hold when everyone is tired?
""",
        firm="""
a It goes on the list, marked as weak. What works without attention comes first, starting at {service}.
b Training can be on the list, as the last of several. We first collect what {service} could refuse by itself.
h I mark it as weak and keep the place free for something that works without attention.
g That does not close it for me. The line stays open until something stands in it that we can change.
""",
    ),
)
