"""A veiled threat, a demand for justification: the stake, the decision and the time come first."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M26",
    title="Pressure from above",
    fit=Fit(
        labels=(Label.PRESSES,),
        cues=(
            "consequence",
            "disciplin",
            "explain yourself",
            "explain to the",
            "heads ",
            "jobs ",
            "be held to",
            "let go",
        ),
    ),
    entry=Step.REDIRECT,
    shows=("impact", "bluf", "unknown", "action"),
    points=("The need behind it: a sentence to use, by a set time.",),
    wordings=bank(
        "M26",
        note="""
a Asks for consequences. The stake: {impact}.
h Name the stake and the decision; consequences wait for outside.
""",
        nudge="""
h Which decision do you face after this meeting?
a Still open: {unknown}. What hangs on that for you?
""",
        redirect="""
a {impact}: you have to explain that. Which decision do you face after this?
h You need something that holds. The sentence you can use now: {bluf} What else?
b We had {impact}; what protects us now is on the card. Which of the two do you have to speak about first?
g You have to answer for this further up, and soon. What has to be in your hand by then?
e You have to carry this upwards. Which decision waits for our result, and when?
d The stake is clear to everyone here. What would help you most by the end of the hour?
""",
        firm="""
a With consequences in the room people tell less, and the record from {time} on gets gaps. May that wait until we
  speak outside?
h With consequences in the room people tell less, and the report gets gaps. May they wait until we two speak?
b Decisions on people are not made in this meeting. “{action}” is one that can be, and it needs you.
""",
        outside="""
h May we speak for ten minutes, you and I, before this goes on?
a I would like to show you the record from {time} on, outside this room, before we continue.
""",
    ),
)
