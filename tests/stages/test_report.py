"""The post-mortem's tree: what it says for a told outage, for doubt, for calm, and that nothing rests on nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.stages.report_documents import HASHES, bodies, causes_body, report
from tests.stages.report_sample import GRID, case, evidence_body, signals
from tests.stages.report_story import impact_body, timeline_body

from secondstory.model.causes import CausesBody, Standing, Verdict
from secondstory.model.decision import Contribution, ContributionKind
from secondstory.model.gap import GapReason
from secondstory.model.impact import ImpactBody
from secondstory.model.meeting import MeetingRecord
from secondstory.model.report import Bullets, Chart, Claim, ClaimKind, Paragraph, ReportBody, Row, Rows
from secondstory.model.signal import frozen_values
from secondstory.model.timeline import TimelineBody
from secondstory.model.window import Window
from secondstory.stages.report import write_report

GOLDEN = Path(__file__).parent.parent / "golden"


def claims(body: ReportBody) -> list[Claim]:
    told = [block for section in body.sections for block in section.blocks if isinstance(block, Paragraph | Bullets)]
    return [claim for block in told for claim in block.claims]


def rows(body: ReportBody) -> list[Row]:
    return [row for s in body.sections for block in s.blocks if isinstance(block, Rows) for row in block.rows]


def charts(body: ReportBody) -> list[Chart]:
    drawn = [block for section in body.sections for block in section.blocks if isinstance(block, Chart)]
    return [*drawn, *(chart for _, chart in body.evidence_charts)]


def text_of(body: ReportBody, section: str) -> str:
    blocks = next(each.blocks for each in body.sections if each.key == section)
    said = [claim.text for block in blocks if isinstance(block, Paragraph | Bullets) for claim in block.claims]
    listed = [cell for block in blocks if isinstance(block, Rows) for row in block.rows for cell in row.cells]
    return "\n".join((*said, *listed))


def written(**parts: object) -> ReportBody:
    given = {"evidence": evidence_body(), "timeline": timeline_body(), "impact": impact_body(), "causes": causes_body()}
    told = {**given, **parts}
    actions = bodies()[4]
    return write_report(
        case(), (told["evidence"], told["timeline"], told["impact"], told["causes"], actions), None, HASHES
    )


def test_the_bottom_line_says_what_for_whom_how_long_why_and_what_ended_it() -> None:
    told = text_of(report(), "bluf")

    assert "On 17 Nov 2026, from 11:02:50 to 11:47:10, users of gateway are hit for 44 min 20 s." in told
    assert "Of their requests 59 % fail (58 to 60 %)." in told
    assert "Failures reach 11,600 users (11,200 to 12,000)." in told
    assert "the connection pool of orders runs out" in told
    assert "It begins 2 min 50 s to 3 min after the change “orders 1.8.0”." in told
    assert "The first alert fires 11 min 50 s to 12 min after the first sign." in told
    assert "It ends at 11:46:30–11:47:10, after “orders 1.7.4 (rollback)” at 11:39:10." in told
    assert "nobody has confirmed this in a meeting yet" in told


def test_every_fact_figure_and_chart_names_evidence_that_the_document_holds() -> None:
    body = report()
    known = {ref.id for ref in body.evidence}
    labels = dict(body.labels)

    for claim in claims(body):
        if claim.kind in (ClaimKind.FACT, ClaimKind.INFERENCE):
            assert claim.evidence_ids or claim.gap_keys, claim.text
    figures = [
        row for s in body.sections for b in s.blocks if isinstance(b, Rows) and b.look == "figures" for row in b.rows
    ]
    assert len(figures) == 8
    assert all(row.evidence_ids for row in figures)
    cited = {i for each in (*claims(body), *rows(body), *charts(body)) for i in each.evidence_ids}
    assert cited <= known
    assert cited <= labels.keys()


def test_labels_follow_the_order_of_reading() -> None:
    body = report()
    order = list(dict.fromkeys(i for s in body.sections for i in _cited(s)))

    assert [labelled for labelled, name in body.labels if name.startswith("E")][: len(order)] == order
    assert [name for _, name in body.labels if name.startswith("E")] == [f"E{n:02}" for n in range(1, 8)]
    assert [name for _, name in body.labels if name.startswith("G")] == ["G1", "G2", "G3"]


def _cited(section: object) -> list[str]:
    found: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph(claims=told) | Bullets(claims=told):
                found += [i for claim in told for i in claim.evidence_ids]
            case Rows(rows=listed):
                found += [i for row in listed for i in row.evidence_ids]
            case Chart(evidence_ids=ids):
                found += ids
    return found


def test_without_a_meeting_the_document_says_so_as_a_gap() -> None:
    body = report()

    assert any(gap.reason is GapReason.NOT_HELD for gap in body.gaps)
    assert "No post-mortem meeting was held" in text_of(body, "meeting")


def test_with_a_meeting_it_holds_what_was_settled() -> None:
    held = Window(GRID.time(0), GRID.time(720))
    body = report(MeetingRecord(held, ("The pool gets an alert before the next release.",), ("Review of all limits.",)))

    told = text_of(body, "meeting")
    assert "The pool gets an alert before the next release." in told
    assert "Review of all limits." in told
    assert not any(gap.reason is GapReason.NOT_HELD for gap in body.gaps)


def test_an_inconclusive_verdict_is_said_and_asks_what_would_separate() -> None:
    causes = replace(causes_body(), verdict=Verdict.INCONCLUSIVE, separating="Pool waits by caller would tell.")
    body = written(causes=causes)

    assert "Several explanations stand and the evidence does not separate them" in text_of(body, "bluf")
    assert text_of(body, "causes").startswith("Inconclusive.")
    assert "Pool waits by caller would tell." in text_of(body, "causes")
    assert "What would tell these apart" in text_of(body, "questions")


def test_a_calm_stretch_names_no_cause_and_no_hypothesis() -> None:
    calm = CausesBody(Verdict.NONE, 0.0, (), (), (), causes_body().methods, (), "")
    quiet = replace(timeline_body(), onsets=())
    quiet = replace(quiet, milestones=tuple(replace(each, moment=None) for each in quiet.milestones))
    body = written(causes=calm, impact=ImpactBody(None, (), (), (), (), ()), timeline=quiet)
    assert not any(word in text_of(body, "questions") for word in ("When was", "When did"))

    assert "no cause is named" in text_of(body, "bluf")
    assert "no impact on users is measured" in text_of(body, "bluf")
    assert "orders: " not in text_of(body, "causes")
    assert not any(section.key == "cascade" for section in body.sections)


def test_an_entry_that_nobody_recorded_is_not_called_calm() -> None:
    body = written(evidence=evidence_body(entry_services=()), impact=ImpactBody(None, (), (), (), (), ()))

    for section in ("bluf", "impact"):
        assert "How users fared is not known" in text_of(body, section)
        assert "leaves its normal band" not in text_of(body, section)


def test_a_hypothesis_that_people_set_aside_no_longer_leads() -> None:
    first, *others = causes_body().hypotheses
    aside = replace(causes_body(), hypotheses=(*others, replace(first, standing=Standing.REJECTED)))
    body = written(causes=aside)

    for section in ("bluf", "causes"):
        assert "By people's decision this leads: traffic of payment changes" in text_of(body, section)
        assert "The evidence ranks another first" in text_of(body, section)
        assert "evidence points first" not in text_of(body, section)
        assert "evidence supports" not in text_of(body, section)
    assert "People set it aside." in text_of(body, "causes")


def test_where_people_set_every_hypothesis_aside_the_first_paragraph_says_so() -> None:
    rejected = tuple(replace(each, standing=Standing.REJECTED) for each in causes_body().hypotheses)
    told = text_of(written(causes=replace(causes_body(), hypotheses=rejected)), "bluf")

    assert "People have set every explanation aside" in told
    assert "No signal leaves its band" not in told


def test_methods_that_could_not_speak_are_named() -> None:
    assert "Method trace novelty had no data: no operation has ten spans" in text_of(report(), "causes")


def test_a_missing_milestone_stays_in_the_table_and_becomes_a_question() -> None:
    body = report()

    diagnosed = next(row for row in rows(body) if row.key == "milestone/diagnosed")
    assert diagnosed.cells[1] == "not shown by the evidence"
    assert "When was it understood what to do?" in text_of(body, "questions")


def test_chat_is_told_only_where_a_milestone_or_a_star_rests_on_it() -> None:
    told = text_of(report(), "timeline")
    assert "ack. looking at gateway" in told
    assert "is it payment again?" not in told
    assert "2 chat lines are not repeated here." in told

    star = Contribution("c-1", "INC-2041", "occurrence/chat/-/3", ContributionKind.STAR, "", "owner", GRID.time(9))
    starred = write_report(case(contributions=(star,)), bodies(), None, HASHES)
    assert "is it payment again?" in text_of(starred, "timeline")


def test_who_made_a_change_is_not_told() -> None:
    changes = [row for row in rows(report()) if row.key.startswith("occurrence/deploy")]
    assert changes
    assert not any("responder" in cell for row in changes for cell in row.cells)


def test_no_sentence_names_a_single_root_cause() -> None:
    said = " ".join((*(claim.text for claim in claims(report())), *(c for row in rows(report()) for c in row.cells)))
    assert "root cause" not in said.lower()
    assert "human error" not in said.lower()


def test_times_are_told_in_the_incidents_zone_with_utc_beside_them() -> None:
    event = next(row for row in rows(report()) if row.key.startswith("occurrence/alert"))
    assert event.cells[:2] == ("11:11:30", "10:11:30")

    plain = replace(case().incident, time_zone="UTC")
    in_utc = write_report(case(incident=plain), bodies(), None, HASHES)
    event = next(row for row in rows(in_utc) if row.key.startswith("occurrence/alert"))
    assert event.cells[:2] == ("10:11:30", "Alert")


def test_an_incident_over_midnight_names_the_day_of_every_time() -> None:
    tokyo = replace(case().incident, time_zone="Pacific/Kiritimati")  # UTC+14: the day differs from the one in UTC
    body = write_report(case(incident=tokyo), bodies(), None, HASHES)
    event = next(row for row in rows(body) if row.key.startswith("occurrence/alert"))
    assert event.cells[:2] == ("18 Nov 00:11:30", "17 Nov 10:11:30")


def test_a_spike_of_one_step_survives_and_a_gap_breaks_the_line() -> None:
    first, *rest = signals()
    spiked = first.values.copy()
    spiked[700] = 9999.0
    spiked[600:660] = np.nan
    body = written(evidence=evidence_body(signals=(replace(first, values=frozen_values(spiked)), *rest)))

    chart = next(chart for chart in charts(body) if chart.key == f"chart/{first.key}")
    values = [point.value for point in chart.points]
    assert max(value for value in values if value is not None) == 9999.0
    assert None in values
    assert all(len(each.points) <= 600 for each in charts(body))


def test_a_signal_without_any_number_is_not_drawn() -> None:
    silent = tuple(replace(s, values=frozen_values(np.full(GRID.count, np.nan))) for s in signals())
    assert charts(written(evidence=evidence_body(signals=silent))) == []


@pytest.mark.parametrize("part", ["timeline", "impact", "causes"])
def test_empty_documents_still_make_a_report(part: str) -> None:
    empty = {
        "timeline": TimelineBody((), (), ()),
        "impact": ImpactBody(None, (), (), (), (), ()),
        "causes": CausesBody(Verdict.NONE, 0.0, (), (), (), (), (), ""),
    }
    body = written(**{part: empty[part]})
    assert [section.key for section in body.sections][:2] == ["bluf", "impact"]


def test_a_report_on_no_evidence_at_all_claims_nothing() -> None:
    nothing = evidence_body(signals=(), occurrences=(), gaps=(), evidence=(), entry_services=(), services=())
    body = write_report(
        case(),
        (
            nothing,
            TimelineBody((), (), ()),
            ImpactBody(None, (), (), (), (), ()),
            CausesBody(Verdict.NONE, 0.0, (), (), (), (), (), ""),
            replace(bodies()[4], items=()),
        ),
        None,
        (),
    )
    assert {claim.kind for claim in claims(body) if not claim.gap_keys} == {ClaimKind.FRAME}
