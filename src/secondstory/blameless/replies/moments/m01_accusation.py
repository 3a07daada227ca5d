"""Somebody present is accused: their change, their screen and their minute become the matter."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M01",
    title="Somebody present is accused",
    fit=Fit(labels=(Label.BLAMES_PERSON,)),
    entry=Step.REDIRECT,
    shows=("change", "panel", "alert", "role"),
    points=("{change} on {service} was live from {time}; what let it through is open.", "What let it through is open."),
    wordings=bank(
        "M01",
        note="""
a Names a person as cause. {panel} at {time} can answer.
b Beside it on record: {change} at {time}.
h A cause with a name on it; ask what it rests on.
c Ask for the minute, from another voice.
""",
        nudge="""
a What did {panel} show at {time}?
b {change} at {time}: what on record links it to the failures?
c What happened in the minute before {time}, step by step?
e Which options did the tools offer at that point?
""",
        redirect="""
a There is a change in that window, {change} at {time}. What on the panels links the two?
b In {source}, {signal} moved at {time}. What did your own screen say in that minute?
c Let us take that as a claim about {service}. What happens there in the two minutes before {time}?
e That minute matters. At {time}, which options did {service} leave open, and what did each one cost?
f We can test that. On the recorded data {signal} left the usual range at {time}; what comes before it?
d Changes go out on other days too. What was different around {change} at {time}?
g Whoever is on call next meets the same screen. What does {panel} need to show at such a minute?
a[present] We test that as a claim about {service}. Whoever had {panel} open at {time} is our expert for it; what
  did it do?
h You point to a link between two things. What have you seen that ties them together, and where is it recorded?
c Let us put that minute on the screen first. What was visible before anyone acted?
""",
        firm="""
a I stop us here. This meeting works on what {service} allowed; matters about people go to their manager. We go on
  with {agenda_step}.
b Two things stay on the table: {change} at {time}, and what let it through. We leave the rest outside this room.
c We speak of minutes and of what the tools showed. I take us to {time} and to {panel}.
h I keep the point and leave the name out of it. The claim goes on the board, and its evidence beside it.
d This room asks what made it possible. Anything else has its place with the line manager, and we go on now.
""",
    ),
)
