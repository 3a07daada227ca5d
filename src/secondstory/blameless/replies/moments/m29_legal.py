"""A lawyer or HR is present: what they do here, and what is collected."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M29",
    title="A lawyer or HR is present",
    fit=Fit(
        cues=("legal is here", "from legal", "from hr", "our lawyer", "hr is here", "liability", "privileged"),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("source",),
    points=("Facts, times, sources.",),
    wordings=bank(
        "M29",
        note="""
a Facts alone on the screen: {source}, {time}.
h Say what the guest does here, and what stays out.
""",
        nudge="""
a Here we collect measurements and accounts, such as {source}.
h Here we collect measurements and accounts; liability is for elsewhere.
""",
        redirect="""
h Our guest advises on duties to report and asks no questions of responders. Is that understood by all?
a We collect facts with their source: {source} at {time} is one. Nobody needs to speak about liability.
""",
        firm="""
h If this becomes a formal inquiry I stop, and all are told before anyone speaks on.
""",
    ),
)
