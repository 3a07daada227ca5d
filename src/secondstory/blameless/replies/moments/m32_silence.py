"""Silence after a question: time, a smaller question, writing."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M32",
    title="Silence",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("panel", "role", "time_b"),
    points=("",),
    wordings=bank(
        "M32",
        note="""
a Nobody answers yet. Smaller: {panel} at {time}, flat or moving?
h Wait as long as four slow breaths.
b Ask for something written in place of something said.
""",
        nudge="""
h Take your time. One exact minute is worth more than an opinion.
a On {panel} at {time}: flat or moving?
c What is the first thing that you noticed after {time}?
g What should whoever is on call tonight know?
""",
        redirect="""
a A smaller question: on {panel} at {time}, flat or moving?
c One minute, everyone writes one thing seen between {time} and {time_b}; cards carry no name.
h One minute for everyone: write down one thing that surprised you. Cards carry no name.
b The screen has {source} at {time}. What did you have in view then?
d On an ordinary day, what is the first thing that you look at?
e At {time} there was more than one thing to try. Which ones come to mind?
""",
        firm="""
h We go round once, one fact each, and passing is fine.
a I leave {time} open on the board; accounts can come in writing until tomorrow.
c We take five minutes, everybody writes, and I read the cards aloud.
b We stay with {source} and go on; whoever has more sends me a card.
""",
    ),
)
