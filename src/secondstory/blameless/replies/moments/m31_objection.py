"""An objection to agenda or format: where their question has its place."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M31",
    title="An objection to the agenda",
    fit=Fit(
        cues=(
            "skip the",
            "waste of time",
            "get to the point",
            "why are we doing this",
            "this agenda",
            "do we need this",
            "therapy",
            "kumbaya",
            "cut to",
            "hand-holding",
            "i object",
            "just fix it",
        ),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("bluf", "impact", "unknown"),
    points=("The objection, and its answer.",),
    wordings=bank(
        "M31",
        note="""
a Objects to the format. Their question may be: {unknown}.
h Ask what makes the hour worth it; show the place.
b Show the agenda with the place of their question.
""",
        nudge="""
h What makes this hour worth it for you?
a It cost {impact}. Which question about it matters most to you?
g Which answer do you need by the end?
b Where on this agenda is your question missing?
""",
        redirect="""
a It cost {impact}, so the hour has to pay off. What makes it worth it for you?
b The order stays: evidence, then causes, then actions. Where in it does your question belong?
c What is at stake is {impact}. What do you need from this step before we leave it?
h That is fair to ask. What makes this hour worth it for you?
g Open on the list is {unknown}. What else has to be answered before you can use this?
d Earlier reviews may have wasted your time. What must not happen in this one?
""",
        firm="""
b The order stays: evidence, then causes, then actions. At half time we check whether it works.
g If you are needed elsewhere, leave two facts and one question; we answer in writing.
a The order stays, because {unknown} is still open. At half time we check whether it works.
h Your objection is noted, with my answer beside it. We go on with {agenda_step}.
""",
    ),
)
