"""Canonical JSON: the same value gives the same bytes everywhere, and comes back as it was."""

import math
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.codec import canonical_json, content_hash, decode, encode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.document import Document, make_document
from secondstory.model.errors import BadInput
from secondstory.model.gap import Gap, GapReason
from secondstory.model.impact import Figure
from secondstory.model.query import LogPatternQuery, MetricSignalQuery, Query, TraceQuery
from secondstory.model.report import Bullets, Chart, Claim, ClaimKind, Paragraph, Point, Section
from secondstory.model.system import Objective
from secondstory.model.window import Window

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
WINDOW = Window(NOON, NOON + timedelta(hours=1))
QUERIES = (
    TraceQuery(("r",), WINDOW, ("0af7651916cd43dd8448eb211c80319c",)),
    MetricSignalQuery(("r", "s"), (WINDOW,), 15, by_version=True),
    LogPatternQuery(("r",), WINDOW, (Window(NOON - timedelta(hours=1), NOON),)),
)
CHART = Chart("k", "t", "s", "", "", 1.0, (Point(0.0, None), Point(1.0, 2.5)), None, 1.0, None, (), ("ev-1",))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_every_query_comes_back_as_the_member_it_was(query: Query) -> None:
    assert decode(encode(query, Query), Query) == query


def test_blocks_of_a_report_come_back_as_the_kind_they_were() -> None:
    claim = Claim("It was slow.", ClaimKind.FACT, ("ev-1",))
    section = Section("impact", "Impact", (Paragraph((claim,)), Bullets((claim,)), CHART))
    assert decode(encode(section, Section), Section) == section


def test_times_are_utc_with_microseconds_and_spans_are_exact() -> None:
    objective = Objective("o", "gateway", 0.999, timedelta(days=28, microseconds=1), "availability", None)
    assert decode(encode(objective, Objective), Objective) == objective
    assert b'"2026-03-29T12:00:00.000000Z"' in canonical_json(WINDOW)


def test_a_time_with_another_offset_is_the_same_instant() -> None:
    text = b'{"start":"2026-03-29T14:00:00+02:00","end":"2026-03-29T13:00:00Z"}'
    assert decode(text, Window) == WINDOW


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_cannot_say_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="NaN or infinity"):
        canonical_json(Point(number, 1.0))


def test_an_unknown_field_is_refused_rather_than_lost() -> None:
    with pytest.raises(BadInput, match="zone"):
        decode(b'{"start":"2026-03-29T12:00:00Z","end":"2026-03-29T13:00:00Z","zone":"UTC"}', Window)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(), st.text())
def test_a_document_keeps_every_number_and_text(number: float, text: str, other: str) -> None:
    figure = Figure("k", number, number, number, text, None, other, ("ev-1",))
    document = make_document("impact", figure, inputs=(("b", "2"), ("a", "1")), code_version="1")
    assert decode(encode(document, Document[Figure]), Document[Figure]).body == figure


def test_a_changed_input_changes_the_hash_of_the_document() -> None:
    gap = Gap("gap/x", "logs", WINDOW, GapReason.NO_DATA, "Nothing.")
    first = make_document("evidence", gap, inputs=(("case", "1"),), code_version="1")
    assert first.hash == make_document("evidence", gap, inputs=(("case", "1"),), code_version="1").hash
    assert first.hash != make_document("evidence", gap, inputs=(("case", "2"),), code_version="1").hash
    assert first.hash != make_document("evidence", gap, inputs=(("case", "1"),), code_version="2").hash


def test_hashes_do_not_depend_on_the_process(tmp_path: object) -> None:
    decision = Decision("d", "i", "event/a", DecisionVerb.REWORD, "text", "why", "owner", NOON)
    program = (
        "from datetime import UTC, datetime\n"
        "from secondstory.model.codec import content_hash\n"
        "from secondstory.model.decision import Decision, DecisionVerb\n"
        "noon = datetime(2026, 3, 29, 12, tzinfo=UTC)\n"
        "print(content_hash(Decision('d', 'i', 'event/a', DecisionVerb.REWORD, 'text', 'why', 'owner', noon)))"
    )
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Chatham")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        printed = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert printed.stdout.strip() == content_hash(decision)
