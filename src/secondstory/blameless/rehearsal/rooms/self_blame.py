"""The deployer takes it all on themselves."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="self_blame",
    title="“It was me”",
    about="somebody takes it all on themselves",
    cast=(
        Part("deployer", "Release engineer", "RE"),
        Part("peer", "Joking colleague", "JC"),
        Part("lead", "Worried lead", "WL"),
    ),
    target="deployer",
    voices=("lead", "peer", "deployer"),
    openings=(
        Line(
            "deployer",
            HardMoment.SELF_BLAME,
            "M22",
            (
                "It was me. I broke it, and I am sorry.",
                "You do not have to look further, it was all my fault.",
                "I did it. I looked at the wrong screen, and I ruined the day for everybody.",
                "It was my change, {change}, and I should never have touched it.",
            ),
        ),
        Line(
            "peer",
            HardMoment.SELF_BLAME,
            "M10",
            (
                "Cake is on the release engineer this week, I suppose! Come on, laugh a little.",
                "We will name the outage after you, how is that? You are famous now.",
                "Next time we hide the keyboard from you. Only joking!",
                "Well, now we know who pays for the beer. Do not look like that, it is funny.",
            ),
        ),
        Line(
            "deployer",
            HardMoment.SELF_BLAME,
            "M23",
            (
                "There is more. I used the bypass, as I do every week. Nobody knows about it.",
                "I have to say something. The alert was off because I switched it off weeks ago.",
                "I went around the check. Not only that day. It was me every time.",
                "It is worse than you think. I have a script that skips the gate, and I used it.",
            ),
        ),
    ),
    press=Line(
        "deployer",
        HardMoment.SELF_BLAME,
        "M22",
        (
            "You are kind, but we all know that it was me.",
            "I keep seeing that screen. I did that.",
            "At {time} I pressed it. Nobody else.",
            "I do not deserve to be in this team.",
            "Just write down that it was me and let us finish.",
            "I am sorry. I am so sorry.",
        ),
    ),
    harder=Line(
        "deployer",
        HardMoment.SELF_BLAME,
        "M24",
        (
            "I cannot do this. I cannot.",
            "(The release engineer cries and turns the camera away.)",
            "Please, I do not want to hear that minute again.",
            "(No answer. The hands in front of the face.)",
        ),
    ),
    ease=Line(
        "deployer",
        HardMoment.SELF_BLAME,
        "M22",
        (
            "Thank you. Still, it feels as if it was only me.",
            "All right. I only wish that I had seen it.",
            "That helps a little. But it was my hand.",
            "I can say something about the screen later. It was still me who pressed.",
        ),
    ),
    join=Line(
        "lead",
        HardMoment.SELF_BLAME,
        "M22",
        (
            "I worry. I gave them that shift, so it is my fault as well.",
            "Perhaps I have to take this on me, I approved the plan.",
            "It is on me too. I saw that they were tired.",
            "I am their lead, so if it is anybody, it is me.",
        ),
    ),
    concern=Line(
        "deployer",
        HardMoment.SELF_BLAME,
        "M24",
        (
            "I have not slept for thirty hours. I only did not want to let you down.",
            "It was the second night without sleep. I did not say so.",
            "Nobody could take over, so I stayed for thirty hours.",
            "I was so tired that both screens looked the same to me.",
        ),
    ),
    hidden="The release engineer had not slept for thirty hours.",
    concern_words=("break", "sleep", "rest", "tired", "today", "shift", "pause"),
    inflames=("nobody's fault", "don't worry", "why did you", "applause", "everybody makes mistakes"),
    calms_by="a break, a choice, the condition on the board, the joke stopped",
    goal="Care first; the question about the system comes later, and to others.",
)
