"""Nobody speaks, for the last review ended in a transfer."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="nobody_speaks",
    title="Nobody speaks",
    about="five responders, and a director on the call",
    cast=(
        Part("room", "The room", "··"),
        Part("director", "Director", "DI"),
        Part("oncall", "On-call engineer", "OC"),
        Part("support", "Support engineer", "SU"),
    ),
    target="oncall",
    voices=("oncall", "support", "director"),
    openings=(
        Line(
            "room",
            HardMoment.SILENCE,
            "M32",
            (
                "(Nobody answers. Somebody types. The question was: any thoughts?)",
                "(Ten seconds of nothing after: so, how was it for everyone?)",
                "(Five cameras go off, one after the other. You had asked what happened.)",
                "(A cough. Nobody unmutes. You had asked for impressions.)",
            ),
        ),
        Line(
            "director",
            HardMoment.SILENCE,
            "M32",
            (
                "I can tell you how it was for my people, they were all fine with it.",
                "Let me answer for the team, they have nothing to add.",
                "My team and I talked, and there is nothing more to say.",
                "Nobody here will contradict me if I say that it went well.",
            ),
        ),
        Line(
            "room",
            HardMoment.SILENCE,
            "M36",
            (
                "(One card comes in: not with them here. It is not clear who is meant.)",
                "(A card, without a name: I will not say it in this round.)",
                "(The only card says: ask me when the call is smaller.)",
                "(One card: last time I spoke, it was used.)",
            ),
        ),
    ),
    press=Line(
        "room",
        HardMoment.SILENCE,
        "M32",
        (
            "(Silence. Somebody looks at another screen.)",
            "(Nobody unmutes. The clock goes on.)",
            "(Two people start at once, and both stop.)",
            "(Silence. The panel of {time} is still on the shared screen.)",
            "(Somebody says: it was all in the chat. Then nothing.)",
            "(A long breath, and nobody speaks.)",
        ),
    ),
    harder=Line(
        "director",
        HardMoment.SILENCE,
        "M32",
        (
            "You see, they have nothing to say. Close it and send me the summary.",
            "I will ask them one by one, then. Who was on call?",
            "This is going nowhere. I know what happened, I will write it myself.",
            "If nobody speaks I take it that nobody has anything to hide.",
        ),
    ),
    ease=Line(
        "support",
        HardMoment.SILENCE,
        "M32",
        (
            "(One card comes in with a time on it. The others wait.)",
            "(Somebody writes one line in the chat and deletes it again.)",
            "(The support engineer unmutes, hesitates, and waits for you.)",
            "(Two cards. One says only: earlier than you think.)",
        ),
    ),
    join=Line(
        "director",
        HardMoment.SILENCE,
        "M32",
        (
            "Come on, people, speak freely. I am not going to bite.",
            "Well, if nobody begins, I begin: I thought it was handled badly.",
            "I do not see why this is so hard. Just tell us what you did.",
            "Let me say what they think: it was the night shift.",
        ),
    ),
    concern=Line(
        "oncall",
        HardMoment.SILENCE,
        "M32",
        (
            "(The on-call engineer writes to you alone: after the last review somebody was moved to another team.)",
            "(A private message: the last one who spoke was transferred a week later.)",
            "(A card: will what we say here be used as it was last time?)",
            "(Privately: I would tell it, but not while the director listens.)",
        ),
    ),
    hidden="The last review ended with somebody moved to another team.",
    concern_words=("card", "cards", "privately", "private", "listen", "writing"),
    inflames=("anyone?", "you must", "on-call engineer, tell", "somebody has to", "don't be shy"),
    calms_by="writing instead of speaking, a small question, the director asked privately to listen",
    goal="Make the question small and the answer safe, and bear the silence.",
)
