"""Somebody takes the blame on themselves: support, a condition for the board, and relief."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M22",
    title="Somebody takes it on themselves",
    fit=Fit(labels=(Label.SELF_BLAME,)),
    entry=Step.SUPPORT,
    shows=("panel", "change", "alert"),
    points=(
        "A condition goes on the board: what {panel} showed, and did not show.",
        "A condition goes on the board: what the screens showed, and did not show.",
    ),
    wordings=bank(
        "M22",
        note="""
a Takes it on themselves. {panel} is the condition to record.
h Support first; no question at all is fine.
""",
        support="""
a That was plainly said, and it helps. What {panel} showed at {time} goes on the board as a condition.
b Thank you for saying it openly. On record beside it is {change} at {time}, and what let it through is ours to find.
c Thank you. That makes {time} clearer for all of us. We take the next point without you, and I find you afterwards.
d Thank you, that helps. Sending out a change is daily work; what made {change} count that day goes on the board.
g You know this stretch best, and that helps the next person on call. Whenever it suits you, tell us what the screen
  lacked.
h You put it plainly, and that is useful. It goes on the board as a condition, and we take the next point without you.
a Thank you for telling us. {alert} fired at {time}; what you had to go on before that goes on the board.
d That was open, and it makes the record better. Several conditions had to meet; yours was one minute of many.
g Thank you. There is nothing that you have to add now; your account can come later, in the way that suits you.
""",
    ),
)
