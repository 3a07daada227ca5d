"""Somebody insists that an action was wrong: the action stays, with its time and what the screen showed."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M03",
    title="“Someone did make a mistake”",
    fit=Fit(
        labels=(Label.STOPS_AT_PEOPLE, Label.ASKS_FOR_NAME, Label.BLAMES_PERSON),
        says=(
            r"\b(?:someone|somebody|one of (?:us|you|them)) (?:did |has |just |clearly |simply )?(?:make"
            r"|made) (?:a|an|the|some) (?:\w+ )?(?:mistake|error|call|blunder)\b",
            r"\b(?:someone|somebody) (?:\w+ )?(?:messed|screwed|slipped) up\b",
            r"\bmistakes? (?:was|were) made\b",
        ),
        alone=True,
        cues=(
            "make a mistake",
            "made a mistake",
            "someone messed",
            "somebody messed",
            "someone broke",
            "somebody broke",
            "someone did",
            "somebody did",
            "someone screwed",
            "somebody screwed",
            "a mistake was made",
            "whoever",
        ),
        needs_cue=True,
    ),
    entry=Step.REDIRECT,
    shows=("panel", "change", "step"),
    points=(
        "{change} at {time} is on the timeline as an event, with what was visible then.",
        "The action is on the timeline as an event, with its time and what was visible.",
    ),
    wordings=bank(
        "M03",
        note="""
a An action is meant. On record near it: {change} at {time}.
h Agree that actions are in the chain; ask what they looked like.
""",
        nudge="""
a What made that action look right on {panel} at {time}?
e Which choices did the tool offer in that minute?
c What was on the screen right before {time}?
d How often does that action go well?
""",
        redirect="""
a Yes, actions of ours are in the chain, each with its time. At {time}, what made that one look right on {panel}?
b Yes, {change} at {time} is an action of ours. Which record shows what was visible when it went out?
c Actions are part of the record. Let us stop the picture at {time}: what could be seen of {service}?
d Yes, people act, all day long. What turned this action into an outage on this day?
e That is in the chain. Another trained person, the same screen, {time}: what leads them elsewhere?
f Yes, and all of it is recorded. From which minute does {signal} show the effect?
g An action is in the chain. The next shift will take the same one; what would make its effect visible?
h I write it down as an action with its time. What made it possible, and what hid its effect?
""",
        firm="""
a The actions are on record, {change} at {time} among them. Coaching belongs to the line manager; here we decide
  what changes in {service}.
b I leave the word out and keep the event. What we can change is {service}, and that is next.
d Nothing is left out of the record. How a person works is not decided in this room; what the tools allow is.
g I close this point: the event stands, the judgement stays out of the minutes. We go on with {agenda_step}.
h The event stays, the verdict goes. We return to what let it through.
""",
    ),
)
