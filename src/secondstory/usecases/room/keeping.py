"""Where a captured sentence is kept in the ledger: each kind where its page reads it, and the words of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from secondstory.blameless.meeting.speech import content_words
from secondstory.model.actor import Actor
from secondstory.model.amending import MOST_TITLE, Entry, When
from secondstory.model.causes import Hypothesis, Mechanism, Part
from secondstory.model.codec import decode, encode
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.plan_said import FACTOR, ITEM, FactorSaid
from secondstory.model.proposal import MOST_WORDS
from secondstory.model.remedy import ActionKind, Strength
from secondstory.model.room import Captured, ItemKind
from secondstory.ports import World
from secondstory.stages.report import hypothesis_title
from secondstory.texts import say
from secondstory.usecases.action_verifier import ask_verifier
from secondstory.usecases.actions import Written, add_action, move_due, propose_owner
from secondstory.usecases.amend_timeline import add_event
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, append_own, decide
from secondstory.usecases.plan import action_named, append, plan_now
from secondstory.usecases.timeline_now import amended
from secondstory.usecases.weigh import Idea, Weighed, propose, weigh

Told = TypeVar("Told")
CAPTURE = "meeting/capture/"
"""First part of the subject of every capture."""
_ADDED = "added/"
_MECHANISMS = (
    (Mechanism.POOL_EXHAUSTED, r"pools?|connections? (?:ran|run) out"),
    (Mechanism.RETRY_STORM, r"retr(?:y|ies|ied|ying)"),
    (Mechanism.TIMEOUT, r"time(?:d)? ?outs?"),
    (Mechanism.CRASH_LOOP, r"crash[- ]?loop\w*|restarting"),
    (Mechanism.MEMORY_LEAK, r"leak\w*"),
    (Mechanism.CRASH, r"crash\w*|oom"),
    (Mechanism.BAD_CONFIGURATION, r"config\w*|settings?|flags?|parameters?"),
    (Mechanism.QUEUE_GROWTH, r"queues?|backlog"),
    (Mechanism.TRAFFIC, r"traffic|load|spike"),
    (Mechanism.SLOW_DEPENDENCY, r"waits? (?:for|on)|dependency|downstream"),
    (Mechanism.RESOURCE_EXHAUSTED, r"memory|disk|cpu|threads?|exhausted"),
    (Mechanism.LATENCY, r"slow\w*|latency"),
    (Mechanism.ERRORS, r"errors?|fail\w*"),
)
_PARTS = (
    (Part.HID_IT, r"hid|hidden|no alert|nobody saw|not (?:seen|shown)|no (?:panel|metric|log)"),
    (Part.SLOWED_RECOVERY, r"slowed|took (?:so )?long|delayed|recover\w*"),
    (Part.AMPLIFYING, r"amplif\w*|made (?:it|things) worse|doubled|multiplied|worse"),
)
_ALIKE = 0.5  # share of the words of the shorter one that two hypotheses have in common


@dataclass(frozen=True)
class Kept:
    """A capture on its way into the ledger. `key`: what holds it beside its words; "" = its words alone."""

    id: str
    kind: ItemKind
    text: str
    owner: str = ""
    due: date | None = None
    verifier: str = ""
    speaker: str = ""
    at: datetime | None = None
    about: str = ""
    team: str = ""
    action_kind: ActionKind | None = None
    strength: Strength | None = None
    key: str = ""


def keep_action(actor: Actor, world: World, incident_id: str, kept: Kept) -> str:
    """Agree the action; its day is the one that was said, else the policy's; who does and who verifies it is asked."""
    written = Written(title=kept.text, kind=kept.action_kind, strength=kept.strength, team=kept.team or None)
    key = ITEM + kept.id
    if not _stands(world, incident_id, key):
        add_action(actor, world, incident_id, written, ident=kept.id)
    one = action_named(plan_now(actor, world, incident_id), key)
    if kept.due is not None and kept.due != one.due:
        move_due(actor, world, incident_id, key, (kept.due, say("capturing.why_due")))
    if kept.owner and one.owner != kept.owner:
        propose_owner(actor, world, incident_id, key, kept.owner)
    if kept.verifier and one.verifier != kept.verifier:
        ask_verifier(actor, world, incident_id, key, kept.verifier)
    return key


def keep_account(actor: Actor, world: World, incident_id: str, kept: Kept) -> str:
    """A told event of the timeline, at its own time or at that of the event under discussion; without a time words."""
    key = _ADDED + kept.id
    if _stands(world, incident_id, key):
        return key
    when = _when(world, incident_id, kept)
    if when is None or world.documents.latest(incident_id, "finding:timeline") is None:
        return CAPTURE + kept.id
    title, body = (kept.text, "") if len(kept.text) <= MOST_TITLE else (f"{kept.text[: MOST_TITLE - 1]}…", kept.text)
    entry = Entry(when, title, body, None, kept.speaker or None)
    return add_event(actor, world, incident_id, lambda: entry, ident=kept.id).subject


