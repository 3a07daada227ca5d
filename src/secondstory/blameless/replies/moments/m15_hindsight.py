"""Hindsight and if-only: kept for the actions, turned into a test on recorded data."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M15",
    title="Hindsight",
    fit=Fit(
        labels=(Label.COUNTERFACTUAL,),
        says=(r"\b(?:in|with) hindsight\b",),
    ),
    entry=Step.NUDGE,
    shows=("panel", "time_b", "alert", "change"),
    points=(
        "An idea for an action near {signal}, with its test on the recorded data.",
        "An idea for an action, with its test on the recorded data.",
    ),
    wordings=bank(
        "M15",
        note="""
a Compares with what did not happen; {panel} at {time} is what did.
h Keep it for the actions, as a test.
f Make it a check, and replay it on the recorded data.
""",
        nudge="""
a In the outage that we had, what did {panel} show at {time}?
e Which options were open at {time}, with what was known?
h Keep that for the actions. What was in view in that minute?
f What fires on the recorded data with that in place?
""",
        redirect="""
a Keep that for the actions. Back in the outage as it was: {panel} at {time}. What stood there?
b We know the ending; in that minute there was {source}. What could be read there at {time}?
c Let us stay before the ending. It is {time}: what is known, and what is still to come?
e Knowing what was known at {time}, which options were open, and what did each of them cost?
f Turn it into a test: with that in place, what fires on the recorded data, and how often for nothing?
g Put forward, that is an idea for next time. Which part of the chain around {service} does it act on?
d On days when this goes well, what gives the first sign?
h That is an idea for the actions. What would it have needed to know, and from which screen?
""",
        firm="""
a Such ideas go on the list, and the list has its step. We are at {time}, with what was known then.
h Several such ideas are on the list now. I collect more when we reach the actions.
b We judge no minute by what came later. Our measure is what stood in {source} at {time}.
c We stay before the ending for this step. What came later is for the actions.
""",
    ),
)
