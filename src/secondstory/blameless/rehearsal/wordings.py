"""A better wording for a cue: by moment of the craft, filled from the room's facts; the last of each needs none."""

from __future__ import annotations

from secondstory.blameless.rehearsal.situation import Situation, stems
from secondstory.blameless.rehearsal.telling import told
from secondstory.model.rehearsal import HardMoment

_BY_CRAFT: dict[str, tuple[str, ...]] = {
    "M01": (
        "There is a change in that window, {change} at {time}. {role}, what did you see that links the two?",
        "Let us test that as a claim about {service}. {role}, walk us through the minutes before "
        "{time} as your screen showed them.",
        "Let us test that as a claim. {role}, which panel would show it, and from when?",
    ),
    "M02": (
        "The step “{step}” matters. {role}, what does the tool show when it is left out?",
        "That step matters. {role}, what does the tool show on the screen when it is left out?",
        "A step can be passed unnoticed there. {role}, where does the record show that it was done?",
    ),
    "M04": (
        "Accountability is one page: every repair with owner, date and test. The first is {action}, "
        "{owner}, {due}. Which decision is it for?",
        "Accountability is one page: every repair with owner, date and test. What do you need to see on it to decide?",
    ),
    "M05": (
        "The report speaks in roles. First on the list of repairs: {action}, due {due}. Which "
        "decision is the name for?",
        "The report speaks in roles. First on the list of repairs: {action}. Which decision is the name for?",
        "The report speaks in roles. You get the owner of each repair today. Which decision is the name for?",
    ),
    "M07": (
        "{change} at {time} is on the timeline. {role}, which checks did it pass, and what does each look at?",
        "The merge is on the timeline. {role}, which checks did it pass, and what does each look at?",
    ),
    "M08": (
        "Both describe the edge {service} to {service_b}. {role}, what does each side expect there, "
        "and where is it written?",
        "Both sides describe one edge. {role}, what does your side expect there, and where is it written?",
    ),
    "M09": (
        "Their part gets its own line, with times. {role}, at {time}, what was in our hands: timeout, fallback, alert?",
        "The vendor's part gets its own line. {role}, what was in our hands: timeout, fallback, alert?",
    ),
    "M10": (
        "Jokes about tools are welcome. We take {panel} without you, and nobody has to explain "
        "anything; five minutes' break.",
        "Jokes land on tools here. Five minutes' break for everyone; nobody has to explain anything.",
    ),
    "M11": (
        "I take a concrete point from that, about {service} at {time}. {role}, what does the record show there?",
        "I take a concrete point from that. {role}, which minute of the timeline does it belong to?",
    ),
    "M12": (
        "Then the warnings are evidence, beside {change} at {time}. {role}, where are they recorded, "
        "and what happened to them next?",
        "Then the warnings are evidence. {role}, where are they recorded, and what happened to them next?",
    ),
    "M14": (
        "Then it waits for the next tired night. {role}, what did {panel} show at {time} that made "
        "that step easy to take?",
        "Then it waits for the next tired night. {role}, what made that step easy to take and its "
        "effect hard to see on the screen?",
    ),
    "M17": (
        "Side by side: {claim_a}, {claim_b}. {role}, what does the record show first if each came first?",
        "Earliest on record is {signal}, {time}. {role}, which reading does that not fit?",
        "Two claims, side by side. {role}, what would the panel show first under each, and do we see it?",
    ),
    "M19": (
        "That idea is on the list. {role}, which part of the chain up to {time} does it act on?",
        "That idea is on the list. {role}, which step of the chain does it act on?",
    ),
    "M20": (
        "The log agrees, the steps of {runbook} are there by {time}. At which step did the page stop "
        "matching what you saw?",
        "The steps stand as you tell them. {signal} moved at {time}: at which step did the page stop "
        "matching what you saw?",
        "The steps stand as you tell them. At which one did the page stop matching what you saw?",
    ),
    "M21": (
        "Your panel was green, and {signal} moved at {time}. What does that panel not measure?",
        "Your panel was green, and calls failed. What does that panel not measure?",
    ),
    "M22": (
        "Thank you for saying it so plainly. What {panel} showed goes on the board, as a display "
        "problem to check. We take the next point without you.",
        "Thank you for saying it so plainly. What the screen showed goes on the board, as a display "
        "problem to check. We take the next point without you.",
    ),
    "M23": (
        "Thank you for telling us now. The state goes on the board, without a name. Five minutes' break for everyone.",
        "Thank you for telling us, that helps and corrects the timeline. I write the state only. We "
        "take the next point without you.",
    ),
    "M24": ("Five minutes' break for everyone. Nobody has to explain anything.",),
    "M25": (
        "{alert} fired at {time}, {minutes} after {signal} moved. Not known yet: {unknown}. You have it by {due}.",
        "{alert} fired at {time}, {minutes} after {signal} moved. Not known yet: how often a closer "
        "alert fires for nothing. You have an answer by tomorrow.",
        "{alert} fired at {time}. Not known yet: how often a closer alert fires for nothing. You "
        "have an answer by tomorrow.",
        "{signal} moved at {time}. We have no record of an earlier alert. You have an answer by tomorrow.",
        "Not known yet. What would tell us is the alert history; you have an answer by tomorrow.",
    ),
    "M26": (
        "You have to explain {impact}. You get the owner of each repair today. Which decision do you face?",
        "You have to explain this upwards. You get the owner of each repair today. Which decision do you face?",
    ),
    "M28": (
        "My answer stays the same: roles in the report, owners on the repairs. We go on with "
        "{agenda_step}, or we pause and you and I talk outside. Which do you decide?",
        "You have to explain this, and my answer stays: roles in the report, owners on the repairs. "
        "We go on, or you and I talk outside. Which do you decide?",
    ),
    "M29": (
        "The report speaks in roles and holds facts with times. Which duty to report do you have to decide about?",
    ),
    "M30": (
        "You lost business: {impact} from {time}. You have the account in writing by tomorrow; what stays open is why.",
        "You lost business, and {signal} moved from {time}. What we do not know yet is in writing "
        "with you by tomorrow.",
        "You lost business through us. What we do not know yet is in writing with you by tomorrow.",
    ),
    "M32": (
        "Take your time. On {panel} at {time}: flat or moving?",
        "Take your time. At {time}, {signal}: flat or moving?",
        "One minute of writing: each of you one thing seen on a screen. Cards carry no name.",
    ),
    "M33": (
        "Hold that, you are next. {role}, you were at {time}: what did {signal} do?",
        "Hold that, you are next. {role}, please go on: what did the panel show?",
    ),
    "M34": (
        "Worth keeping, as its own session. {role}, what did {panel} show at {time}?",
        "Worth keeping, as its own session. {role}, what did {signal} do at {time}?",
        "Worth keeping, as its own session. {role}, what did your panel show?",
    ),
    "M36": (
        "Take your time. Three minutes of writing: each of you one thing seen at {time}. Cards come to me alone.",
        "Take your time. Three minutes of writing: each of you one thing seen on a screen. Cards come to me alone.",
    ),
    "M37": (
        "Take your time. {role}, which numbers did you have in view at {time}?",
        "Take your time. {role}, which numbers did the panel show?",
    ),
    "M39": (
        "I do work with them. So check me: {change} at {time} has its source beside it. {role}, "
        "which claim on the record looks weak?",
        "I do work with them. So check me: every claim has its source beside it. {role}, which one "
        "on the record looks weak?",
    ),
}


