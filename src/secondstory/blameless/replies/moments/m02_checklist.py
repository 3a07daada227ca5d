"""A person is named over a checklist: the step, the tool and the ordinary day become the matter."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M02",
    title="A person is named over a checklist",
    fit=Fit(
        labels=(Label.BLAMES_PERSON, Label.STOPS_AT_PEOPLE, Label.COUNTERFACTUAL),
        cues=(
            "checklist",
            "check list",
            "the list",
            "skipped",
            "ticked",
            "did not follow",
            "didn't follow",
            "run book",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("step", "change", "source"),
    points=(
        "A checklist step can be passed unnoticed ({step}); what makes that possible is open.",
        "A checklist step can be passed unnoticed; what makes that possible is open.",
    ),
    wordings=bank(
        "M02",
        note="""
a A step of {change} is named together with a person.
d Ask how that step is done on a busy day.
""",
        nudge="""
a What does the tool show when that step is left out: “{step}”?
d How is a list like that used on a busy day?
b Where does {source} say which steps of {change} were done?
g What does the list protect the next person from?
""",
        redirect="""
a That step matters. The list for {change} names “{step}”. What does the tool do when it is passed over?
b The record of {change} names the step “{step}”. What does a tick there prove, and what does it leave open?
c Let us follow {change} from {time} on. Where in that path does the list come up, and in which window?
d That step matters. How is it done on a busy day, and where do we see that it was done?
e Lists say what to do; tools say what is possible. What could have held {change} at {time} without anyone
  remembering?
f Say the step is done to the letter on the next release. What does it show about {service}?
g The next person gets the same list. What in it would have pointed at {signal}?
h You speak of the checklist, so let us read it. Which of its steps can be passed without a trace?
""",
        firm="""
a “{step}” stays on the board as a step, without a name. We go on to what it protects.
b We compare the list with {source}, and leave people out of it.
d The step stays on the board as a step. How a person works is for their manager; here we ask what the list can hold.
g I record that the step can be passed unnoticed. We go on to what would stop that.
""",
    ),
)
