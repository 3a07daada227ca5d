"""Somebody junior is present or spoken of: an observation, asked before their senior speaks."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step, Target
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M37",
    title="Somebody junior",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.STOPS_AT_PEOPLE),
        targets=(Target.JUNIOR,),
        cues=("junior", "the new guy", "new hire", "the intern", "graduate", "newbie", "first week"),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("panel", "change"),
    points=("What someone in the first month on call needs here.",),
    wordings=bank(
        "M37",
        note="""
a Answer for the fact yourself: {change}, {time}.
h Answer for the fact yourself; call on nobody.
""",
        nudge="""
a What does {panel} tell someone in the first month on call?
h What does someone in the first month on call need here?
""",
        redirect="""
a I answer for that fact: {change} is on record at {time}. What does the path of a change check?
g Someone in the first month reads the same screen. What does {panel} need to say at {time}?
h That is about how we bring people in. What does somebody new have in hand on a first shift?
""",
        firm="""
a It stands as told. We compare it with {panel} at {time} and go on.
h How somebody learns here is ours to answer, not theirs. We go on.
""",
    ),
)
