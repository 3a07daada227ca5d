"""An architect lectures while the key number waits with a junior."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="lecture",
    title="The long lecture",
    about="an architect, and a junior with a number",
    cast=(
        Part("architect", "Architect", "AR"),
        Part("junior", "Junior on-call", "JO"),
        Part("executive", "Executive", "EX"),
    ),
    target="junior",
    voices=("junior", "executive", "architect"),
    openings=(
        Line(
            "architect",
            HardMoment.SILENCE,
            "M34",
            (
                "Let me take you through the design from the start, because without the history of "
                "the queue you will not follow, and in the second year we ...",
                "There are seven layers here, and I would like to explain each of them, beginning "
                "with the one nobody remembers, which is ...",
                "To understand that minute one has to understand consistency, and to understand "
                "consistency one has to go back to ...",
                "I wrote a paper on this, and its fourth section says it best, so allow me to read "
                "it, it is not long, perhaps ...",
            ),
        ),
        Line(
            "architect",
            HardMoment.SILENCE,
            "M33",
            (
                "One second, junior, that is a detail. As I said, the architecture itself ...",
                "We come to that number later. The important thing, which I have to finish first, is ...",
                "Let me stop you there, the number means nothing without the model, and the model is ...",
                "Yes, yes, a number. What matters is the principle, and I am nearly there, which is ...",
            ),
        ),
        Line(
            "executive",
            HardMoment.SILENCE,
            "M34",
            (
                "No, please, let the architect go on. This is the first thing I enjoy today. We have "
                "twelve minutes, yes?",
                "I find this fascinating. Do continue about the design, I can stay another twelve minutes.",
                "Finally somebody explains it to me. Go on, the rest can wait.",
                "Let the architect finish, I like it. What else do we need the time for?",
            ),
        ),
    ),
    press=Line(
        "architect",
        HardMoment.SILENCE,
        "M34",
        (
            "I am coming to it. First the event bus, which we chose against my advice, and which ...",
            "That belongs to chapter two. In chapter one we saw that ...",
            "Exactly, and that leads me to the theory of queues, which says ...",
            "If I may finish: at {time} a system built as I proposed would have ...",
            "One more slide, and then a second one that explains it ...",
            "You cannot look at one panel without the whole, and the whole is ...",
        ),
    ),
    harder=Line(
        "architect",
        HardMoment.SILENCE,
        "M33",
        (
            "Please do not cut me off. I built this, and the junior has been here for five weeks.",
            "I will not be stopped for a number that a junior read off a screen.",
            "With respect, one of us has twenty years in this. So, once more ...",
            "Either we do it properly or I leave the call. Now, the model ...",
        ),
    ),
    ease=Line(
        "executive",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "And what was that number, in one sentence?",
            "So when did it begin, on the record?",
            "What does that mean for us tonight?",
            "When did an alert fire?",
        ),
    ),
    join=Line(
        "junior",
        HardMoment.SILENCE,
        "M37",
        (
            "(The junior starts: I had a number for that minute. And stops.)",
            "(The junior says: sorry, it can wait.)",
            "(The junior unmutes: it is probably nothing. And mutes again.)",
            "(The junior: I had the panel open, but others know better.)",
        ),
    ),
    concern=Line(
        "architect",
        HardMoment.SILENCE,
        "M34",
        (
            "I proposed the redesign two years ago, and it was refused in ten minutes. So now I take my time.",
            "The redesign would have prevented all of this, and you all refused it.",
            "They refused my redesign without reading it. That is why I explain it again.",
            "I only want somebody to hear why the redesign was needed.",
        ),
    ),
    hidden="The architect's redesign was refused, and nobody told the architect why.",
    concern_words=("redesign", "refused", "proposal", "session", "proposed"),
    inflames=("offline", "too long", "we have no time", "get to the point", "enough"),
    calms_by="one line of summary, a session of its own, the junior's number asked for",
    goal="Give time its limits with respect, and bring the number into the room.",
)
