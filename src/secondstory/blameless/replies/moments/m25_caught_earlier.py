"""“Why wasn't this caught earlier?”: a question of fact, answered from the record."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M25",
    title="“Why wasn't this caught earlier?”",
    fit=Fit(
        cues=(
            "caught earlier",
            "caught sooner",
            "catch this earlier",
            "catch it earlier",
            "notice earlier",
            "noticed earlier",
            "detected earlier",
            "detect this",
            "see this coming",
            "take so long to notice",
            "why didn't we know",
            "why did nobody notice",
        ),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("alert", "time_b", "unknown", "signal"),
    points=("A gap in detection: {alert} fired at {time}.", "A gap in detection, with an answer card."),
    wordings=bank(
        "M25",
        note="""
a A question of fact. On record: {alert}, {time}.
h A question of fact: answer with a number and what is open.
""",
        nudge="""
a {alert} fired at {time}, {minutes} after the first failures.
f On the recorded data an alert on {signal} fires at {time_b}.
b On record {signal} left the usual range at {time}.
h That has an answer in numbers; the card is on the screen.
""",
        redirect="""
a {alert} fired at {time}, {minutes} after users were first hit. What it costs to know sooner is on the card.
f Replayed on the recorded data, an alert on {signal} fires at {time_b}. Its false alarms are on the card.
b Two times answer that: {signal} left the usual range at {time}, and the alert history has the rest. Both are on the
  card.
g Not known yet: {unknown}. Everything that is known stands on the card.
h The honest answer is a number and a gap. Both are on the card, and the gap gets an owner.
d It depends on what watches what. The card lists each rule that existed and when it fired.
""",
        firm="""
a That is answered with {alert} at {time}; a missing alert is a factor, and we return to it with the actions.
h That question keeps its place on the list, with an owner. We go on with the timeline.
""",
    ),
)
