"""A vendor is blamed: their part gets a line, and ours are the timeout, the fallback and the alert."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step, Target
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M09",
    title="A vendor is blamed",
    fit=Fit(
        labels=(Label.BLAMES_TEAM,),
        cues=("vendor", "supplier", "the provider", "cloud provider", "third party", "third-party", "contractor"),
        targets=(Target.VENDOR,),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("service_b", "panel", "alert"),
    points=("The vendor's part, with times; and which protection is missing at our edge.",),
    wordings=bank(
        "M09",
        note="""
a Their part gets a line of its own; ours starts at {time}.
h Ask what was in our own hands.
""",
        nudge="""
a Their part gets its own line. At {time}, what was in our hands?
h What do we rely on that their contract does not promise?
""",
        redirect="""
a Their part gets its own line, with times. At {time}, which of timeout, fallback and alert was in our hands?
b On our side {signal} left the usual range at {time}. What stands between their answer and our users?
h We depend on them, and we chose how. Which protection is ours to build, whatever they do?
""",
        firm="""
a Two lists: questions to the vendor, and changes here. {service} is on the second, and that one we can decide today.
h What they owe us is settled elsewhere. In here we decide about our own edge.
""",
    ),
)
