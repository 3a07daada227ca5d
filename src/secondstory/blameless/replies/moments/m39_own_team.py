"""“You are protecting your team”: agreed with, then checked by the sources."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M39",
    title="“You are protecting your team”",
    fit=Fit(
        says=(
            r"\b(?:protecting|covering (?:up )?for|defending|shielding) (?:your|him|her|them|the|someone"
            r"|somebody|each other)\b(?: own)?",
            r"\b(?:cover-?up|whitewash\w*)\b",
            r"\bsweep(?:ing)? (?:this|it|that) under\b",
            r"\byou(?:'re| are) (?:biased|not neutral|on their side|too close)\b",
            r"\b(?:your|it's your) own team\b",
        ),
    ),
    entry=Step.NUDGE,
    shows=("source", "panel"),
    points=("Independence, in the section on how this was made.",),
    wordings=bank(
        "M39",
        note="""
a Asks whether you are fair; offer {source}.
h A test of fairness: offer the sources.
""",
        nudge="""
a So check me. Which claim looks weak beside {source}?
h So check me: each claim has its source. Which one looks weak?
""",
        redirect="""
a I do work with them. So check me: the claim on {service} rests on {source}. Which part looks weak?
h I do work with them. So check me: every claim has its source beside it. Which one looks weak?
g Fairness counts more than speed. Which step do you want somebody else to lead?
""",
        firm="""
h If doubt remains we stop before the causes and finish with someone from outside.
a Somebody else leads from {time} on, and I take notes. Who will?
""",
    ),
)
