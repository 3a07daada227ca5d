"""An executive wants a name for the board."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="name_for_the_board",
    title="A name for the board",
    about="an executive presses",
    cast=(
        Part("executive", "Executive", "EX"),
        Part("lead", "Team lead", "TL"),
        Part("hr", "HR observer", "HR"),
    ),
    target="lead",
    voices=("lead", "hr", "executive"),
    openings=(
        Line(
            "executive",
            HardMoment.DEMAND,
            "M04",
            (
                "Who is accountable for this? I want to hear it from you.",
                "I read the summary. It says everything but who is responsible.",
                "Before we talk about pools and panels: who do we hold accountable?",
                "Somebody decided this. Who answers for it?",
            ),
        ),
        Line(
            "executive",
            HardMoment.DEMAND,
            "M26",
            (
                "We will all remember who was helpful in this meeting, and who was not.",
                "I would think about next year's budget before I answer that.",
                "Some positions in this room are not as safe as people believe.",
                "I hope the person concerned understands what this could mean for them.",
            ),
        ),
        Line(
            "executive",
            HardMoment.DEMAND,
            "M05",
            (
                "By noon I need a name. HR is here and takes notes.",
                "HR writes this down. Which name do I put in front of the board at noon?",
                "You have until noon to give me a name. After that HR asks everybody alone.",
                "The name, please. HR has the form open already.",
            ),
        ),
    ),
    press=Line(
        "executive",
        HardMoment.DEMAND,
        "M05",
        (
            "That is no answer. I asked for a name.",
            "The board does not want a process, it wants to know who.",
            "You protect somebody, and I notice that.",
            "The summary says {impact}, and you talk about roles.",
            "I have to say something upstairs. Give me something.",
            "In my last company we knew within an hour who it was.",
        ),
    ),
    harder=Line(
        "executive",
        HardMoment.DEMAND,
        "M28",
        (
            "For the third time: who was it?",
            "If you do not tell me, I take it that it was you.",
            "Then I end this meeting and ask each of them alone.",
            "I do not ask again. The name, or I find another facilitator.",
        ),
    ),
    ease=Line(
        "executive",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "All right. Then tell me why it was not caught earlier.",
            "Good, that I can use. Are we safe tonight?",
            "Fine. When did it begin, and when did we notice?",
            "Then give me numbers. What failed, from when to when?",
        ),
    ),
    join=Line(
        "hr",
        HardMoment.DEMAND,
        "M29",
        (
            "For our file I would also need to know who was on duty.",
            "May I ask who approved the change? Only for completeness.",
            "If there was a breach of duty we would have to open a procedure. Was there?",
            "I note that the question of the person stays open. Is that right?",
        ),
    ),
    concern=Line(
        "executive",
        HardMoment.DEMAND,
        "M26",
        (
            "I stand in front of the board in an hour and I do not have one sentence.",
            "The board meets in an hour. What do I say? Tell me that.",
            "They will ask me, not you, and I have nothing in my hands.",
            "I need one sentence for the board that I can defend. That is all.",
        ),
    ),
    hidden="The executive must brief the board in an hour and has no sentence for it.",
    concern_words=("board", "sentence", "brief", "hour", "decision", "explain"),
    inflames=("culture", "blameless", "policy", "calm down", "be patient"),
    calms_by="one sentence for the board, owners of repairs with dates, a private time",
    goal="Answer the need, which is somebody who acts, and not the position.",
)
