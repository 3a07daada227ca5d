"""Two engineers with two causes: both tested against what each lets us expect."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M17",
    title="Two competing causes",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("claim_a", "signal", "unknown"),
    points=(
        "Two readings stand: {claim_a}; {claim_b}. What would separate them is open.",
        "Two readings stand; what would separate them is open.",
    ),
    wordings=bank(
        "M17",
        note="""
a Two causes in the room: {claim_a}; {claim_b}.
h Test both; the room decides nothing by vote.
""",
        nudge="""
a On record: {signal} left the usual range at {time}. What does neither of you explain?
b If {claim_a}, what do we expect to see first?
h What would each of the two let us expect?
f Which of the two can be replayed on the recorded data?
""",
        redirect="""
a On record {signal} left the usual range at {time}. Which of the two expects that, and which has to explain it away?
b Side by side: {claim_a}; {claim_b}. What do we expect to see if each came first?
c Let us walk it forward. Up to {time}, which of the two is already needed?
d Both happen in small on ordinary days. What is different when it stays harmless?
f Each of the two predicts something. Which measurement on the record would come out differently?
g Whoever is paged next has to choose between the two. What would they look at first?
h Two claims stand. What would each let us expect, and do we see it?
e For each claim one sentence: what on the record does not fit it?
""",
        firm="""
a Today's data does not separate them. Still open: {unknown}. We go on.
b Both go on the board: {claim_a}; {claim_b}. “Inconclusive” is a result, and we go on.
h Today's data does not separate them. Both stay on the board with what would decide, and we go on.
c Two more minutes, one measurement each. After that it stands as inconclusive.
""",
    ),
)
