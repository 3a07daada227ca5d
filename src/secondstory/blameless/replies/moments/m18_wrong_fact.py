"""A wrong fact said with confidence: both records side by side."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M18",
    title="Two records differ",
    fit=Fit(),
    entry=Step.NUDGE,
    shows=("signal", "alert", "change", "source"),
    points=("Two entries for {time}, each with its source.", "Two entries, each with its source."),
    wordings=bank(
        "M18",
        note="""
a On record: {signal} at {time}.
b Two sources differ; put both on the screen.
""",
        nudge="""
a My record differs: {signal} at {time}. Which panel is yours from?
b Which clock does that time come from?
""",
        redirect="""
b My record differs: {time}, from {source}. From which panel or clock is yours?
a Both go on the timeline until we find the difference: mine is {signal} at {time}. What is the source of yours?
h Two records, two times. Where was each of them written down?
""",
        firm="""
h Without a source it stays marked as told. We go on.
a It stays as told until a source turns up; what is in {source} stays as recorded.
""",
    ),
)
