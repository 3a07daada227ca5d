"""A responder defends: the procedure was followed."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="procedure",
    title="“I followed the procedure”",
    about="a defensive responder",
    cast=(
        Part("oncall", "On-call engineer", "OC"),
        Part("reviewer", "Reviewer", "RV"),
        Part("manager", "Engineering manager", "EM"),
    ),
    target="oncall",
    voices=("reviewer", "manager", "oncall"),
    openings=(
        Line(
            "oncall",
            HardMoment.THREATENED,
            "M20",
            (
                "I followed the procedure, step by step. I do not know what else you want.",
                "Every step on that page was done. Do not put this on me.",
                "I did what the runbook says. Anybody else does the same.",
                "The page was open in front of me the whole time, and I did each step of {runbook}.",
            ),
        ),
        Line(
            "oncall",
            HardMoment.THREATENED,
            "M20",
            (
                "Followed. The page. As written.",
                "All steps done. It is in the log.",
                "I have nothing to add. The runbook was followed.",
                "See the log. Steps one to the last.",
            ),
        ),
        Line(
            "oncall",
            HardMoment.THREATENED,
            "M20",
            (
                "If this is how we do it, take me off the on-call list. I followed the page.",
                "You can have my pager. I did every step and it is still my head on the table.",
                "I will not be on call for a team that reads the log like a charge sheet.",
                "Then write that I followed the procedure, and that I leave the rotation.",
            ),
        ),
    ),
    press=Line(
        "oncall",
        HardMoment.THREATENED,
        "M20",
        (
            "So it is about what I did after all.",
            "I said it already. The page says so, and I did it.",
            "Ask the reviewer, they have seen that page too.",
            "At {time} I was at the last step. What more?",
            "I know how this sounds, and I still followed the steps.",
            "You are looking for the step that I left out. There is none.",
        ),
    ),
    harder=Line(
        "manager",
        HardMoment.ACCUSATION,
        "M02",
        (
            "With that attitude we get nowhere. Did the on-call engineer do step three or not?",
            "The page is clear enough for most people on this team.",
            "Others manage with the same procedure.",
            "Somebody with more experience would have stopped at step three.",
        ),
    ),
    ease=Line(
        "oncall",
        HardMoment.THREATENED,
        "M20",
        (
            "There was one thing on the page that I read twice. But it is written like that.",
            "Well, what the page showed and what I had on the screen were not the same.",
            "At one step I waited, because the screen said something else. It is not on the page.",
            "I could show you where it stopped to fit. But I did follow it.",
        ),
    ),
    join=Line(
        "reviewer",
        HardMoment.ACCUSATION,
        "M02",
        (
            "I reviewed that procedure, and it works if one reads it properly.",
            "The page is fine. One has to read the note at the bottom, of course.",
            "I do not think the on-call engineer read to the end.",
            "It passed my review. The steps are complete.",
        ),
    ),
    concern=Line(
        "oncall",
        HardMoment.THREATENED,
        "M20",
        (
            "The page was changed on Tuesday, and nobody told the people on call.",
            "That week the page was edited. I had the old one in my head and the new one before me.",
            "Somebody edited the page that week. Step three is new.",
            "I found out afterwards that the page is from that very week.",
        ),
    ),
    hidden="The page was edited that week, and those on call were not told.",
    concern_words=("edited", "changed", "version", "history", "week"),
    inflames=("calm down", "did you", "nobody is accusing", "no need to be defensive", "attitude"),
    calms_by="the log as a fact, the page as the object, the offer to speak in private",
    goal="Acknowledge by a fact before any question, and ask about the page.",
)
