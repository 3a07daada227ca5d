"""Somebody warned before: the warnings are evidence of how risks are ranked."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M12",
    title="“We have said this before”",
    fit=Fit(
        labels=(Label.BLAMES_TEAM, Label.BLAMES_PERSON, Label.PRESSES, Label.COUNTERFACTUAL),
        cues=(
            "ten times",
            "i told you",
            "we told you",
            "told them",
            "we warned",
            "i warned",
            "been saying",
            "said this",
            "said it",
            "nobody listen",
            "no one listen",
            "last time",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("signal", "change", "source"),
    points=("The risk was raised before; where it was ranked is open.",),
    wordings=bank(
        "M12",
        note="""
a A warning from before {time} is meant; it is evidence.
h Ask where the warnings are and what became of them.
""",
        nudge="""
a What did the warnings say about {service}, and where are they kept?
h Where is that written, and what happened to it next?
""",
        redirect="""
h Then the warnings are evidence. Where are they, and what happened to them next?
a A warning about {service} before {time} belongs on the timeline. In which record do we find it?
d What did this risk compete with, and where is that ranked?
b Beside the metrics, which record shows that the risk was known, and since when?
""",
        firm="""
h It goes on the board: known risk, no date. Today it gets a date, or somebody who accepts it until one.
a Known risk at {service}, no date: that is on the board. It gets a date today, or somebody who accepts it.
""",
    ),
)
