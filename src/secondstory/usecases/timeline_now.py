"""The timeline as people have amended it up to now: what differs from the document, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import orjson

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.amending import Edit, Entry
from secondstory.model.codec import content_hash, decode
from secondstory.model.counted import counted_contributions, folded
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb, raised
from secondstory.model.document import Document
from secondstory.model.errors import NotFound
from secondstory.model.timeline import Milestone, Onset, SetAside, TimelineBody, TimelineEvent
from secondstory.ports import StoredDocument, World
from secondstory.stages.timeline import OURS, edit_in, entry_in, fold_timeline, source_of, system_of
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.weigh import Said


@dataclass(frozen=True)
class Raised:
    """How many people starred a subject or asked to dig here, and whether the actor is among them."""

    subject: str
    stars: int
    digs: int
    my_star: bool
    my_dig: bool


@dataclass(frozen=True)
class SourceClock:
    """A source of events, and the seconds that its clock is corrected by; `decision_id` "" = it is not."""

    source: str
    events: int
    seconds: float
    decision_id: str


@dataclass(frozen=True)
class TimelineNow:
    """What people made of the timeline since its document was written, and what stands beside it.

    `changed` and `gone` turn the document's entries into those that hold now; `milestones` are all of them, `onsets`
    those that moved. `asked`: the accounts that the actor is asked to confirm.
    """

    changed: tuple[TimelineEvent, ...]
    gone: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    onsets: tuple[Onset, ...]
    aside: tuple[SetAside, ...]
    orphans: tuple[Said, ...]
    raised: tuple[Raised, ...]
    asked: tuple[str, ...]
    clocks: tuple[SourceClock, ...]
    people: tuple[str, ...]  # role tokens of those who can be told of
    may_decide: bool
    may_contribute: bool
    in_document: bool


@dataclass(frozen=True)
class EntryVersion:
    """One decision on an entry. Fields are None where it left them as they were; `withdrawn`: it counts no more.

    `text` is what else it says: the words of a remark, or the key of the entry that it joins this one to.
    """

    id: str
    verb: str
    actor: str
    at: datetime
    why: str
    text: str
    title: str | None
    body: str | None
    service: str | None
    earliest: datetime | None
    latest: datetime | None
    zone: str
    withdrawn: bool


@dataclass(frozen=True)
class EntryHistory:
    """An entry as it was found, None where a person added it, and all that was decided about it, newest first."""

    found: TimelineEvent | None
    versions: tuple[EntryVersion, ...]


def timeline_now(actor: Actor, world: World, incident_id: str) -> TimelineNow:
    """Fold the last finding with the ledger as it is now. Raises NotFound where the incident was never analysed."""
    require(actor, Verb.READ, incident_id)
    decisions, now = amended(world, incident_id)
    document = _document(world, incident_id)
    in_document = _made_from(document).get("decisions") == content_hash(decisions)
    before = _body(document)
    known = {event.key: event for event in before.events} if not in_document else {}
    here = {event.key for event in now.events} if not in_document else set()
    moved = now.onsets != before.onsets
    return TimelineNow(
        changed=() if in_document else tuple(event for event in now.events if known.get(event.key) != event),
        gone=tuple(key for key in known if key not in here),
        milestones=now.milestones,
        onsets=now.onsets if moved else (),
        aside=now.aside,
        orphans=_orphans(decisions, now),
        raised=_raised(actor, counted_contributions(world.ledger.contributions(incident_id))),
        asked=tuple(event.key for event in now.events if is_asked(actor, event)),
        clocks=_clocks(now),
        people=people_of(world, now),
        may_decide=may(actor, Verb.DECIDE, incident_id),
        may_contribute=may(actor, Verb.CONTRIBUTE, incident_id),
        in_document=in_document,
    )


def events_now(actor: Actor, world: World, incident_id: str) -> TimelineBody:
    """The whole timeline as it holds now."""
    require(actor, Verb.READ, incident_id)
    return amended(world, incident_id)[1]


def history_of(actor: Actor, world: World, incident_id: str, key: str) -> EntryHistory:
    """Every version of an entry. Raises NotFound where there never was such an entry."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    decisions = folded("timeline", world.ledger.decisions(incident_id))
    withdrawn = {one.text for one in decisions if one.verb is DecisionVerb.WITHDRAW}
    of_it = [one for one in decisions if one.subject == key and one.verb is not DecisionVerb.WITHDRAW]
    found = found_event(world, incident_id, key)
    if found is None and not of_it:
        raise NotFound(say("amending.no_event", event=key), say("amending.no_event_next"))
    redacted = any(one.verb is DecisionVerb.REDACT and one.id not in withdrawn for one in of_it)
    if redacted:  # what was blacked out is not told by its history either
        return EntryHistory(None, tuple(_version(one, one.id in withdrawn, told=False) for one in reversed(of_it)))
    return EntryHistory(found, tuple(_version(one, one.id in withdrawn, told=True) for one in reversed(of_it)))


