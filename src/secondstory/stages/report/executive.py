"""The executive short form: what happened, at what cost, why it was possible, what changes, what is asked of leaders.

It is cut from the document as it reads, people's words included, so the two never disagree: a sentence, a number or a
row goes over with the evidence and the label that it has there, and what is taken out of the document is gone here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from secondstory.model.report import Block, Bullets, Chart, Claim, ClaimKind, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report.claims import frame, inference, once
from secondstory.stages.report.leadership import asked_section
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.references import rested_on
from secondstory.texts import say

KIND = "executive"
"""Kind of the document that holds a short form."""
MOST_CHANGES = 8
_MOST_GAPS = 3
_MOST_SENTENCES = 4
_FIGURES = (  # the ends of the keys of the rows that go over, in this order
    "figure/requests_failed",
    "figure/failed_share",
    "figure/users_hit",
    "duration/time_to_detect",
    "duration/time_to_mitigate",
    "duration/time_to_recover",
)
_MOST_BURNS, _MOST_COSTS = 1, 2
_AGREED = ("action", "owner", "due", "stands", "criterion")
_PROPOSED = ("action", "for", "strength")


def short_form(report: ReportBody) -> ReportBody:
    """One page of a document, every claim with the evidence that it has there. It is the same for the same report."""
    changes = changes_section(report)
    told = (
        _happened(report),
        _impact(report),
        _why(report),
        _unknown(report),
        changes,
        asked_section(report, changes),
    )
    used = {key for section in told for ids, gaps in rested_on(section) for key in (*ids, *gaps)}
    return replace(
        report,
        sections=told,
        labels=tuple((key, label) for key, label in report.labels if key in used),
        evidence=tuple(ref for ref in report.evidence if ref.id in used),
        evidence_charts=tuple(
            (key, chart) for key, chart in report.evidence_charts if {key, *chart.evidence_ids} <= used
        ),
        gaps=tuple(gap for gap in report.gaps if gap.key in used),
    )


def _happened(report: ReportBody) -> Section:
    blocks: list[Block] = []
    for block in _blocks(report, "bluf"):
        if isinstance(block, Paragraph) and block.voice == "dateline":
            block = replace(block, claims=(*block.claims, frame(say("executive.dateline"))))
        blocks.append(block)
    return Section("bluf", say("executive.section_happened"), tuple(blocks))


def _impact(report: ReportBody) -> Section:
    rows = {row.key: row for row in _rows(report, "impact")}
    figures = [_figure(rows[key]) for key in _FIGURES if key in rows]
    of_look = {"burns": _burn, "figures": _cost}
    for look, most, prefix in (("burns", _MOST_BURNS, "burn/"), ("figures", _MOST_COSTS, "cost/")):
        found = [row for table in _tables(report, "impact", look) for row in table.rows if row.key.startswith(prefix)]
        figures += [of_look[look](row) for row in found[:most]]
    if not figures:
        none = Paragraph((frame(say("executive.no_figures")),))
        return Section("impact", say("executive.section_impact"), (none, *_sentences(report, "impact")))
    columns = tuple(say(f"executive.column_{name}") for name in ("figure", "value", "range"))
    table = Rows(say("executive.caption_figures"), columns, tuple(figures), "figures")
    charts = [block for block in _blocks(report, "impact") if isinstance(block, Chart)]
    terms = (("term_recover", "duration/"), ("term_budget", "burn/"))
    what = " ".join(say(f"executive.{key}") for key, start in terms if any(f.key.startswith(start) for f in figures))
    note = Paragraph((frame(say("executive.terms", what=what).strip()),), voice="note")
    return Section("impact", say("executive.section_impact"), (table, *charts[:1], note))


def _figure(row: Row) -> Row:
    name = say(f"executive.figure_{row.key.rpartition('/')[2]}")
    return replace(row, cells=(name, *row.cells[1:3]))


def _burn(row: Row) -> Row:
    name = say("executive.budget_used", objective=row.cells[0].partition(" (")[0])
    value, _, span = row.cells[3].rstrip(")").partition(" (")
    return replace(row, cells=(name, value, say("executive.budget_of", range=span, target=row.cells[1]).strip()))


def _cost(row: Row) -> Row:
    return replace(row, cells=row.cells[:3])


def _why(report: ReportBody) -> Section:
    factors = [
        _claim(say("executive.factor", words=row.cells[1], part=row.cells[2]), row)
        for row in _rows(report, "factors")
        if row.key.startswith("factor/")
    ]
    if not factors:
        # People's own section, or the verdict of the analysis where nobody has spoken yet.
        factors = [claim for key in ("factors", "causes") for claim in _first_claims(report, key)][:_MOST_SENTENCES]
    more = [one for one in (_protections(report), _safeguards(report)) if one is not None]
    noticed = [claim for block in _sentences(report, "detection")[:1] for claim in block.claims[:1]]
    told = (*factors[:_MOST_SENTENCES], *more, *noticed) or (frame(say("executive.no_cause")),)
    return Section("why", say("executive.section_why"), (Bullets(tuple(told)),))


def _first_claims(report: ReportBody, key: str) -> tuple[Claim, ...]:
    found = _sentences(report, key)
    return found[0].claims if found else ()


def _protections(report: ReportBody) -> Claim | None:
    """Which protections were missing on the way, each once with the calls that it was missing on."""
    rows = [row for row in _rows(report, "cascade") if row.key.startswith("protection/")]
    calls: dict[str, list[str]] = {}
    for row in rows:
        calls.setdefault(row.cells[1], []).append(row.cells[0])
    if not calls:
        return None
    told = "; ".join(say("executive.protection", name=name, calls=", ".join(on)) for name, on in calls.items())
    return _claim(say("executive.protections", what=told), *rows)


def _safeguards(report: ReportBody) -> Claim | None:
    rows = [row for row in _rows(report, "detection") if row.key.startswith("safeguard/")]
    if not rows:
        return None
    told = "; ".join(say("executive.safeguard", name=row.cells[0], why=row.cells[-1].rstrip(".")) for row in rows)
    return _claim(say("executive.safeguards", what=told), *rows)


def _claim(text: str, *rows: Row) -> Claim:
    """What rows say in one sentence, resting on all that they rest on; a row of people's own words is their opinion."""
    ids = once(tuple(key for row in rows for key in row.evidence_ids))
    gaps = once(tuple(key for row in rows for key in row.gap_keys))
    return inference(text, ids, gaps) if ids or gaps else Claim(clean(text), ClaimKind.OPINION)


