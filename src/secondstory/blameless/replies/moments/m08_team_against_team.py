"""Team against team: the edge between their services and what each side expects there."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step, Target
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M08",
    title="Team against team",
    fit=Fit(labels=(Label.BLAMES_TEAM,), targets=(Target.TEAM, Target.OWN_TEAM)),
    entry=Step.REDIRECT,
    shows=("service_b", "change", "panel"),
    points=(
        "At {service} to {service_b} each side expects something else; what, is open.",
        "The two sides expect something else of each other; what, is open.",
    ),
    wordings=bank(
        "M08",
        note="""
a Names a team as cause. The edge: {service} to {service_b}.
h Turn from the teams to what each side expects.
""",
        nudge="""
a What does each side expect on the calls from {service} to {service_b}?
c What did either side see at {time}?
e[own_team] Which of my sentences on this looks weak to you?
h Where is that agreement written down?
""",
        redirect="""
a Both describe the calls from {service} to {service_b}. What does each side expect there, and where is it written?
b On record, {signal} left the usual range at {time}. What do the panels of both sides show then?
c Two minutes a side, no replies in between: what did you see, what did you expect, what surprised you?
d On an ordinary day those calls work. What do {service} and {service_b} promise each other then?
f The record shows no sign of {value} between {service} and {service_b}. What would it change there?
g Both teams will be paged by the same edge next time. What would each want to see on one shared screen?
h[own_team] My own team is named, so somebody else leads this step. Which role takes it?
""",
        firm="""
a The agreement between {service} and {service_b} is missing, and that is a factor. We return to {time}.
h I speak of the two services from here on, and leave the teams out. I ask the same of everyone.
""",
    ),
)
