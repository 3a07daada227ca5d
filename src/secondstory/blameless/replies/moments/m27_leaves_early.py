"""An executive leaves early or comes late: one sentence, one ask, the next time."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import SpeakerRole

EXTENSION = Moment(
    key="M27",
    title="An executive leaves early or comes late",
    fit=Fit(
        says=(
            r"\bi (?:have to|need to|must|gotta|'ve got to) (?:leave|go|drop|jump off|run"
            r"|head out)\b(?! (?:back|through|and|into|over))",
            r"\bi(?:'ve| have) (?:only )?(?:got )?(?:a hard stop|another (?:call|meeting)|to drop)\b",
            r"\b(?:sorry|apologies) (?:i'?m|for being|that i'?m|to be|i am) late\b",
            r"\bi(?:'ve)? just joined\b",
        ),
        speakers=(SpeakerRole.EXECUTIVE, SpeakerRole.MANAGER),
    ),
    entry=Step.NUDGE,
    shows=("bluf", "impact"),
    points=("One question asked on leaving, and its answer.",),
    wordings=bank(
        "M27",
        note="""
a Ready in one sentence: {impact}.
h Give the state in a sentence, and the one ask.
""",
        nudge="""
h Before you go: {bluf}
a Before you go: we had {impact}. The page follows within 24 hours.
g Before you go: the one-page state reaches you within 24 hours.
c The catch-up is on your screen; we are in the timeline.
""",
        redirect="""
a Before you go, in one sentence: {bluf} What do you need next?
g Before you go: the page goes out within 24 hours. What must be on it for you?
c Welcome. The catch-up is on your screen, and we are at {agenda_step}.
""",
        firm="""
h To all: same rules, same depth. We go on where we were.
""",
    ),
)