def _unknown(report: ReportBody) -> Section:
    title = say("executive.section_unknown")
    rows = _rows(report, "gaps")
    if not rows:
        told = _sentences(report, "gaps") or (Paragraph((frame(say("executive.no_gaps")),)),)
        return Section("gaps", title, told[:2])
    claims = [
        frame(say("executive.gap", source=row.cells[0], window=row.cells[1], reason=row.cells[2]), row.gap_keys)
        for row in rows[:_MOST_GAPS]
    ]
    left = len(rows) - len(claims)
    if left:
        claims.append(frame(_counted("executive.gaps_more", left)))
    return Section("gaps", title, (Bullets(tuple(claims)),))


def changes_section(report: ReportBody) -> Section:
    """What people agreed to change, with owner and day; where nothing is agreed, what is proposed."""
    title = say("executive.section_changes")
    agreed, proposed = (_tables(report, "actions", look) for look in ("agreed", "actions"))
    count = sum(len(table.rows) for table in proposed)
    if agreed:
        blocks = _cut(agreed[0], _AGREED, "agreed", "more_agreed")
        more = (Paragraph((frame(_counted("executive.more_proposed", count)),), voice="note"),) if count else ()
        return Section("actions", title, (*blocks, *more))
    if proposed:
        return Section("actions", title, _cut(proposed[0], _PROPOSED, "proposed", "more_proposed"))
    told = _sentences(report, "actions") or (Paragraph((frame(say("executive.no_changes")),)),)
    return Section("actions", title, told[:_MOST_SENTENCES])


def _cut(table: Rows, names: tuple[str, ...], caption: str, more: str) -> tuple[Block, ...]:
    """The columns that leaders need, of the first rows."""
    area = "plan" if caption == "agreed" else "report"
    wanted = [(name, say(f"{area}.column_{name}")) for name in names]
    places = [table.columns.index(title) for _, title in wanted if title in table.columns]
    columns = tuple(table.columns[place] for place in places)
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in table.rows[:MOST_CHANGES])
    cut = replace(table, caption=say(f"executive.caption_{caption}"), columns=columns, rows=rows)
    left = len(table.rows) - len(rows)
    return (cut, Paragraph((frame(_counted(f"executive.{more}", left)),), voice="note")) if left else (cut,)


def _counted(key: str, count: int) -> str:
    return say(f"{key}_one") if count == 1 else say(key, count=count)


def _blocks(report: ReportBody, key: str) -> Iterator[Block]:
    yield from (block for section in report.sections if section.key == key for block in section.blocks)


def _tables(report: ReportBody, key: str, look: str) -> tuple[Rows, ...]:
    return tuple(block for block in _blocks(report, key) if isinstance(block, Rows) and block.look == look)


def _rows(report: ReportBody, key: str) -> tuple[Row, ...]:
    return tuple(row for block in _blocks(report, key) if isinstance(block, Rows) for row in block.rows)


def _sentences(report: ReportBody, key: str) -> tuple[Paragraph | Bullets, ...]:
    """What a section says in sentences, headings and notes left out."""
    aside = ("label", "note", "dateline")
    found = (block for block in _blocks(report, key) if isinstance(block, Paragraph | Bullets) and block.claims)
    return tuple(block for block in found if not (isinstance(block, Paragraph) and block.voice in aside))
