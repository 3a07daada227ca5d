"""Appends what people add to the timeline, edit, merge, hide, mark, remark, link, confirm, star and take back.

Whatever is typed passes the redactor first: names become role tokens before anything is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.amending import MOST_BODY, MOST_TITLE, Edit, Entry
from secondstory.model.codec import encode
from secondstory.model.decision import TAKEN_BACK, Contribution, ContributionKind, Decision, DecisionVerb, not_withdrawn
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, MilestoneKind, TimelineEvent
from secondstory.model.window import format_time
from secondstory.ports import World
from secondstory.stages.timeline import OURS
from secondstory.texts import say
from secondstory.usecases.decide import Verdict, append_own, contribute, decide
from secondstory.usecases.incident_record import cleaned
from secondstory.usecases.timeline_now import amended, found_event, found_timeline, is_asked

T = TypeVar("T")
TOGGLES = (ContributionKind.STAR, ContributionKind.DIG_HERE)
_HYPOTHESIS = "hypothesis/"


@dataclass(frozen=True)
class MilestoneMark:
    """A milestone's interval as a person sets it. `event`: the key of the event that shows it, "" = none."""

    kind: MilestoneKind
    earliest: datetime
    latest: datetime
    event: str
    why: str


def add_event(actor: Actor, world: World, incident_id: str, given: Callable[[], Entry], *, ident: str = "") -> Decision:
    """Add an event. Who may not decide adds only an account of their own, which is confirmed as it is given.

    `ident`: the end of its key where whoever sends it names it, so that it is added once.
    What is `given` is read once the actor may; a ValueError of it becomes BadInput.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    found_timeline(world, incident_id)
    entry = _read(given)
    if not may(actor, Verb.DECIDE, incident_id):
        if entry.told_by not in (None, actor.id):
            raise NotAllowed(say("amending.not_yours", teller=entry.told_by), say("amending.not_yours_next"))
        entry = replace(entry, told_by=actor.id)
    title, body = cleaned(world, (entry.title, entry.body))
    entry = replace(entry, title=title, body=body)
    subject = f"added/{ident or world.ids.new('event')}"
    return append_own(actor, world, incident_id, Verdict(subject, DecisionVerb.ADD, encode(entry, Entry).decode(), ""))


def edit_event(actor: Actor, world: World, incident_id: str, key: str, given: Callable[[], Edit], why: str) -> Decision:
    """A new version of an event; the earlier ones stay in its history. One's own account can always be corrected."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    event = _event(world, incident_id, key)
    edit = _read(given)
    if len(edit.title or "") > MOST_TITLE or len(edit.body or "") > MOST_BODY:
        raise BadInput(say("amending.too_long", title=MOST_TITLE, body=MOST_BODY), say("amending.too_long_next"))
    title, body, reason = cleaned(world, (edit.title or "", edit.body or "", why))
    edit = replace(edit, title=edit.title and title, body=edit.body and body)
    verdict = Verdict(key, DecisionVerb.REWORD, encode(edit, Edit).decode(), reason)
    if event.amended is not None and event.amended.told_by == actor.id:
        return append_own(actor, world, incident_id, verdict)
    return decide(actor, world, incident_id, verdict)


def confirm_event(actor: Actor, world: World, incident_id: str, key: str) -> Decision:
    """Confirm one's own account. Raises NotAllowed for anybody else, BadInput where nothing waits to be confirmed."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    event = _event(world, incident_id, key)
    teller = event.amended.told_by if event.amended is not None else None
    if teller is not None and teller != actor.id:
        raise NotAllowed(say("amending.not_yours", teller=teller), say("amending.not_yours_next"))
    if not is_asked(actor, event):
        raise BadInput(say("amending.nothing_asked", event=key), say("amending.nothing_asked_next"))
    return append_own(actor, world, incident_id, Verdict(key, DecisionVerb.ACCEPT, "", ""))


def hide_event(actor: Actor, world: World, incident_id: str, key: str, why: str) -> Decision:
    """Take an event out of the account, with why. It is kept, shown as hidden, and can be brought back.

    Who is asked to confirm an account of their own may say so that it is none.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    if not may(actor, Verb.DECIDE, incident_id):
        told = next((one for one in amended(world, incident_id)[1].events if one.key == key), None)
        if told is None or not is_asked(actor, told):
            require(actor, Verb.DECIDE, incident_id)
    _event(world, incident_id, key)
    _reason(why)
    return append_own(actor, world, incident_id, Verdict(key, DecisionVerb.REJECT, "", _clean(world, why)))


def merge_events(actor: Actor, world: World, incident_id: str, pair: tuple[str, str], why: str) -> Decision:
    """`pair`: the event that tells the same, and the one that stays. Taking the decision back splits them again."""
    require(actor, Verb.DECIDE, incident_id)
    key, into = pair
    _event(world, incident_id, key)
    _event(world, incident_id, into)
    if key == into:
        raise BadInput(say("amending.same_event"), say("amending.same_event_next"))
    return decide(actor, world, incident_id, Verdict(key, DecisionVerb.MERGE, into, _clean(world, why)))


