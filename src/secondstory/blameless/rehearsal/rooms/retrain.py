"""The room wants training and more care, and to be done."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="retrain",
    title="Retrain them",
    about="the room agrees too fast",
    cast=(
        Part("manager", "Operations manager", "OM"),
        Part("safety", "Safety officer", "SO"),
        Part("team", "Tired engineer", "TE"),
    ),
    target="team",
    voices=("team", "safety", "manager"),
    openings=(
        Line(
            "manager",
            HardMoment.ACCUSATION,
            "M14",
            (
                "It was human error. We retrain the team and close it.",
                "People were not careful. A training, two hours, done.",
                "Somebody did not pay attention. That is all there is in it.",
                "The team needs more discipline, so we train them again.",
            ),
        ),
        Line(
            "manager",
            HardMoment.ACCUSATION,
            "M19",
            (
                "We have five actions already: training, a reminder, a poster, a second reminder, a "
                "talk with the team.",
                "Six minutes in and the list is full. Retrain, remind, sign, report, done.",
                "I wrote the actions last night: the team repeats the course, and signs it.",
                "Action one, the team is reminded. Action two, the team confirms. Shall I go on?",
            ),
        ),
        Line(
            "manager",
            HardMoment.ACCUSATION,
            "M14",
            (
                "I have to report this as done by four o'clock. Write: the team will be more careful.",
                "Closing item: be careful. The owner is on leave, but write them down anyway.",
                "We finish with one line, people take more care, and I sign it before four.",
                "The action is care. I close it today, I have no time for another one.",
            ),
        ),
    ),
    press=Line(
        "manager",
        HardMoment.ACCUSATION,
        "M14",
        (
            "A person did it, so we train the person. What is wrong with that?",
            "The tool did what it was told by somebody careless.",
            "We always retrain after such a thing.",
            "At {time} somebody was simply not awake.",
            "The checklist exists. The team has to use it.",
            "I have done this for twenty years. People make mistakes and one trains them.",
        ),
    ),
    harder=Line(
        "manager",
        HardMoment.DEMAND,
        "M04",
        (
            "Then who goes to the training? I want to write down a person.",
            "Somebody has to be the owner of not being careful. Who?",
            "Tell me which of them needs the talk, and I have it today.",
            "If it is not training then it is a warning. To whom?",
        ),
    ),
    ease=Line(
        "safety",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "And what would differ next week, in numbers?",
            "What did the screen show at that moment, do we know?",
            "Is there an alert that would have told them?",
            "What do we not know yet about that step?",
        ),
    ),
    join=Line(
        "safety",
        HardMoment.ACCUSATION,
        "M02",
        (
            "The checklist has a box for it, and the team left the box empty.",
            "In my audits it is always the same: the team ticks what it did not do.",
            "I can offer a course about attention. It is well liked.",
            "The rule is there, the team did not live it.",
        ),
    ),
    concern=Line(
        "manager",
        HardMoment.ACCUSATION,
        "M19",
        (
            "I have to show something as done this week. Training is what I can close.",
            "My own manager wants a tick by Friday, and a course gives me the tick.",
            "If I come without a finished action this week, they take the team apart.",
            "I do not believe in the course either, but I can finish it this week.",
        ),
    ),
    hidden="The manager must show something as done this week.",
    concern_words=("week", "friday", "report", "quick", "tonight"),
    inflames=("people always err", "training does not work", "research", "everybody makes mistakes"),
    calms_by="what would differ next week, how strong each action is, a date for the quick protection",
    goal="Turn the wish to be done into a guard that works without attention.",
)
