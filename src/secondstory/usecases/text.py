"""The document's text: reads it as it is now, keeps what people write, restores, merges, confirms."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import content_hash, encode
from secondstory.model.counted import BESIDE
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.document import Document, make_document
from secondstory.model.errors import BadInput, Conflict, NotFound
from secondstory.model.report import ReportBody, Section
from secondstory.model.text import MOST_TEXT, TEXT, Merged, SectionNow, SectionText
from secondstory.model.window import format_time
from secondstory.ports import World
from secondstory.stages.report import present
from secondstory.stages.report.text.folding import fold_text, new_version, read_section, stored, versions_of
from secondstory.stages.report.text.merging import merge
from secondstory.stages.report.text.writing import by_id, by_label, markdown_of
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.report_now import ReportNow, report_now

assert TEXT in BESIDE, "edited text makes no finding stale"


@dataclass(frozen=True)
class Edit:
    """A new text of a section, as it was typed. `base` is the version that it was written on, "" = the analysis."""

    section: str
    base: str
    markdown: str
    why: str = ""
    holds: tuple[str, ...] = ()  # stale sentences that hold on the evidence as it is now


@dataclass(frozen=True)
class TextNow:
    """The document as it reads now, with the state of each section."""

    document: Document[ReportBody]
    sections: tuple[SectionNow, ...]


def read_text(actor: Actor, world: World, incident_id: str) -> TextNow:
    """The document with people's text in it, under the title and severity that hold now.

    Raises NotFound where it was never made.
    """
    machine, decisions = _given(actor, world, incident_id)
    folded = fold_text(machine.body, decisions)
    incident = get_incident(world, incident_id)
    body = present(folded.body, incident, record_now(world, incident))
    return TextNow(_document(machine, body, decisions), folded.sections)


def report_of(actor: Actor, world: World, incident_id: str) -> ReportBody:
    """The document as it reads now, under the title and severity that hold now. Raises NotFound."""
    require(actor, Verb.EXPORT, incident_id)
    return read_text(actor, world, incident_id).document.body


def section_now(actor: Actor, world: World, incident_id: str, key: str) -> SectionNow:
    """One section as it reads now. Raises NotFound."""
    machine, decisions = _given(actor, world, incident_id)
    return _now(machine.body, decisions, key)


def edit_text(actor: Actor, world: World, incident_id: str, edit: Edit) -> Decision:
    """Keep a new version of a section. Raises Conflict where somebody changed it since `edit.base`."""
    require(actor, Verb.DECIDE, incident_id)
    machine, decisions = _given(actor, world, incident_id)
    section = _section(machine.body, edit.section)
    now = _now(machine.body, decisions, edit.section)
    if now.head != edit.base:
        last = versions_of(decisions, edit.section)[-1:]
        by, at = (last[0].actor_id, format_time(last[0].at)) if last else ("", "")
        raise Conflict(say("text.moved", actor=by, at=at), say("text.moved_next"))
    if len(edit.markdown) > MOST_TEXT:
        told = say("text.too_long", length=len(edit.markdown), most=MOST_TEXT)
        raise BadInput(told, say("text.too_long_next"))
    markdown = by_id(edit.markdown.strip() + "\n", machine.body)
    if markdown.strip() == by_id(now.markdown, machine.body).strip() and not edit.holds:
        raise BadInput(say("text.unchanged"), say("text.unchanged_next"))
    holds = frozenset(by_id(sentence, machine.body) for sentence in edit.holds)
    text = new_version(machine.body, section, markdown, _before(decisions, edit.section), holds)
    return _keep(actor, world, incident_id, (edit.section, text, edit.why))


def restore_text(actor: Actor, world: World, incident_id: str, section: str, version: str) -> Decision:
    """Bring an earlier version back as a new one; "" hands the section back to the analysis. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    machine, decisions = _given(actor, world, incident_id)
    _section(machine.body, section)
    analysis = SectionText("", (), is_machine=True)
    text = stored(_version(decisions, section, version)) if version else analysis
    return _keep(actor, world, incident_id, (section, text, say("text.restored")))


