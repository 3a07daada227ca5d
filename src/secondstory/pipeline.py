"""The stages in order: `prepare` before the meeting, `conclude` after it or without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody
from secondstory.model.codec import content_hash
from secondstory.model.counted import folded, folded_contributions
from secondstory.model.decision import Decision
from secondstory.model.detection import DetectionBody
from secondstory.model.document import Document, make_document
from secondstory.model.errors import TooManyRounds
from secondstory.model.evidence import Answer, Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import ImpactBody
from secondstory.model.incident import Case
from secondstory.model.meeting import MeetingRecord
from secondstory.model.query import Ask
from secondstory.model.report import ReportBody
from secondstory.model.timeline import TimelineBody
from secondstory.stages.actions import propose_actions
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.detection import Given, find_detection
from secondstory.stages.evidence import find_evidence
from secondstory.stages.impact import assess_impact, fold_impact
from secondstory.stages.report import write_report
from secondstory.stages.timeline import find_timeline, fold_timeline

ROUNDS = 2
_PREPARED = ("evidence", "timeline", "impact", "causes", "detection")
Inputs = tuple[tuple[str, str], ...]
T = TypeVar("T")
Citing = TypeVar("Citing", ImpactBody, CausesBody, DetectionBody)


@dataclass(frozen=True, eq=False)
class Prepared:
    """What the facilitator walks in with."""

    evidence: Document[EvidenceBody]
    timeline: Document[TimelineBody]
    impact: Document[ImpactBody]
    causes: Document[CausesBody]
    detection: Document[DetectionBody]


@dataclass(frozen=True, eq=False)
class Concluded:
    """What everybody walks out with."""

    actions: Document[ActionsBody]
    report: Document[ReportBody]


class Memo(Protocol):
    """Keeps slow findings by the hash of what they were found from."""

    def recall(self, name: str, given: str, kind: type[T], find: Callable[[], T]) -> T:
        """The finding kept under `name` for these inputs, or what `find` gives, kept from now on."""


class NoMemo:
    """Keeps nothing: everything is found anew, as a replay wants it."""

    def recall(self, name: str, given: str, kind: type[T], find: Callable[[], T]) -> T:  # noqa: ARG002 - a contract
        """What `find` gives."""
        return find()


def prepare(case: Case, answer: Answer, memo: Memo) -> Prepared:
    """All that is found before a meeting. `answer` runs queries, or looks them up among frozen evidence."""
    # Finding never sees what people decided, so a decision leaves findings fresh; folding brings it in.
    facts = replace(case, decisions=(), contributions=())
    code = case.code_version
    given: Inputs = (("facts", content_hash(facts)),)

    found = settle(lambda answers: find_evidence(facts, answers), answer)
    evidence = make_document("evidence", found, inputs=given, code_version=code)
    given = (*given, ("evidence", evidence.hash))

    def find(name: str, kind: type[T], stage: Callable[[Answers], T | Ask]) -> T:
        return memo.recall(name, content_hash(given), kind, lambda: settle(stage, answer))

    onsets = find("timeline", TimelineBody, lambda answers: find_timeline(facts, evidence.body, answers))
    decided, said = _said(case, "timeline")
    told = fold_timeline(onsets, decided)
    timeline = make_document("timeline", told, inputs=(*given, *said), code_version=code)
    given = (*given, ("timeline", timeline.hash))

    reach = cited(lambda answers: assess_impact(facts, evidence.body, timeline.body, answers))
    reached = find("impact", ImpactBody, reach)
    decided, said = _said(case, "impact")
    impact = make_document("impact", fold_impact(reached, decided), inputs=(*given, *said), code_version=code)

    rank = cited(lambda answers: find_causes(facts, evidence.body, timeline.body, answers))
    ranked = find("causes", CausesBody, rank)
    decided, said = _said(case, "causes")
    votes = folded_contributions("causes", case.contributions)
    weighed = fold_causes(ranked, decided, votes)
    said = (*said, ("contributions", content_hash(votes)))
    causes = make_document("causes", weighed, inputs=(*given, *said), code_version=code)
    given = (*given, ("causes", causes.hash))

    known = Given(facts, evidence.body, timeline.body, weighed, reached.burns)
    caught = find("detection", DetectionBody, cited(lambda answers: find_detection(known, answers)))
    detection = make_document("detection", caught, inputs=given, code_version=code)
    return Prepared(evidence, timeline, impact, causes, detection)


def conclude(case: Case, prepared: Prepared, meeting: MeetingRecord | None) -> Concluded:
    """Actions and the report. Without a meeting the report says so, as a gap."""
    hashes = tuple((name, getattr(prepared, name).hash) for name in _PREPARED)
    met = ("meeting", content_hash(meeting))
    code = case.code_version

    decided, said = _said(case, "actions")
    found = prepared.evidence.body, prepared.timeline.body, prepared.causes.body
    proposed = propose_actions(*found, case.incident.time_zone, prepared.detection.body, decided)
    actions = make_document("actions", proposed, inputs=(*hashes, *said, met), code_version=code)

    bodies = (prepared.evidence.body, prepared.timeline.body, prepared.impact.body, prepared.causes.body, proposed)
    written = write_report(case, bodies, meeting, (*hashes, ("actions", actions.hash)), prepared.detection.body)
    given: Inputs = (*hashes, ("case", content_hash(case)), met, ("actions", actions.hash))
    return Concluded(actions, make_document("report", written, inputs=given, code_version=code))


def _said(case: Case, kind: str) -> tuple[tuple[Decision, ...], Inputs]:
    """The decisions that a stage folds, and how its document names them."""
    decided = folded(kind, case.decisions)
    return decided, (("decisions", content_hash(decided)),)


def cited(stage: Callable[[Answers], Citing | Ask]) -> Callable[[Answers], Citing | Ask]:
    """The stage with every answer that it was given named in its finding, so that whatever it cites can be opened."""

    def find(answers: Answers) -> Citing | Ask:
        found = stage(answers)
        return found if isinstance(found, Ask) else replace(found, evidence=answers.refs())

    return find


def settle(find: Callable[[Answers], T | Ask], answer: Answer) -> T:
    """Run a stage, answering what it asks, two rounds at most. Raises TooManyRounds on the third."""
    answers = Answers({})
    for _ in range(ROUNDS):
        found = find(answers)
        if not isinstance(found, Ask):
            return found
        answers = answers.plus(answer(found.queries))
    found = find(answers)
    if isinstance(found, Ask):
        raise TooManyRounds(f"A stage asked a third time, for {found.queries[0]}.")
    return found