def amended(world: World, incident_id: str) -> tuple[tuple[Decision, ...], TimelineBody]:
    """The decisions that the timeline folds, and the timeline with them. Raises NotFound before an analysis."""
    get_incident(world, incident_id)
    decisions = folded("timeline", world.ledger.decisions(incident_id))
    return decisions, fold_timeline(found_timeline(world, incident_id), decisions)


def found_timeline(world: World, incident_id: str) -> TimelineBody:
    """The timeline before anybody decided. Raises NotFound before an analysis."""
    return _finding(_stored(world, incident_id))


def found_event(world: World, incident_id: str, key: str) -> TimelineEvent | None:
    """An entry as it was found; None where it was not, or a person added it. Raises NotFound before an analysis."""
    return _found_by_key(_stored(world, incident_id)).get(key)


def is_asked(actor: Actor, event: TimelineEvent) -> bool:
    """True where the event is told as the actor's account and waits to be confirmed."""
    return event.amended is not None and event.amended.unconfirmed and event.amended.told_by == actor.id


def people_of(world: World, timeline: TimelineBody) -> tuple[str, ...]:
    """The role tokens of everybody on record, in order; never a name."""
    tokens = {token for _, token in world.sealed.people()}
    tokens |= {event.actor for event in timeline.events if event.actor is not None}
    return tuple(sorted(tokens))


@lru_cache(maxsize=8)
def _finding(finding: StoredDocument) -> TimelineBody:
    """A finding's bytes say all of it, so one analysis is decoded once."""
    return decode(finding.data, TimelineBody)


@lru_cache(maxsize=8)
def _found_by_key(finding: StoredDocument) -> dict[str, TimelineEvent]:
    return {event.key: event for event in _finding(finding).events}


def _stored(world: World, incident_id: str) -> StoredDocument:
    finding = world.documents.latest(incident_id, "finding:timeline")
    if finding is None:
        raise NotFound(f"Nothing was found on incident {incident_id} yet.", "Analyse it first.")
    return finding


@lru_cache(maxsize=8)
def _body(document: StoredDocument) -> TimelineBody:
    return decode(document.data, Document[TimelineBody]).body


@lru_cache(maxsize=32)
def _made_from(document: StoredDocument) -> dict[str, str]:
    return dict(orjson.loads(document.data)["envelope"]["inputs"])


def _document(world: World, incident_id: str) -> StoredDocument:
    document = world.documents.latest(incident_id, "timeline")
    if document is None:
        raise NotFound(f"Incident {incident_id} has no timeline document.", "Analyse it first.")
    return document


def _orphans(decisions: tuple[Decision, ...], now: TimelineBody) -> tuple[Said, ...]:
    lost = set(now.orphaned_decisions)
    gone = [one for one in reversed(decisions) if one.id in lost and one.subject.startswith(OURS)]
    return tuple(Said(one.id, one.subject, one.verb.value, one.text, one.why, one.actor_id, one.at) for one in gone)


def _raised(actor: Actor, contributions: tuple[Contribution, ...]) -> tuple[Raised, ...]:
    stars = raised(contributions, ContributionKind.STAR)
    digs = raised(contributions, ContributionKind.DIG_HERE)
    nobody: frozenset[str] = frozenset()
    return tuple(
        Raised(key, len(starred), len(dug), actor.id in starred, actor.id in dug)
        for key in sorted({*stars, *digs})
        for starred, dug in [(stars.get(key, nobody), digs.get(key, nobody))]
    )


def _clocks(now: TimelineBody) -> tuple[SourceClock, ...]:
    counts = Counter(source for event in now.events if (source := source_of(event)) is not None)
    systems = Counter(source for event in now.events if (source := system_of(event)) is not None)
    # A kind of record that one system alone wrote has one clock, and is listed once.
    counts.update({source: number for source, number in systems.items() if number < counts[source.partition("/")[0]]})
    corrected = {one.source: one for one in now.corrections}
    return tuple(
        SourceClock(source, counts[source], held.seconds if held else 0.0, held.decision_id if held else "")
        for source in sorted({*counts, *corrected})
        for held in [corrected.get(source)]
    )


def _version(decision: Decision, withdrawn: bool, *, told: bool) -> EntryVersion:
    version = EntryVersion(
        id=decision.id,
        verb=decision.verb.value,
        actor=decision.actor_id,
        at=decision.at,
        why=decision.why if told else "",
        text="",
        title=None,
        body=None,
        service=None,
        earliest=None,
        latest=None,
        zone="",
        withdrawn=withdrawn,
    )
    if not told:
        return version
    said = _words_in(decision)
    if said is None:
        return replace(version, text=decision.text)
    when = said.when
    version = replace(version, title=said.title, body=said.body, service=said.service)
    return replace(version, earliest=when.earliest, latest=when.latest, zone=when.zone) if when else version


def _words_in(decision: Decision) -> Entry | Edit | None:
    if decision.verb is DecisionVerb.ADD:
        return entry_in(decision.text)
    return edit_in(decision.text) if decision.verb is DecisionVerb.REWORD else None
