"""The evidence as HTML: charts, the query in readable form, window, source, hash, and what rests on it."""

from __future__ import annotations

from html import escape

from secondstory.model.dial import Dial
from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap
from secondstory.model.report import Chart, ReportBody
from secondstory.stages.report.asked import fetched, query_lines, query_title, query_window
from secondstory.stages.report.page.drawing import NARROW, WIDE, number_rows, svg
from secondstory.stages.report.page.markup import chips, plain, rich, shortened
from secondstory.stages.report.references import Index
from secondstory.texts import say

_MOST_PLACES = 12
_PLACE_LENGTH = 110


def appendix(index: Index) -> str:
    """Every piece of evidence and every gap, in order of labels; chips jump here, or open it beside the text."""
    entries = "".join(_entry(index, key, label) for key, label in index.entries)
    return (
        f'<section id="evidence" class="evidence"><h2>{say("report.section_evidence")}</h2>'
        f'<p class="note">{say("report.evidence_intro")}</p><div class="entries">{entries}</div></section>'
    )


def figure(index: Index, chart: Chart, anchor: str, name: str, *, wide: bool) -> str:
    """A chart with its title, its sentence, and its numbers behind a disclosure; `wide` draws it for a page as well."""
    zone = index.body.time_zone
    drawn = svg(chart, zone, NARROW, f"{name}n") + (svg(chart, zone, WIDE, f"{name}w") if wide else "")
    heads = "".join(f'<th scope="col">{say(f"report.chart_{head}")}</th>' for head in ("from", "lowest", "highest"))
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in number_rows(chart, zone)
    )
    return (
        f'<figure id="{anchor}" class="chart{" both" if wide else ""}"><figcaption><b>{rich(chart.title)}</b>'
        f"{chips(index, chart.evidence_ids, ())}</figcaption>{drawn}"
        f'<p class="cap">{rich(chart.summary)}</p><details><summary>{say("report.chart_table")}</summary>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
    )


def _entry(index: Index, key: str, label: str) -> str:
    gap, ref = index.gaps.get(key), index.refs.get(key)
    if gap is not None:
        title, inner = say("report.gap_entry"), _gap(index.body, gap)
    elif ref is not None:
        title, inner = query_title(ref), _evidence(index, key, ref, label)
    else:
        title, inner = say("report.section_evidence"), f"<p>{rich(say('report.no_reference', id=key))}</p>"
    css = "entry gap" if gap is not None else "entry"
    return (
        f'<article id="{escape(label)}" class="{css}" tabindex="-1"><h3><span class="ev">{escape(label)}</span> '
        f"{rich(title)}</h3>{inner}{_rests(index, key)}</article>"
    )


def _evidence(index: Index, key: str, ref: EvidenceRef, label: str) -> str:
    zone = index.body.time_zone
    charts = "".join(
        figure(index, chart, f"{label}-{place}", f"c{label}-{place}", wide=False)
        for place, chart in enumerate(index.charts.get(key, ()))
    )
    facts = (
        ("asked_window", escape(query_window(ref, zone))),
        ("answered_by", rich(ref.source)),
        ("rows", escape(f"{ref.rows:,}")),
        ("columns", ", ".join(f"<code>{plain(name)}</code>" for name in ref.columns)),
        ("result_hash", f'<code class="hash">{plain(ref.result_hash)}</code>'),
        ("fetched", escape(fetched(ref, zone))),
    )
    listed = "".join(f"<dt>{say(f'report.{name}')}</dt><dd>{value}</dd>" for name, value in facts)
    query = "\n".join(escape(line) for line in query_lines(ref))
    shown = charts or f'<p class="cap">{say("report.no_chart")}</p>'
    if charts and all(key not in chart.evidence_ids for chart in index.charts[key]):
        shown = f'<p class="cap">{say("report.beside_it")}</p>{charts}'
    asked = f"<h4>{say('report.query')}</h4><pre>{query}</pre>"
    return f'<div class="charts">{shown}</div>{asked}<dl class="facts">{listed}</dl>'


def _gap(body: ReportBody, gap: Gap) -> str:
    when = say("report.whole_incident")
    if gap.window is not None:
        dial = Dial.of(body.time_zone, gap.window)
        when = f"{dial.stretch(gap.window.start, gap.window.end)} {dial.zone_name(gap.window.start)}"
    facts = (
        ("column_source", gap.source),
        ("column_window", when),
        ("column_reason", say(f"report.reason_{gap.reason.value}")),
    )
    listed = "".join(f"<dt>{say(f'report.{name}')}</dt><dd>{rich(value)}</dd>" for name, value in facts)
    return f'<p class="hatched">{rich(gap.detail)}</p><dl class="facts">{listed}</dl>'


def _rests(index: Index, key: str) -> str:
    places = index.places.get(key, ())
    if not places:
        return f'<h4>{say("report.rests_here")}</h4><p class="cap">{say("report.nothing_rests")}</p>'
    items = "".join(
        f'<li><a href="#{place.anchor}"><span class="where">{rich(place.section)}</span> '
        f"{shortened(place.text, _PLACE_LENGTH)}</a></li>"
        for place in places[:_MOST_PLACES]
    )
    if len(places) > _MOST_PLACES:
        items += f'<li class="cap">{say("report.more_places", count=len(places) - _MOST_PLACES)}</li>'
    return f'<h4>{say("report.rests_here")}</h4><ul class="places">{items}</ul>'
