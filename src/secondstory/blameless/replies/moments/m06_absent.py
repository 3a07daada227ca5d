"""Somebody who is not here is blamed: the missing account is a gap."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step, Target
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M06",
    title="Somebody absent is blamed",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.STOPS_AT_PEOPLE),
        cues=("not here", "isn't here", "is on holiday", "is on leave", "has left", "left the company", "off today"),
        targets=(Target.ABSENT,),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("unknown", "change", "time"),
    points=("Gap: one account is missing for the minutes around {time}.", "Gap: one account is missing."),
    wordings=bank(
        "M06",
        note="""
a Speaks of somebody who cannot answer here; look at {source}, {time}.
h A missing account is a gap, and gaps go on the board.
""",
        nudge="""
a What do we have on record for {time}?
h Which source covers that stretch without them?
""",
        redirect="""
a That account is missing today, so we stay with the record. What can we read in {source} at {time}?
c I ask for that account after the meeting and mark the stretch as open. What is on record right before it?
h We have one side of that here. What can be told from logs and panels alone?
""",
        firm="""
a The gap is on the board. We go on at {time} with {source}.
h Nobody is spoken about here who cannot answer. The stretch is marked as open, and we go on.
""",
    ),
)