# Other frames for the same kind of moment, for when the first were said a turn or two ago.
_BY_MOMENT: dict[HardMoment, tuple[str, ...]] = {
    HardMoment.ACCUSATION: (
        "I keep the point and leave the person out. {role}, one number: what did {signal} do around {time}?",
        "I take that as a claim about the tool. {role}, what did your panel show right before?",
        "That is worth a test. {role}, which check stood there, and what is it blind to?",
    ),
    HardMoment.THREATENED: (
        "That goes on the timeline as you tell it. What did the page take for granted about {service}?",
        "That goes on the timeline as you tell it. What did the screen not show then?",
        "I ask for no justification. Which step on the page helped least?",
    ),
    HardMoment.SELF_BLAME: (
        "We pause here. Stay, listen with the camera off, or stop for today: all three are fine.",
        "That was plainly said and it helps. We go on without you, and I find you afterwards.",
        "Thank you for saying that. Nobody has to explain more; what the display showed goes on the "
        "board, in private if you like.",
    ),
    HardMoment.FACT_QUESTION: (
        "{signal} moved at {time}, so the record says. What it does not say stays open; you have it by tomorrow.",
        "Not known yet. The alert history would tell us; you have an answer by tomorrow.",
    ),
    HardMoment.DEMAND: (
        "You have to explain this, and an owner for every repair with a date helps you more. Which "
        "decision do you face?",
        "Accountability stands on the repairs: owner, date and test. Which decision waits for it?",
        "You get one page today: each repair, its owner, its date. What do you have to decide first?",
    ),
    HardMoment.SILENCE: (
        "Take your time. {role}, one thing that {panel} showed, whenever you are ready?",
        "I have that point. One minute of writing: each of you one thing seen on a screen.",
        "Take your time. {role}, one thing that a panel showed, whenever you are ready?",
    ),
}
_SAME_SHARE = 0.7  # of content words; below the share at which an answer counts as said again


def better_wording(situation: Situation, craft: str) -> str:
    """A wording for this cue, with the room's facts, the first that was not said yet."""
    invited = next((role for role in situation.roles if role != situation.speaker), situation.speaker)
    given = (("role", invited),)
    wordings = (*_BY_CRAFT[craft], *_BY_MOMENT[situation.moment])
    filled = [text for one in wordings if (text := told(one, situation.sheet, given)) is not None]
    return next((text for text in filled if not _said_lately(text, situation.earlier[-2:])), filled[-1])


def _said_lately(text: str, earlier: tuple[str, ...]) -> bool:
    words = set(stems(text))
    return any(len(words & set(stems(one))) >= _SAME_SHARE * max(1, len(words)) for one in earlier)
