"""Somebody is interrupted: the turn goes back, the next one is named."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M33",
    title="An interruption",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("time", "panel", "role"),
    points=("",),
    wordings=bank(
        "M33",
        note="""
a Give the turn back; keep {panel} on the screen.
h Give the turn back, then name the next.
b Read the list of hands aloud.
""",
        nudge="""
h Hold that for a moment; you are next.
a First the rest on {panel}, then you.
b My list has the first speaker, then you.
c One sentence more on {panel}, then the next voice.
""",
        redirect="""
a Hold that, you are next. First the end of that sentence, with {panel} on the screen.
b I read my list: first whoever was speaking, then you. What was the end of that thought?
c We leave no minute half told. What came next on {panel}?
d We lose things when two speak at once. Who was in the middle of a sentence?
h You have a point and it keeps. Who was speaking before?
g Both are worth hearing. First the account that was begun: what happened then?
""",
        firm="""
h One at a time, two minutes each, for this step.
a One voice at a time until we are past {time}. I keep the list.
b Hands go up from here on, also on video, and I call them in order.
c I stop here for a breath. Whoever was cut off goes first, for two minutes.
""",
    ),
)