def mark_milestone(actor: Actor, world: World, incident_id: str, given: MilestoneMark) -> Decision:
    """Say when a milestone was, as an interval, and which event shows it."""
    require(actor, Verb.DECIDE, incident_id)
    if given.event:
        _event(world, incident_id, given.event)
    if given.latest < given.earliest:
        raise BadInput(say("amending.no_entry", fault=say("amending.backwards")), say("amending.no_entry_next"))
    text = f"{format_time(given.earliest)}/{format_time(given.latest)} {given.event}".strip()
    key = subject_key("milestone", given.kind.value)
    return decide(actor, world, incident_id, Verdict(key, DecisionVerb.MARK, text, _clean(world, given.why)))


def note_event(actor: Actor, world: World, incident_id: str, key: str, text: str) -> Decision:
    """Leave a remark that stays with an event and is told with it."""
    require(actor, Verb.DECIDE, incident_id)
    _event(world, incident_id, key)
    if not text.strip():
        raise BadInput(say("amending.no_words"), say("amending.no_words_next"))
    return decide(actor, world, incident_id, Verdict(key, DecisionVerb.NOTE, _clean(world, text), ""))


def link_message(actor: Actor, world: World, incident_id: str, pair: tuple[str, str], why: str) -> Decision:
    """`pair`: a chat message, and the event or hypothesis that it is evidence for."""
    require(actor, Verb.DECIDE, incident_id)
    message, target = pair
    if _event(world, incident_id, message).kind is not EventKind.CHAT:
        raise BadInput(say("amending.no_message", event=message), say("amending.no_message_next"))
    if not target.startswith(_HYPOTHESIS):
        _event(world, incident_id, target)
    if message == target:
        raise BadInput(say("amending.same_event"), say("amending.same_event_next"))
    return decide(actor, world, incident_id, Verdict(message, DecisionVerb.LINK, target, _clean(world, why)))


def toggle(
    actor: Actor, world: World, incident_id: str, key: str, raised: tuple[ContributionKind, bool]
) -> Contribution:
    """Star an event or ask to dig here; False takes one's own back. The ledger keeps both."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    kind, on = raised
    if kind not in TOGGLES:
        raise BadInput(say("amending.no_toggle", kind=kind.value), say("amending.no_toggle_next"))
    _event(world, incident_id, key)
    return contribute(actor, world, incident_id, key, kind, "" if on else TAKEN_BACK)


def attach_again(actor: Actor, world: World, incident_id: str, pair: tuple[str, str]) -> Decision:
    """`pair`: a decision whose subject is gone, and the event that it now speaks of. The old one is taken back."""
    require(actor, Verb.DECIDE, incident_id)
    decisions, body = amended(world, incident_id)
    decision_id, key = pair
    lost = next((one for one in decisions if one.id == decision_id and one.id in body.orphaned_decisions), None)
    if lost is None:
        raise NotFound(say("amending.no_orphan", decision=decision_id), say("amending.no_orphan_next"))
    _event(world, incident_id, key)
    again = decide(actor, world, incident_id, Verdict(key, lost.verb, lost.text, lost.why))
    decide(actor, world, incident_id, Verdict("-", DecisionVerb.WITHDRAW, lost.id, ""))
    return again


def take_back(actor: Actor, world: World, incident_id: str, decision_id: str) -> Decision:
    """Take back a decision on the timeline; what was said before it holds again. One's own can always be taken back."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    decisions = amended(world, incident_id)[0]
    said = next((one for one in not_withdrawn(decisions) if one.id == decision_id), None)
    if said is None or not said.subject.startswith(OURS):
        raise NotFound(say("amending.no_decision", decision=decision_id), say("amending.no_decision_next"))
    verdict = Verdict("-", DecisionVerb.WITHDRAW, decision_id, "")
    own = said.actor_id == actor.id
    return append_own(actor, world, incident_id, verdict) if own else decide(actor, world, incident_id, verdict)


def _event(world: World, incident_id: str, key: str) -> TimelineEvent:
    """The entry with this key, also where it is hidden or merged. Raises NotFound.

    What was found is known without folding what everybody said, so that a write stays cheap; its words are as found.
    """
    found = found_event(world, incident_id, key)
    if found is not None:
        return found
    body = amended(world, incident_id)[1]
    added = next((event for event in body.events if event.key == key), None)
    added = added or next((one.event for one in body.aside if one.event.key == key), None)
    if added is None:
        raise NotFound(say("amending.no_event", event=key), say("amending.no_event_next"))
    return added


def _clean(world: World, text: str) -> str:
    """What a person typed, with tokens in place of names and without secrets."""
    return cleaned(world, (text,))[0]


def _read(given: Callable[[], T]) -> T:
    try:
        return given()
    except ValueError as error:
        raise BadInput(say("amending.no_entry", fault=error), say("amending.no_entry_next")) from error


def _reason(why: str) -> None:
    if not why.strip():
        raise BadInput(say("amending.no_reason"), say("amending.no_reason_next"))
