"""A customer is in the room: their loss first, then a straight account."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label, SpeakerRole

EXTENSION = Moment(
    key="M30",
    title="A customer is in the room",
    fit=Fit(
        labels=(Label.BLAMES_TEAM, Label.BLAMES_PERSON, Label.PRESSES),
        speakers=(SpeakerRole.CUSTOMER,),
        cues=("our launch", "our customers", "we lost", "we paid", "my company", "our business"),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("impact", "time_b"),
    points=("What the customer saw, with times.",),
    wordings=bank(
        "M30",
        note="""
a Their loss first: {impact}.
h Their side first; a straight account, then written answers.
""",
        nudge="""
h Your side first: what did you see, and from when?
a Our record has {time}. From when did you see it?
""",
        redirect="""
h We begin with what you lost. When did it start for you, and what came to a halt?
a Our record says {impact}, from {time} to {time_b}. What came to a halt for you?
g You get a straight account: what failed, what protects you tonight, what changes by when. Which comes first for you?
""",
        firm="""
h The rest is for our inner session; your questions get written answers.
a Your questions get written answers, beginning with {time}. Names are no part of them.
""",
    ),
)
