"""A lawyer or HR is present: what they do here, and what is collected."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M29",
    title="A lawyer or HR is present",
    fit=Fit(
        says=(
            r"\b(?:someone|somebody|colleague|\w+) from (?:legal|hr|human resources)\b",
            r"\b(?:our|the) lawyers?\b",
            r"\b(?:legal|hr) is (?:here|on the call|with us)\b",
            r"\blegally privileged\b|\bunder privilege\b",
            r"\bliab(?:le|ility)\b",
        ),
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
a We collect facts with their source, such as {source} at {time}. Nobody needs to speak about liability.
""",
        firm="""
h If this becomes a formal inquiry I stop, and all are told before anyone speaks on.
""",
    ),
)
