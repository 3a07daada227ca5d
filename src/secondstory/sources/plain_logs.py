"""Plain text logs to log rows: each record begins with a time; lines without one, stack traces above all, belong to it.

A trace that nobody's record explains becomes a row of its own with the time of the row before, and says so in the
attribute `time_from`. Times without an offset count as UTC, which the resource says as `time_zone`.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading import cutting
from secondstory.sources.reading.line_facts import LineFacts, line_facts, named_in_path
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_columns
from secondstory.sources.reading.severity import BY_WORD, severity_number
from secondstory.sources.reading.stamps import BEGINNING, FORMATS, Stamps, stamps_of
from secondstory.sources.reading.times import NO_TIME, Micros
from secondstory.sources.reading.traces import begins, goes_on, is_crash

_SUFFIXES = (".log", ".out", ".err")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=[-_.]?(?:0[1-9]|1[0-2])?(?:[-_.]?[0-3]\d)?(?!\d))")
_ERROR = BY_WORD["error"]
_ZONE = ('{"time_zone":"assumed UTC"}', "{}")
_TIME_FROM = ("{}", '{"time_from":"previous line"}', '{"time_from":"next line"}')
_CRI = next(place for place, form in enumerate(FORMATS) if form.name == "cri")


def recognise(head: FileHead) -> bool:
    """True where the first line begins with a time or is a runtime's trace, and for text named like a log."""
    text = head.head.removeprefix(BOM_UTF8).replace(b"\0", b"").lstrip()
    if not text or ((text[:1] in b"{<[" or b"\0" in head.head) and not BEGINNING.match(text)):
        return False
    first = text.split(b"\n", 1)[0].decode(errors="replace")
    named = PurePosixPath(head.path.removesuffix(".gz")).suffix in _SUFFIXES
    return named or BEGINNING.match(text) is not None or is_crash(first)


def find_end(data: bytes, least: int) -> int:
    """The first line at or after `least` that begins with a time; without one in a whole block's length, any line."""
    place = max(least - 1, 0)
    while 0 <= (place := data.find(b"\n", place)) < least + cutting.BLOCK_BYTES:
        place += 1
        end = data.find(b"\n", place)
        if end < 0:
            return -1  # the line that decides is not all there yet
        if _begins(data[place:end]):
            return place
    return place + 1 if place >= 0 else -1


def _begins(line: bytes) -> bool:
    if not BEGINNING.match(line):
        return False
    # A container's runtime puts a time before every line, those inside a trace too.
    inside = re.match(rb"\S+ (?:stdout|stderr) [FP] (.*)", line)
    return inside is None or not goes_on(inside[1].decode(errors="replace"))


def cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks that begin with a line that carries a time, so that no record is torn and none lacks a time before it."""
    return cutting.cut_records(path, chunks, find_end)


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All records of the block."""
    rejects = Rejects(block.path)
    lines = _lines(block, rejects)
    if not lines:
        return Parsed(rejects=rejects.found())
    years = _YEAR.findall(block.path)
    stamps = stamps_of(lines, years[-1] if years else "")
    fallback = named_in_path(block.path)
    records = _records(stamps, line_facts(pa.array(stamps.texts, pa.string()), mapping, _apps(stamps), fallback))
    return _rows(records, block, rejects)


