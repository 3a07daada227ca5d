"""Two people mean different things by one word: each side's signal and window."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M35",
    title="Talking past each other",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("signal", "panel"),
    points=("One word, two meanings.",),
    wordings=bank(
        "M35",
        note="""
a One word, two meanings; one may be {signal}.
h Ask each for the signal they mean.
""",
        nudge="""
a Do you mean {signal}, from {time} on?
h Which signal do you each mean by that word?
""",
        redirect="""
a Two things share a word here. One may be {signal} at {time}. Which one do you each mean?
h Each says the other's point until the other says yes. Who begins?
b Two signals on one axis would help. Which two, and from when on?
""",
        firm="""
h The question between them is on the board. We measure it in place of arguing.
a One meaning is {signal}; the other goes on the board beside it. We measure both.
""",
    ),
)
