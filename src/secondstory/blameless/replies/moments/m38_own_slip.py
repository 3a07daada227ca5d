"""The facilitator slips: put again in one sentence, without a long apology."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import SpeakerRole

EXTENSION = Moment(
    key="M38",
    title="A slip of one's own",
    fit=Fit(speakers=(SpeakerRole.FACILITATOR,)),
    entry=Step.NUDGE,
    shows=("panel", "change"),
    points=("The wording is struck.",),
    wordings=bank(
        "M38",
        note="""
a Better put: what did {panel} show at {time}?
h Put it once more, in one sentence, as what or how.
""",
        nudge="""
a I put that badly. I mean: what did {panel} show at {time}?
h I put that badly. I mean: what was in view at that moment?
""",
        redirect="""
a My words were off. I mean the tools and nobody in person: what did {panel} show at {time}?
h My words were off. I mean that the tools gave little to go on. Correct me: what was there?
e I asked that with the ending in mind. Once more: which options were open then?
""",
        firm="""
h I am too close to this. Who takes this step for me?
a My own work touches {service}, so another role leads from here. Which one?
""",
    ),
)