def _lines(block: Block, rejects: Rejects) -> list[str]:
    data = block.data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    if (zero := data.find(b"\0")) >= 0:  # a crash or a rotation while the program wrote on leaves runs of them
        count = sum(b"\0" in line for line in data.split(b"\n"))
        rejects.add("zero_bytes", block.first_line + data.count(b"\n", 0, zero), count)
        data = data.replace(b"\0", b"")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        count = sum(_is_broken(line) for line in data.split(b"\n"))
        rejects.add("text_replaced", block.first_line + data.count(b"\n", 0, error.start), count)
        text = data.decode(errors="replace")
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _is_broken(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return True
    return False


def _apps(stamps: Stamps) -> pa.Array:
    apps = [None] * len(stamps.texts) if not stamps.app else [stamps.app.get(i) for i in range(len(stamps.texts))]
    return pa.array([None if app == "-" else app for app in apps], pa.string())


@dataclass(frozen=True, eq=False)
class _Records:
    """Where the records begin, as places in the list of lines, and what is known of every line."""

    starts: npt.NDArray[np.int64]
    stamps: Stamps
    facts: LineFacts


def _records(stamps: Stamps, facts: LineFacts) -> _Records:
    for line, mark in stamps.priority.items():
        facts.severity[line] = severity_number(str(int(mark) % 8) if mark.isdecimal() else mark)
    begin = stamps.form >= 0
    for line in np.flatnonzero(stamps.form == _CRI).tolist():
        begin[line] = not goes_on(stamps.texts[line])
    begin[0] = True
    last = np.maximum.accumulate(np.where(begin, np.arange(begin.size), 0))
    _find_own(stamps, facts, begin, last)
    return _Records(np.flatnonzero(begin), stamps, facts)


def _find_own(stamps: Stamps, facts: LineFacts, begin: npt.NDArray[np.bool_], last: npt.NDArray[np.int64]) -> None:
    """Mark the lines that begin a record without a time of their own."""
    head, severity, in_trace, before = -1, 0, False, ""
    for line in np.flatnonzero(~begin).tolist():
        text = stamps.texts[line]
        if last[line] != head:
            head = int(last[line])
            severity, before = int(facts.severity[head]), stamps.texts[head]
            in_trace = is_crash(before)
        if begins(text, before, in_trace, severity):
            begin[line] = True
            if is_crash(text):
                facts.severity[line] = max(int(facts.severity[line]), _ERROR)
            severity, in_trace = int(facts.severity[line]), is_crash(text)
        elif is_crash(text):
            in_trace = True
        before = text if text.strip() else before


def _rows(records: _Records, block: Block, rejects: Rejects) -> Parsed:
    starts, stamps, facts = records.starts, records.stamps, records.facts
    bodies = _bodies(starts, stamps.texts)
    own = stamps.form[starts] < 0
    times, time_from, source = _times(stamps.time_us[starts], own)
    blank = own & np.array([not body.strip() for body in bodies])
    for place in np.flatnonzero((times == NO_TIME) & ~blank).tolist():
        line = int(starts[place])
        form = FORMATS[stamps.form[line]]
        yearless = form.yearless and not _YEAR.search(block.path)
        key = "time_missing" if own[place] else "year_missing" if yearless else "time_unreadable"
        rejects.add(key, block.first_line + line)
    sound = (times != NO_TIME) & ~blank
    kept = starts[sound]
    teller = pa.array(starts[source[sound]])  # a trace without a time comes from the program that wrote the row before
    columns = {
        "time": pa.array(times[sound]),
        "service": facts.service.take(teller),
        "resource": pa.array(_ZONE).take(pa.array(stamps.zoned[teller].astype(np.int8))),
        "severity_number": pa.array(facts.severity[kept]),
        "body": pa.array(bodies, pa.string()).filter(pa.array(sound)),
        "trace_id": facts.trace_id.take(pa.array(kept)),
        "span_id": facts.span_id.take(pa.array(kept)),
        "attributes": pa.array(_TIME_FROM).take(pa.array(time_from[sound])),
    }
    return Parsed(tables=table_of_columns(TableName.LOGS, columns, int(sound.sum())), rejects=rejects.found())


def _bodies(starts: npt.NDArray[np.int64], texts: list[str]) -> list[str]:
    """The text of each record: its line, and the lines up to the next record where there are any."""
    ends = np.append(starts[1:], len(texts))
    bodies = [texts[start] for start in starts.tolist()]
    for place in np.flatnonzero(ends - starts > 1).tolist():
        bodies[place] = "\n".join(texts[starts[place] : ends[place]]).rstrip()
    return bodies


def _times(times: Micros, own: npt.NDArray[np.bool_]) -> tuple[Micros, npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """Times with those of timeless records filled in, where each is from (in `_TIME_FROM`), and of which record."""
    places = np.arange(times.size)
    known = times != NO_TIME
    before = np.maximum.accumulate(np.where(known, places, -1))
    after = int(np.argmax(known)) if known.any() else 0
    source = np.where(own, np.where(before >= 0, before, after), places)
    return times[source], np.where(own, np.where(before >= 0, 1, 2), 0).astype(np.int8), source


EXTENSION = SourceExtension(
    name="plain_logs",
    summary="Plain text logs; stack traces of Go, Rust, Java and Python become one row",
    recognise=recognise,
    cut=cut,
    parse=parse,
)
