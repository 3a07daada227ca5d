"""The documents that the product writes need no work; what people add to an incident is read too, and by whom."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.stages.report_documents import as_document, report

from secondstory.blameless.lint.linter import lint_text
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.decision import ContributionKind, DecisionVerb
from secondstory.model.errors import NotAllowed
from secondstory.model.lint import LintFinding
from secondstory.model.meeting import MeetingRecord
from secondstory.model.report import ReportBody
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.stages.report.formats.markdown import render
from secondstory.usecases.decide import Verdict, contribute, decide
from secondstory.usecases.lint import lint_incident

from .conftest import only_incident

WHOLE = Window(datetime(2026, 11, 18, 9, tzinfo=UTC), datetime(2026, 11, 18, 10, tzinfo=UTC))
HELD = MeetingRecord(WHOLE, decisions=("Keep the new limit.",), parking_lot=("Who watches the queue?",))


def needing_work(findings: tuple[LintFinding, ...]) -> list[LintFinding]:
    return [finding for finding in findings if finding.severity]


def without(body: ReportBody, key: str) -> ReportBody:
    return replace(body, sections=tuple(section for section in body.sections if section.key != key))


def test_what_the_demo_says_of_its_outage_needs_no_work(world: World) -> None:
    linted = lint_incident(LOCAL_OWNER, world, only_incident(world).id)
    assert linted.texts[0].name == "document" and linted.texts[0].words > 1000
    assert any(text.name.startswith("action ") for text in linted.texts)
    assert [one for text in linted.texts for one in needing_work(text.findings)] == []


@pytest.mark.parametrize(
    "body", [report(), report(HELD), without(report(), "bluf")], ids=["no meeting", "meeting", "no summary"]
)
def test_other_documents_that_we_write_need_no_work(body: ReportBody) -> None:
    text = render(as_document(body)).decode()
    assert needing_work(lint_text("report.md", text).findings) == []


def test_what_people_add_is_read(own_world: World) -> None:
    name = only_incident(own_world).id
    decide(LOCAL_OWNER, own_world, name, Verdict("a", DecisionVerb.REWORD, "We should have tested it.", "As told."))
    decide(LOCAL_OWNER, own_world, name, Verdict("b", DecisionVerb.REJECT, "", "It was human error."))
    contribute(LOCAL_OWNER, own_world, name, "c", ContributionKind.COMMENT, "Sam's deploy broke checkout.")
    contribute(LOCAL_OWNER, own_world, name, "c", ContributionKind.STAR, "")
    added = lint_incident(LOCAL_OWNER, own_world, name).texts[-3:]
    assert [text.name.split()[0] for text in added] == ["decision", "decision", "contribution"]
    assert [one.rule for text in added for one in text.findings] == ["counterfactual", "slip_as_cause", "name_in_cause"]


def test_who_may_not_take_a_document_away_may_not_have_it_read(world: World) -> None:
    name = only_incident(world).id
    observer = Actor("guest", roles=((name, Role.OBSERVER),))
    with pytest.raises(NotAllowed):
        lint_incident(observer, world, name)
