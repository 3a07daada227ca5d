"""What of an incident can be found: its title, events, explanations, actions, document, frozen answers, and talk."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody
from secondstory.model.codec import decode
from secondstory.model.decision import Contribution, Decision, DecisionVerb, not_withdrawn
from secondstory.model.document import Document
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.report import Bullets, Chart, Paragraph, ReportBody, Rows, Section
from secondstory.model.timeline import TimelineBody
from secondstory.ports import Passage, StoredDocument, World
from secondstory.stages.report import Index, hypothesis_title, query_title
from secondstory.usecases.incident_record import record_now

VERSION = "2"
"""Another one makes every incident be indexed anew."""
_MOST_LETTERS = 40_000  # of one passage; what is longer is a table of numbers or a log, of which the shapes suffice


def found_passages(world: World, incident: Incident) -> Iterator[Passage]:
    """What was recorded and concluded."""
    if (timeline := world.documents.latest(incident.id, "timeline")) is not None:
        yield from _events(decode(timeline.data, Document[TimelineBody]).body)
    if (causes := world.documents.latest(incident.id, "causes")) is not None:
        yield from _hypotheses(decode(causes.data, Document[CausesBody]).body)
    if (actions := world.documents.latest(incident.id, "actions")) is not None:
        for item in decode(actions.data, Document[ActionsBody]).body.items:
            yield Passage("action", item.key, item.title, item.criterion)
    if (report := world.documents.latest(incident.id, "report")) is not None:
        yield from _document(world, incident, report)


def said_passages(world: World, incident: Incident) -> Iterator[Passage]:
    """What people said and nobody took back; and the incident by the title that they gave it last."""
    decisions = world.ledger.decisions(incident.id)
    yield _incident(world, incident)
    gone = {one.text for one in decisions if one.verb is DecisionVerb.WITHDRAW}
    for decision in not_withdrawn(decisions):
        yield Passage("decision", decision.subject, _titled(decision), _joined(words_of(decision.text), decision.why))
    for contribution in world.ledger.contributions(incident.id):
        if contribution.text and contribution.id not in gone:
            yield Passage("comment", contribution.subject, _titled(contribution), contribution.text)


def _incident(world: World, incident: Incident) -> Passage:
    record = record_now(world, incident)
    alarmed = incident.alarm.service if incident.alarm is not None else None
    about = (incident.id, record.severity.value, alarmed, *(record.services or ()), record.customers)
    was = incident.title if incident.title != record.title else None
    return Passage("incident", "", record.title, _joined(*about, *incident.recordings, was))


def words_of(text: str) -> str:
    """A decision's text: as it is, or the texts in it where it is JSON."""
    if not text.startswith(("{", "[")):
        return text
    try:
        return " ".join(_texts(orjson.loads(text)))
    except orjson.JSONDecodeError:
        return text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _titled(entry: Decision | Contribution) -> str:
    return entry.subject.replace("/", " ")


def _events(body: TimelineBody) -> Iterator[Passage]:
    for event in body.events:
        values = [value for _, value in event.attributes]
        yield Passage("event", event.key, event.title, _joined(event.service, event.body, *values))


def _hypotheses(body: CausesBody) -> Iterator[Passage]:
    for one in body.hypotheses:
        arguments = [argument.sentence for argument in (*one.arguments_for, *one.arguments_against)]
        yield Passage("hypothesis", one.key, one.words or hypothesis_title(one), _joined(*arguments))


def _document(world: World, incident: Incident, stored: StoredDocument) -> Iterator[Passage]:
    body = decode(stored.data, Document[ReportBody]).body
    for number, section in enumerate(body.sections):
        yield Passage("document", f"s{number}-0-0", section.title, _joined(*_sentences(section)))
    index = Index(body)
    for piece in world.freezer.frozen(incident.id):
        if piece.id in index.refs:
            label = index.names[piece.id]
            yield Passage("evidence", label, f"{label} {query_title(index.refs[piece.id])}", _cells(piece))


def _sentences(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Paragraph() | Bullets():
                yield from (claim.text for claim in block.claims)
            case Rows():
                yield block.caption
                yield from (cell for row in block.rows for cell in row.cells)
            case Chart():
                yield block.title


def _cells(piece: Evidence) -> str:
    """The distinct texts of a frozen answer, column by column."""
    table = piece.result.arrow
    texts: list[str] = []
    for column in table.columns:
        if pa.types.is_string(column.type):
            texts += [one for one in pc.unique(column).to_pylist() if one]
    return _joined(*dict.fromkeys(texts))


def _joined(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)[:_MOST_LETTERS]
