"""What every source keeps to, run over its recordings in `tests/recordings/<name>/`."""

import itertools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory import sources
from secondstory.model.errors import BadInput
from secondstory.model.telemetry import SCHEMAS, Mapping
from secondstory.ports import FileHead, Parsed, SourceExtension
from secondstory.registry import extensions

SOURCES = extensions(sources, SourceExtension)
RECORDINGS = Path(__file__).parents[1] / "recordings"
PROGRAMS = (".md", ".py", ".js")
HEAD_BYTES = 4096
BLOCK_BYTES = 32 * 1024 * 1024
JSON_COLUMNS = ("resource", "attributes", "events", "links")


def recordings(source: SourceExtension) -> list[Path]:
    files = sorted((RECORDINGS / source.name).glob("*"))
    return [path for path in files if path.is_file() and path.suffix not in PROGRAMS]


CASES = [
    pytest.param(source, path, id=f"{source.name}-{path.name}") for source in SOURCES for path in recordings(source)
]
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
each_recording = pytest.mark.parametrize(("source", "path"), CASES)


def parse_all(source: SourceExtension, path: Path, data: bytes) -> list[Parsed]:
    """Cut and parse as the import does; an unusable block tells nothing."""
    parsed = []
    for block in source.cut(str(path), [data]):
        try:
            parsed.append(source.parse(block, Mapping()))
        except BadInput as problem:
            assert str(path) in str(problem), "an error about a file names it"
    return parsed


def pieces(data: bytes, sizes: Iterator[int]) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        size = next(sizes)
        yield data[start : start + size]
        start += size


@each_source
def test_has_recordings_and_says_where_they_come_from(source: SourceExtension) -> None:
    paths = recordings(source)
    assert paths, f"put a sample into tests/recordings/{source.name}/"
    readme = (RECORDINGS / source.name / "README.md").read_text(encoding="utf-8")
    for path in paths:
        assert path.name in readme, f"README.md must say who produced {path.name}"


@each_recording
def test_recognises_its_recordings_and_no_other_source_does(source: SourceExtension, path: Path) -> None:
    head = FileHead(str(path), path.read_bytes()[:HEAD_BYTES])
    assert [other.name for other in SOURCES if other.recognise(head)] == [source.name]


@each_source
def test_does_not_take_documentation_programs_or_truth_for_data(source: SourceExtension) -> None:
    for name, head in (
        ("README.md", b"# Title\n\nSome 2026-01-02 text.\n"),
        ("truth.json", b'[{"id": "x-1", "service": "orders"}]'),
        ("notes.yaml", b"time: never\n"),
        ("program.py", b'"""A program."""\n\nimport time\n'),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("empty.log", b""),
    ):
        assert not source.recognise(FileHead(name, head)), name


@each_recording
def test_tells_something_the_same_each_time(source: SourceExtension, path: Path) -> None:
    first, second = (parse_all(source, path, path.read_bytes()) for _ in range(2))
    assert first == second
    assert any(parsed.tables or parsed.facts for parsed in first)


@each_recording
def test_rows_follow_the_schemas(source: SourceExtension, path: Path) -> None:
    tables = [table for parsed in parse_all(source, path, path.read_bytes()) for table in parsed.tables]
    for name, table in tables:
        assert table.schema.equals(SCHEMAS[name], check_metadata=False)
        for field in table.schema:
            assert field.nullable or table.column(field.name).null_count == 0, field.name
        for time in table.column("time").to_pylist():
            assert datetime(2000, 1, 1, tzinfo=UTC) <= time < datetime(2100, 1, 1, tzinfo=UTC)
        for column in set(JSON_COLUMNS) & set(table.column_names):
            for text in set(table.column(column).to_pylist()):
                assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@each_source
def test_an_empty_file_has_no_blocks(source: SourceExtension) -> None:
    assert list(source.cut("empty", [])) == list(source.cut("empty", [b"", b""])) == []


@each_recording
def test_survives_a_file_that_ends_anywhere(source: SourceExtension, path: Path) -> None:
    data = path.read_bytes()
    for end in range(0, len(data), max(1, len(data) // 80)):
        check_rejects(parse_all(source, path, data[:end]), path)


@each_recording
def test_survives_damaged_bytes(source: SourceExtension, path: Path) -> None:
    chance = random.Random(path.name)
    data = path.read_bytes()
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.choice(
                (0, 0xFF, ord('"'), ord("\n"), chance.randrange(256))
            )
        check_rejects(parse_all(source, path, bytes(damaged)), path)


@each_recording
def test_survives_windows_line_ends_and_a_byte_order_mark(source: SourceExtension, path: Path) -> None:
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    check_rejects(parse_all(source, path, data), path)


def check_rejects(parsed: list[Parsed], path: Path) -> None:
    for reject in itertools.chain.from_iterable(each.rejects for each in parsed):
        assert reject.path == str(path)
        assert reject.line >= 1
        assert reject.count >= 1
        assert reject.reason.endswith((".", ".'"))


@each_recording
@given(sizes=st.lists(st.integers(min_value=1, max_value=97), min_size=1, max_size=6))
def test_blocks_depend_on_content_only_and_lose_no_byte(source: SourceExtension, path: Path, sizes: list[int]) -> None:
    check_blocks(source, path, path.read_bytes(), sizes)


@each_source
def test_long_files_become_the_same_blocks_however_they_are_read(source: SourceExtension) -> None:
    path = max(recordings(source), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    check_blocks(source, path, data * (BLOCK_BYTES // len(data) + 1), [1_000_003, 77_777, 5_000_000])


def check_blocks(source: SourceExtension, path: Path, content: bytes, sizes: list[int]) -> None:
    blocks = list(source.cut(str(path), [content]))
    assert b"".join(block.data for block in blocks) == content
    assert list(source.cut(str(path), pieces(content, itertools.cycle(sizes)))) == blocks
    assert {block.path for block in blocks} == {str(path)}
    places = [block.first_line for block in blocks]
    assert places[0] == 1
    assert places == sorted(set(places))
