"""The executive short form: cut from the document as it reads, every number with what it rests on there."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some
from tests.stages.report_documents import as_document, report

from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report import Index, report_formats, short_form
from secondstory.stages.report.references import rested_on
from secondstory.texts import say

COLUMNS = tuple(
    say(f"plan.column_{name}") for name in ("action", "owner", "due", "stands", "strength", "answers", "criterion")
)


def agreed(*rows: tuple[str, str, str, str]) -> Rows:
    """Agreed actions: label and title, owner, day, where it stands."""
    told = tuple(Row((*row, "stronger", "F1", "a test refuses it"), (), key=f"action/{row[0]}") for row in rows)
    return Rows(say("plan.caption_agreed"), COLUMNS, told, "agreed")


def with_actions(*blocks: Block) -> ReportBody:
    body = report()
    sections = tuple(one for one in body.sections if one.key != "actions")
    return replace(body, sections=(*sections, Section("actions", "Actions", blocks)))


def section(body: ReportBody, key: str) -> Section:
    return next(one for one in body.sections if one.key == key)


def asked(body: ReportBody) -> list[str]:
    return [one.text for block in section(body, "asked").blocks if isinstance(block, Bullets) for one in block.claims]


def test_what_it_says_rests_on_what_it_rests_on_in_the_whole_document() -> None:
    whole, short = report(), short_form(report())
    labels = dict(whole.labels)
    told = [key for one in short.sections for ids, gaps in rested_on(one) for key in (*ids, *gaps)]
    assert told and set(told) <= set(labels) and dict(short.labels) == {key: labels[key] for key in set(told)}
    assert {ref.id for ref in short.evidence} == {ref.id for ref in whole.evidence} & set(told)
    rows = {
        row.key: row for one in whole.sections for block in one.blocks if isinstance(block, Rows) for row in block.rows
    }
    figures = next(block for block in section(short, "impact").blocks if isinstance(block, Rows))
    assert figures.rows and all(row.evidence_ids == rows[row.key].evidence_ids != () for row in figures.rows)
    assert all(row.cells[1] in " ".join(rows[row.key].cells) for row in figures.rows), "no number of its own"


def test_people_s_own_bottom_line_is_its_bottom_line() -> None:
    body = report()
    own = Paragraph((Claim("Customers could not pay.", ClaimKind.OPINION, is_markup=True),), voice="bluf")
    first, *others = body.sections
    changed = replace(body, sections=(replace(first, blocks=(own,)), *others))
    assert section(short_form(changed), "bluf").blocks == (own,)


def test_agreed_changes_come_with_owner_day_and_what_leaders_can_do() -> None:
    body = short_form(
        with_actions(
            agreed(
                ("A1 Limit retries", "responder-1", "2026-12-01", say("plan.progress_open")),
                ("A2 Shed load", say("plan.nobody"), "2026-12-14", say("plan.progress_in_progress")),
                ("A3 Alert on the pool", "responder-2", "2026-12-03", say("plan.progress_verified")),
            ),
            Paragraph((Claim(say("plan.risks"), ClaimKind.FRAME),), voice="label"),
            Bullets((Claim("F2: the old driver stays. Approved by owner, until 2027-01-31.", ClaimKind.OPINION),)),
        )
    )
    (table,) = section(body, "actions").blocks
    assert isinstance(table, Rows) and table.rows[0].cells[:3] == ("A1 Limit retries", "responder-1", "2026-12-01")
    owner, time, risk, system = asked(body)
    assert "A2" in owner and "A1" not in owner
    assert "2 of 3" in time and "2026-12-14" in time
    assert "the old driver stays" in risk and "not who" in system


def test_all_changes_are_counted_where_only_the_first_have_room() -> None:
    rows = [(f"A{n} Do", say("plan.nobody"), "2026-12-01", say("plan.progress_open")) for n in range(1, 31)]
    body = short_form(with_actions(agreed(*rows)))
    table, note = section(body, "actions").blocks
    assert isinstance(table, Rows) and isinstance(note, Paragraph)
    assert f"{30 - len(table.rows)} more" in note.claims[0].text and "30 of 30" in asked(body)[1]


def test_without_any_change_it_says_that_the_same_can_happen_again() -> None:
    body = short_form(with_actions())
    assert "the same can happen again" in asked(body)[0]
    assert section(body, "actions").blocks


@settings(max_examples=25, deadline=None)
@given(some.sets(some.sampled_from([one.key for one in report().sections])))
def test_any_section_may_be_missing_and_every_format_takes_what_is_left(gone: set[str]) -> None:
    body = report()
    short = short_form(replace(body, sections=tuple(one for one in body.sections if one.key not in gone)))
    assert [one.key for one in short.sections] == ["bluf", "impact", "why", "gaps", "actions", "asked"]
    assert Index(short).entries == short.labels
    for form in report_formats():
        assert form.render(as_document(short))
