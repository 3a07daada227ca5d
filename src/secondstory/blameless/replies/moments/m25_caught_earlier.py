"""“Why wasn't this caught earlier?”: a question of fact, answered from the record."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M25",
    title="“Why wasn't this caught earlier?”",
    fit=Fit(
        says=(
            r"\b(?:why|how come|how is it)\b[^.?!]{0,50}\b(?:caught|catch|notic\w+|detect\w*|spot(?:ted)?|see"
            r"|saw|seen|know|knew|found|find out|alert\w*|page[ds]?)\b[^.?!]{0,40}\b(?:earlier|sooner|before"
            r"|in time|faster|quicker|so late|in advance)\b",
            r"\b(?:why|how come|how is it)\b[^.?!]{0,30}\b(?:so long|that long|this long"
            r"|so late)\b[^.?!]{0,30}\b(?:notic\w+|detect\w*|find (?:it|out|this)|found|see|realis\w+|realiz\w+"
            r"|know|alert\w*|page[ds]?|spot)\b",
            r"\b(?:why|how come)\b[^.?!]{0,20}\b(?:did ?n[o']t|did not|has ?n't|was ?n't|did nobody|did no one"
            r"|no)\b[^.?!]{0,30}\b(?:alert|alarm|monitoring|monitors?|dashboards?|pager?)\b",
            r"\bshould(?:n't| not)? (?:our |the |some |any )?(?:alerts?|alarms?|monitoring|monitors?"
            r"|dashboards?|detection|graphs?)\b[^.?!]{0,10}\bhave\b",
            r"\b(?:alerts?|alarms?|monitoring|monitors?|dashboards?) should have\b",
            r"\bsee (?:this|it|that) coming\b",
        ),
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
b On record, {signal} left the usual range at {time}.
h That has an answer in numbers. I put them on the board before we close.
""",
        redirect="""
a {alert} fired at {time}, {minutes} after users were first hit. What it costs to know sooner is on the card.
f Replayed on the recorded data, an alert on {signal} fires at {time_b}. Its false alarms are on the card.
b Two times answer that: {signal} left the usual range at {time}, and the alert history has the rest. Both are on the
  card.
g Not known yet: {unknown}. Everything that is known stands on the card.
h The honest answer is a number and a gap. Both go on the board, and the gap gets an owner.
d Each rule that existed goes on the board, with the time it fired. Which of them did you expect first?
""",
        firm="""
a That is answered with {alert} at {time}; a missing alert is a factor, and we return to it with the actions.
h That question keeps its place on the list, with an owner. We go on with the timeline.
""",
    ),
)
