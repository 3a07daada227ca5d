"""Actions come before the factors: on the list, without an owner yet."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M19",
    title="Actions too early",
    fit=Fit(
        says=(
            r"\blet'?s (?:just|simply|quickly) (?:add|put|write|make|build|fix|do) (?:an?|the|some|another"
            r"|more)\b",
            r"\bwe (?:just|simply) need to (?:add|put|write|build|buy|fix)\b",
            r"^(?:\W*(?:action item|action)\s*:)",
        ),
    ),
    entry=Step.NUDGE,
    shows=("action", "service_b", "panel"),
    points=("A candidate for an action, without an owner.",),
    wordings=bank(
        "M19",
        note="""
a A candidate. On the list already: {action}.
h Note it without an owner.
""",
        nudge="""
a On the list. Which part of the chain at {service} does it act on?
h It is on the list. Which factor does it act on?
""",
        redirect="""
a On the list, beside “{action}”. Which part of the chain does yours act on?
c Let us finish the timeline up to {time}; two ideas may turn out to be one. What comes before it?
h It is on the list for its step. Which factor does it answer?
""",
        firm="""
h Actions wait for the factors. Tonight's risk does not wait: which one do we decide now?
a Actions wait for the factors; “{action}” waits as well. Say so if tonight is at risk.
""",
    ),
)
