"""A joke about a person: no laugh, no sermon, back to the panel."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M10",
    title="A joke about a person",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.BLAMES_TEAM),
        cues=("haha", "lol", "just kidding", "only joking", "joking", "(laughs)", "[laughs]", "[laughter]"),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("panel", "signal"),
    points=("",),
    wordings=bank(
        "M10",
        note="""
a A joke about a colleague; go back to {panel}.
h Neither laugh nor explain; go back to the data.
""",
        nudge="""
a Jokes about tools are welcome. {panel} at {time}, please.
h Jokes about systems, please; people here tell us hard things.
""",
        redirect="""
a Back to what we can measure: {signal} at {time}. What did it look like?
h People here tell us hard things, so jokes are for tools. Where were we on the timeline?
""",
        firm="""
a No more jokes about colleagues today, mine included. We go to {panel}.
h From here on, jokes are about systems only. We go on with {agenda_step}.
g No more jokes about colleagues in this meeting, mine included. We go on with the timeline.
""",
    ),
)
