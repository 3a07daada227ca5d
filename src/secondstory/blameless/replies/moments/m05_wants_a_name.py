"""An executive wants a name, or names in the report: the decision behind the wish, answered outside the meeting."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label, SpeakerRole

EXTENSION = Moment(
    key="M05",
    title="An executive wants a name",
    fit=Fit(
        labels=(Label.ASKS_FOR_NAME, Label.PRESSES),
        cues=("a name", "the name", "names in", "who did", "who was it", "tell me who", "which engineer", "who pushed"),
        speakers=(SpeakerRole.EXECUTIVE, SpeakerRole.MANAGER, SpeakerRole.CUSTOMER),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("bluf", "impact", "action", "unknown"),
    points=("A request to take up outside the meeting.",),
    wordings=bank(
        "M05",
        note="""
a Offer an owner's name instead: “{action}”.
h Ask which decision it serves; offer time outside.
""",
        nudge="""
h Which decision is the name for?
a What do you need to be able to say about {impact}?
g What would let you brief upwards today?
b Which facts on the one-page summary are still missing for you?
""",
        redirect="""
a You have to answer for {impact}. Which decision comes next for you, and when?
b The report speaks in roles. It holds what failed, since when, and the owner of each repair. Which of these do you
  need first?
c The record shows {change} at {time} and what it met. What do you have to decide on the strength of that?
e The report speaks in roles. Which decision is the name for? I can give you what that decision needs.
g By the end of today you have what protects us now, what is open, and an owner for each repair. What else do you
  need?
h You need something that holds when you are asked. I can give you this: {bluf} What is missing from it?
d Our reports use roles, this one too. Which question are you asked, and by when?
f The recorded data can be shown to anyone who asks you. Which part of it would help?
""",
        firm="""
a I name no person here. “{action}” gets an owner by name today; that name you can have.
b Two things I can give now: the cost, {impact}, and the owners of repairs. The rest we take outside.
h I name no person in this room. You and I can speak right after it, with whom you wish present.
g The report keeps roles, whoever asks. Shall we go on with {agenda_step}, or pause and speak outside?
""",
        outside="""
h Let us speak outside, now or at the close. The choice is yours.
a Ten minutes outside, you and I: I bring the record from {time} on, and the owners of the repairs.
""",
    ),
)
