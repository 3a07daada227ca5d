"""Two seniors hold two causes, and each fears the repair."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="driver_or_pool",
    title="Driver or pool?",
    about="two seniors, two causes",
    cast=(
        Part("first", "Backend senior", "BS"),
        Part("second", "Database senior", "DS"),
        Part("data", "Data person", "DP"),
        Part("executive", "Executive", "EX"),
    ),
    target="data",
    voices=("data", "second", "first", "executive"),
    openings=(
        Line(
            "first",
            HardMoment.ACCUSATION,
            "M17",
            (
                "It was the pool, and the database people will not admit it.",
                "The driver is fine. The database team sized that pool for a toy.",
                "Look no further than the pool. That is their side of the house.",
                "The pool ran dry. The database team has known that limit for a year.",
            ),
        ),
        Line(
            "second",
            HardMoment.ACCUSATION,
            "M17",
            (
                "You say down, I say slow. The backend people do not even know the word.",
                "It was never down. The backend team exaggerates and their driver leaks.",
                "Down means down. What backend saw was their own driver waiting.",
                "Backend calls everything an outage. Their driver was the thing that broke.",
            ),
        ),
        Line(
            "executive",
            HardMoment.DEMAND,
            "M04",
            (
                "Two teams, two stories. I want the one cause, and who owns it, in ten minutes.",
                "Which of the two teams is it? One cause, please, and one owner.",
                "My report has one line for the cause. Which team do I write?",
                "I do not have time for both. Pick one, and tell me who answers for it.",
            ),
        ),
    ),
    press=Line(
        "second",
        HardMoment.ACCUSATION,
        "M08",
        (
            "That is what the backend team always says.",
            "The driver keeps connections open. That is backend code, all of it.",
            "I can show you five tickets about their driver.",
            "At {time} it was already their driver, believe me.",
            "Backend wants a bigger pool so that nobody looks at their code.",
            "We doubled the pool last year for them. It changed nothing.",
        ),
    ),
    harder=Line(
        "first",
        HardMoment.ACCUSATION,
        "M08",
        (
            "Then let the database team explain why their pool has no alert at all.",
            "Fine, we vote. Who else thinks the database team dropped this?",
            "I am not rewriting a driver because the database team cannot count.",
            "If this lands with backend I escalate it tonight.",
        ),
    ),
    ease=Line(
        "data",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "What moved first on the record, the waiting or the errors?",
            "When did the first alert fire?",
            "Is there anything on record that neither story explains?",
            "What do we have, and what do we not know yet?",
        ),
    ),
    join=Line(
        "first",
        HardMoment.ACCUSATION,
        "M17",
        (
            "The driver opens what the pool allows. The database team set the limit, not us.",
            "Ask the database team what that limit was and who chose it.",
            "We only use the pool that the database team gives us.",
            "The database side changed something that week, I am certain.",
        ),
    ),
    concern=Line(
        "second",
        HardMoment.THREATENED,
        "M20",
        (
            "If it is the pool, then the repair is ours again, like every time.",
            "We followed the sizing rule. And still the repair will land with us.",
            "Whatever we find, my team gets the work. So forgive me if I am careful.",
            "We did as the page says. I only do not want six weeks of repair for it.",
        ),
    ),
    hidden="Each of the two fears that the repair lands with their team.",
    concern_words=("repair", "land", "afterwards"),
    inflames=("both right", "both valid", "both of you are right", "vote", "let us agree"),
    calms_by="the order of onsets, what each claim predicts, and that inconclusive is an answer",
    goal="Test the claims side by side, and let each say the other's point.",
)
