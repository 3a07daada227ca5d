"""Somebody tells what nobody knew: the state goes on record, without its person."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M23",
    title="Somebody tells what nobody knew",
    fit=Fit(
        says=(
            r"\b(?:nobody|no one) knows this\b",
            r"\bi (?:have to|need to|should|must) (?:admit|tell you|confess)\b",
            r"\bi (?:had )?(?:disabled|silenced|muted|turned off|switched off) (?:the|that|this|it|our)\b",
            r"\bsomething (?:i|you) (?:haven't|should) (?:said|told|know)",
        ),
    ),
    entry=Step.SUPPORT,
    shows=("alert", "change", "panel"),
    points=("A state that was not on record, and how usual it is.",),
    wordings=bank(
        "M23",
        note="""
a New to the record near {time}; write the state alone.
h Write the state, and how usual it is.
""",
        support="""
a That changes what we know of {time}, thank you. It goes down as a state of the system. Who else has seen it?
h Thank you, that corrects the timeline. I write the state alone, without a name. How usual is it?
b A question to all, on cards without a name: what else is switched off today?
d Thank you. That belongs on the timeline as a state of the system, and you need not explain it.
""",
        firm="""
h I stop this topic here, for everybody's protection. It is taken up outside; the rest goes on.
""",
    ),
)