def keep_hypothesis(actor: Actor, world: World, incident_id: str, kept: Kept) -> str:
    """The row of the matrix that says the same, else a new one for the service it names; without a service words."""
    try:
        weighed = weigh(actor, world, incident_id)
    except NotFound:  # nothing was analysed: there is no matrix to put it in
        return CAPTURE + kept.id
    service = service_named(kept.text, weighed.services)
    same = alike(kept.text, service, weighed)
    if same is not None:
        return same.key
    if not service:
        return CAPTURE + kept.id
    mechanism = _first(_MECHANISMS, kept.text) or Mechanism.UNKNOWN
    part = _first(_PARTS, kept.text) or Part.INITIATING
    idea = Idea(service, kept.text[:MOST_WORDS], mechanism, part, "", "", say("capturing.why_hypothesis"))
    return propose(actor, world, incident_id, idea).subject


def keep_factor(actor: Actor, world: World, incident_id: str, kept: Kept) -> str:
    """A contributing factor in the words of the room."""
    key = FACTOR + kept.id
    if not _stands(world, incident_id, key):
        said = FactorSaid(kept.text[:MOST_WORDS], _first(_PARTS, kept.text) or Part.INITIATING)
        append(actor, world, incident_id, (key, DecisionVerb.ADD, encode(said, FactorSaid).decode(), ""))
    return key


def keep_words(actor: Actor, world: World, incident_id: str, kept: Kept) -> str:
    """The words of any capture, for the minutes; once."""
    key = CAPTURE + kept.id
    if not _stands(world, incident_id, key):
        text = encode(kept, Kept).decode()
        decide(actor, world, incident_id, Verdict(key, DecisionVerb.ADD, text, ""))
    return key


def captures_of(decisions: tuple[Decision, ...]) -> tuple[tuple[Decision, Kept], ...]:
    """Every capture that stands, in order, with the decision that keeps it."""
    found = []
    for decision in not_withdrawn(decisions):
        if decision.subject.startswith(CAPTURE) and decision.verb is DecisionVerb.ADD:
            try:
                found.append((decision, decode(decision.text.encode(), Kept)))
            except (BadInput, ValueError):
                continue  # not written by us
    return tuple(found)


def take_back(actor: Actor, world: World, incident_id: str, line: Captured) -> None:
    """Withdraw what a capture put into the ledger. A row of the matrix that stood before it stays."""
    mine = {CAPTURE + line.id, ITEM + line.id, _ADDED + line.id, FACTOR + line.id}
    before = world.ledger.decisions(incident_id)
    captured = next((one for one in before if one.subject == CAPTURE + line.id), None)
    for one in not_withdrawn(before):
        is_row = one.subject == line.key and one.verb is DecisionVerb.ADD and line.kind is ItemKind.HYPOTHESIS
        is_its_row = is_row and captured is not None and one.why == say("capturing.why_hypothesis")
        if one.subject in mine or one.subject.startswith(f"{ITEM}{line.id}/") or is_its_row:
            verdict = Verdict(one.subject, DecisionVerb.WITHDRAW, one.id, say("capturing.why_struck"))
            append_own(actor, world, incident_id, verdict)


def service_named(text: str, services: tuple[str, ...]) -> str:
    """The service that the words name, the longest name first; "" = none."""
    small = f" {re.sub(r'[^a-z0-9]+', ' ', text.lower())} "
    named = sorted(services, key=len, reverse=True)
    return next((one for one in named if f" {re.sub(r'[^a-z0-9]+', ' ', one.lower())} " in small), "")


def alike(text: str, service: str, weighed: Weighed) -> Hypothesis | None:
    """A hypothesis that stands already and says the same: about the same service, and in half of its words."""
    words = content_words(text)
    best: tuple[float, Hypothesis] | None = None
    for one in weighed.causes.hypotheses:
        if service and one.service != service:
            continue
        other = content_words(f"{hypothesis_title(one)} {one.words}")
        share = len(words & other) / max(min(len(words), len(other)), 1)
        if share >= _ALIKE and (best is None or share > best[0]):
            best = (share, one)
    return best[1] if best is not None else None


def _first(told: tuple[tuple[Told, str], ...], text: str) -> Told | None:
    return next((one for one, form in told if re.search(rf"\b(?:{form})\b", text, re.IGNORECASE)), None)


def _when(world: World, incident_id: str, kept: Kept) -> When | None:
    zone = get_incident(world, incident_id).time_zone
    if kept.at is not None:
        return When(kept.at, kept.at, zone)
    if not kept.about or world.documents.latest(incident_id, "finding:timeline") is None:
        return None
    events = amended(world, incident_id)[1].events
    shown = next((one for one in events if one.key == kept.about), None)
    return When(shown.moment.earliest, shown.moment.latest, zone) if shown is not None else None


def _stands(world: World, incident_id: str, subject: str) -> bool:
    return any(one.subject == subject for one in not_withdrawn(world.ledger.decisions(incident_id)))
