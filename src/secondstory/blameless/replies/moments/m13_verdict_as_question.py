"""A verdict dressed as a question: asked again of the tool and its options."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M13",
    title="A verdict dressed as a question",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.COUNTERFACTUAL, Label.STOPS_AT_PEOPLE),
        cues=(
            "why would",
            "why did you",
            "why didn",
            "how could you",
            "how can you",
            "what were you thinking",
            "did you even",
            "why on earth",
            "who in their",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("change", "panel", "step"),
    points=(
        "Options that the tool offered near {time}, and the information at hand.",
        "Options that the tool offered, and the information at hand.",
    ),
    wordings=bank(
        "M13",
        note="""
a A question with its answer inside; ask it of {panel}.
h Ask it of the tool: what, and how.
""",
        nudge="""
e At {time}, which options did the tool offer?
h What was in front of people then, and what was missing?
""",
        redirect="""
e Let me ask that of the tool: at {time}, which options did it offer around {service}, and what did each one say it
  does?
a Nobody needs to defend that. What stood on {panel} at {time}, and what did not?
h Nobody needs to defend that. What was in view then, and what was missing from it?
c I put it another way. What came before {change} at {time}, and what told anyone that it was done?
""",
        firm="""
h I put that as a what or a how, and do the same with my own questions.
a Questions go to the record here: {panel}, {time}. I put it that way from now on.
""",
    ),
)
