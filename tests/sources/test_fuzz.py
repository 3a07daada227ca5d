"""Any bytes, any JSON and any damage: nothing but BadInput leaves a parser, and no record is lost in silence."""

import itertools
import json
import string
from pathlib import Path

import pytest
from bench.fuzz.promise import broken_by
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondstory import sources
from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, SourceExtension
from secondstory.registry import extensions
from secondstory.sources import git_log, github, gitlab, pagerduty, slack, statuspage, transcript

ROOT = Path(__file__).parents[2]
SOURCES = extensions(sources, SourceExtension)
CORPUS = sorted(path for path in (ROOT / "bench" / "fuzz" / "corpus").glob("*/*") if path.is_file())
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
patient = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

TIME = "2026-03-06T10:02:30Z"
NASTY = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just([]), st.just({}), st.just([[{}]])
)
JSON = st.recursive(
    NASTY,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner)),
    max_leaves=8,
)

GOOD = {
    github: {"number": 1, "merged_at": TIME, "title": "x", "html_url": "https://github.com/shop/payment/pull/1"},
    gitlab: {"iid": 1, "merged_at": TIME, "state": "merged", "title": "x", "web_url": "", "target_branch": "main"},
    pagerduty: {"type": "trigger_log_entry", "created_at": TIME, "summary": "x", "agent": {}, "channel": {}},
    slack: {"type": "message", "ts": "1772791400.000300", "text": "x", "user": "U1", "attachments": [], "edited": {}},
    statuspage: {"name": "x", "status": "resolved", "created_at": TIME, "incident_updates": [], "components": []},
}
HOLD_RECORDS = ("incident_updates", "attachments")
each_json = pytest.mark.parametrize("module", GOOD, ids=lambda module: module.__name__.rpartition(".")[2])


def samples(source: SourceExtension) -> list[bytes]:
    folder = ROOT / "tests" / "recordings" / source.name
    return [path.read_bytes()[:20_000] for path in sorted(folder.glob("*")) if path.is_file()]


@each_source
@patient
@given(data=st.binary(max_size=400))
def test_any_bytes_keep_the_promises(source: SourceExtension, data: bytes) -> None:
    assert broken_by(source, data) == ""


@each_source
@patient
@given(data=st.data())
def test_a_sample_cut_and_joined_anyhow_keeps_the_promises(source: SourceExtension, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(samples(source)))
    places = sorted(data.draw(st.lists(st.integers(0, len(sample)), min_size=2, max_size=6)))
    pieces = [sample[start:end] for start, end in itertools.pairwise((0, *places))]
    glue = data.draw(st.sampled_from((b"", b"\n", b"\0", b'"', b"}", b"[", b"\xff", b"NaN", b"-1", b"9" * 400)))
    assert broken_by(source, glue.join(data.draw(st.permutations(pieces)))) == ""


@each_source
@patient
@given(document=JSON)
def test_any_json_keeps_the_promises(source: SourceExtension, document: object) -> None:
    assert broken_by(source, json.dumps(document).encode(errors="replace")) == ""


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.name[:16]}")
def test_what_once_broke_a_parser_keeps_the_promises(path: Path) -> None:
    (source,) = [source for source in SOURCES if source.name == path.parent.name]
    assert broken_by(source, path.read_bytes()) == ""


def kept_and_rejected(module, data: bytes) -> tuple[int, int]:
    path = "incident-7/2026-03-06T10-15-00Z.json"
    try:
        parsed = module.EXTENSION.parse(Block(path, 1, data), Mapping())
    except BadInput:
        return 0, 0
    kept = sum(table.num_rows for _, table in parsed.tables)
    told = [reject for reject in parsed.rejects if "no UTF-8" not in reject.reason]
    return kept, sum(reject.count for reject in told)


@each_json
@patient
@given(data=st.data())
def test_a_record_with_any_field_changed_is_kept_or_a_reject_and_costs_no_other(module, data: st.DataObject) -> None:
    good = GOOD[module]
    field = data.draw(st.sampled_from(sorted(good)))
    changed = good | {field: data.draw(JSON)}
    kept, rejected = kept_and_rejected(module, json.dumps([good, changed, good], default=str).encode())
    # A record may tell nothing by what it says itself: a pull request that was not merged, somebody joining a channel.
    assert kept >= 2
    if field in HOLD_RECORDS:  # each of them is kept or a reject by itself
        return
    assert kept + rejected <= 3
    if field not in ("merged_at", "subtype", "status"):
        assert kept + rejected == 3


@each_json
@patient
@given(flaws=st.lists(st.sampled_from(("", "{", '{"a":', "7", '"x"', "[1]", "{}}")), max_size=6))
def test_damaged_lines_are_counted_and_good_ones_kept(module, flaws: list[str]) -> None:
    good = json.dumps(GOOD[module])
    lines = [good, *itertools.chain.from_iterable((flaw, good) for flaw in flaws)]
    kept, rejected = kept_and_rejected(module, "\n".join(lines).encode())
    assert kept == len(flaws) + 1
    assert rejected >= sum(flaw not in ("",) for flaw in flaws[:1])


@patient
@given(messages=st.lists(st.text(alphabet=string.printable, max_size=60), min_size=1, max_size=6))
def test_every_commit_is_kept_whatever_its_message_says(messages: list[str]) -> None:
    log = "".join(
        f"commit {number:040x}\nAuthor: A B <a@example.com>\nDate:   {TIME}\n\n"
        + "".join(f"    {line}\n" for line in message.splitlines())
        + "\n"
        for number, message in enumerate(messages)
    )
    assert kept_and_rejected(git_log, log.encode()) == (len(messages), 0)


@patient
@given(texts=st.lists(st.text(alphabet=string.ascii_letters + " <>&/:.'-", max_size=40), min_size=1, max_size=6))
def test_every_cue_that_says_something_is_kept(texts: list[str]) -> None:
    spoken = [f"a{text}" for text in texts]
    cues = "".join(f"00:{number:02}.000 --> 00:{number:02}.500\n{text}\n\n" for number, text in enumerate(spoken))
    kept, rejected = kept_and_rejected(transcript, f"WEBVTT\n\n{cues}".encode())
    assert (kept >= len(spoken), rejected) == (True, 0)