def preview_text(actor: Actor, world: World, incident_id: str, edit: Edit) -> Section:
    """The section as it would read; nothing is kept."""
    machine, decisions = _given(actor, world, incident_id)
    section = _section(machine.body, edit.section)
    return read_section(machine.body, section, by_id(edit.markdown, machine.body), _before(decisions, edit.section))


def merge_text(actor: Actor, world: World, incident_id: str, edit: Edit) -> Merged:
    """What was typed on an older version, merged with the section as it is now; nothing is kept yet."""
    machine, decisions = _given(actor, world, incident_id)
    now = _now(machine.body, decisions, edit.section)
    return merge(_markdown(machine.body, decisions, edit.section, edit.base), edit.markdown, now.markdown)


def version_text(actor: Actor, world: World, incident_id: str, section: str, version: str) -> str:
    """The Markdown of one version, "" = the analysis as it is now. Raises NotFound."""
    machine, decisions = _given(actor, world, incident_id)
    return _markdown(machine.body, decisions, section, version)


def text_decisions(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Those of an incident's decisions that change its text."""
    ours = {one.id for one in decisions if one.subject.startswith(TEXT)}
    return tuple(one for one in decisions if one.id in ours or (one.verb is DecisionVerb.WITHDRAW and one.text in ours))


def _given(actor: Actor, world: World, incident_id: str) -> tuple[ReportNow, tuple[Decision, ...]]:
    machine = report_now(actor, world, incident_id)
    return machine, text_decisions(world.ledger.decisions(incident_id))


def _document(machine: ReportNow, body: ReportBody, decisions: tuple[Decision, ...]) -> Document[ReportBody]:
    """The stored document itself where nobody wrote or agreed anything, so that its hash and bytes stay."""
    stored = machine.stored
    if body == stored.body:
        return stored
    met = (("meetings", content_hash(machine.meetings)),) if machine.meetings else ()
    inputs = (("report", stored.hash), ("plan", content_hash(machine.plan)), ("text", content_hash(decisions)), *met)
    return make_document("report", body, inputs=inputs, code_version=stored.envelope.code_version)


def _now(body: ReportBody, decisions: tuple[Decision, ...], section: str) -> SectionNow:
    _section(body, section)
    return next(one for one in fold_text(body, decisions).sections if one.key == section)


def _section(body: ReportBody, key: str) -> Section:
    found = next((section for section in body.sections if section.key == key), None)
    if found is None:
        known = ", ".join(section.key for section in body.sections)
        raise NotFound(say("text.no_section", section=key), say("text.no_section_next", sections=known))
    return found


def _before(decisions: tuple[Decision, ...], section: str) -> SectionText | None:
    versions = versions_of(decisions, section)
    text = stored(versions[-1]) if versions else None
    return None if text is None or text.is_machine else text


def _version(decisions: tuple[Decision, ...], section: str, version: str) -> Decision:
    found = next((one for one in versions_of(decisions, section) if one.id == version), None)
    if found is None:
        told = say("text.no_version", section=section, version=version)
        raise NotFound(told, say("text.no_version_next", section=section))
    return found


def _markdown(body: ReportBody, decisions: tuple[Decision, ...], section: str, version: str) -> str:
    text = stored(_version(decisions, section, version)) if version else None
    if text is None or text.is_machine:
        return by_label(markdown_of(_section(body, section)), body)
    return by_label(text.markdown, body)


def _keep(actor: Actor, world: World, incident_id: str, kept: tuple[str, SectionText, str]) -> Decision:
    section, text, why = kept
    words = encode(text, SectionText).decode()
    return decide(actor, world, incident_id, Verdict(TEXT + section, DecisionVerb.REWORD, words, why))
