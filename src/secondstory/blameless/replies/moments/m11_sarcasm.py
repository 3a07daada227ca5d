"""Sarcasm, insinuation, a poisoned compliment: the plain claim in it, and the minute it belongs to."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M11",
    title="Sarcasm or insinuation",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.BLAMES_TEAM),
        cues=(
            "genius",
            "brilliant",
            "well done",
            "great job",
            "nice job",
            "congratulations",
            "thanks to",
            "surprise",
            "shocking",
            "of course",
            "as always",
            "as usual",
        ),
        needs_cue=True,
    ),
    entry=Step.NUDGE,
    shows=("change", "panel", "time"),
    points=("The plain claim, as a candidate factor beside {change}.", "The plain claim, as a candidate factor."),
    wordings=bank(
        "M11",
        note="""
a There is a plain claim in it; it belongs near {time}.
h Take the content, leave the tone.
""",
        nudge="""
h There is a point in that. In which words do I write it down?
a Which minute does that belong to: the one around {time}?
c Which minute of the timeline do you mean?
""",
        redirect="""
a In plain words, that is about {change} at {time}. What did you see that speaks for it?
h Put as a claim, that can be tested. What would we expect to see on the panels if it holds?
d In plain words, that happens on other days too. How often, and where is it recorded?
""",
        firm="""
h Plain sentences from here on, so that everybody can answer them.
a Plain sentences from here on. The one on {change} goes on the board as a claim.
""",
    ),
)
