"""Blame by data, such as who merged it: the change and its checks stay, the author column goes."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M07",
    title="A name is read from a log",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.ASKS_FOR_NAME),
        cues=(
            "merged",
            "committed",
            "the commit",
            "approved",
            "pull request",
            "the diff",
            "git log",
            "git says",
            "signed off",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("change", "source", "step"),
    points=(
        "{change} at {time}: which checks it passed, and what they cannot see.",
        "Which checks the change passed, and what they cannot see.",
    ),
    wordings=bank(
        "M07",
        note="""
a Reads a person from the log; {change} at {time} is the fact.
h Hide the author column; the change stays.
""",
        nudge="""
a Which checks did {change} pass before {time}?
h What could a reviewer see in that diff?
""",
        redirect="""
a {change} at {time} is on the timeline. Which checks did it pass, and what does each of them look at?
b The log tells when and what. What could a reviewer of {change} see in that diff, and what lies outside it?
f Take the change as it was and run our checks on it. Which of them looks at {service} under load?
h A log shows the last hand on a change. What does it show of everything that came before?
""",
        firm="""
a I take the author column off the screen; {change} stays.
h Columns with names leave the shared screen now. We read times and checks.
""",
    ),
)
