"""Transcripts of a meeting (WebVTT, SRT) to chat: who said what, and when.

Cues count from the begin of the recording, so a file must say when that was: in a note, `NOTE started
2026-03-06T10:15:00Z`, or in its name, such as `call-2026-03-06T10-15-00Z.vtt`. (`X-TIMESTAMP-MAP` does not: it points
to a stream's own clock.) A speaker is told by `<v Name>` or by `Name:` at the begin of what is said.
"""

from __future__ import annotations

import html
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, OccurrenceKind
from secondstory.model.window import format_time
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import text_of
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told
from secondstory.texts import say

_CLOCK = r"(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"^[ \t]*{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}(?:[ \t].*)?$")
_SRT = re.compile(rb"\s*\d+[ \t]*\r?\n[ \t]*(?:\d{1,4}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->")
_ISO = r"(\d{4}-\d\d-\d\d)[T_ ](\d\d)[:.-]?(\d\d)(?:[:.-]?(\d\d)(\.\d{1,6})?)?(?:[ ]?(Z|UTC|[+-]\d\d:?\d\d))?"
_STARTED = re.compile(rf"(?i)\bstart(?:ed|s)?(?: at| time)?[:= ]+{_ISO}")
_NAMED = re.compile(_ISO)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|\d[\d:.]*)(?:[ .][^>]*)?>")
_SPEAKER = re.compile(r"^(?:- ?)?([^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3})(?: \([^)]*\))?: +(?=\S)")


def recognise(head: FileHead) -> bool:
    """True for a file that begins as WebVTT, or with the first cue of an SRT file."""
    data = head.head.removeprefix(BOM_UTF8)
    return re.match(rb"WEBVTT(?:[ \t\r\n]|$)", data) is not None or _SRT.match(data) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """What was said, cue by cue; a cue without a readable time is a reject. Raises BadInput where no begin is told."""
    rows = OccurrenceRows(block, mapping)
    text = text_of(block, rows.rejects).replace("\r\n", "\n").replace("\r", "\n")
    began = _began(text, block.path)
    for line, part in _parts(text):
        timing = next((place for place, one in enumerate(part) if "-->" in one), None)
        if timing is None:
            if not _is_header(part, line):
                rows.rejects.add("cue_timeless", line)
            continue
        found = _TIMING.match(part[timing])
        if found is None:
            rows.rejects.add("cue_time", line)
            continue
        for told in _said(part[timing + 1 :], began + _offset(found.groups()[:4])):
            rows.add(line, told)
    return rows.parsed()


def _began(text: str, path: str) -> datetime:
    """When the recording began. A time without an offset counts as UTC."""
    header = "\n".join(line for _, part in _parts(text) if not any("-->" in one for one in part) for line in part)
    for found in (_STARTED.search(header), _NAMED.search(PurePosixPath(path).name)):
        if found is None:
            continue
        day, hour, minute, second, fraction, zone = found.groups()
        offset = "+00:00" if zone in (None, "Z", "UTC") else zone
        try:
            began = datetime.fromisoformat(
                f"{day}T{hour}:{minute}:{second or '00'}{(fraction or '.0')[:7]:0<7}{offset}"
            )
        except ValueError:
            continue
        if 2000 <= began.year < 2100:
            return began.astimezone(UTC)
    raise BadInput(say("sources.transcript_begin", path=path), say("sources.transcript_next"))


def _parts(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, lines) of what blank lines part."""
    part: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            first = first if part else number
            part.append(line)
        elif part:
            yield first, part
            part = []
    if part:
        yield first, part


def _is_header(part: list[str], line: int) -> bool:
    return (line == 1 and part[0].startswith("WEBVTT")) or part[0].split(" ")[0] in ("NOTE", "STYLE", "REGION")


def _offset(clock: tuple[str | None, ...]) -> timedelta:
    hours, minutes, seconds, millis = (int(part or 0) for part in clock)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=millis)


def _said(lines: list[str], time: datetime) -> Iterator[Told]:
    """One entry for each speaker of a cue."""
    pieces = _VOICE.split("\n".join(lines))
    voices = zip((None, *pieces[1::2]), pieces[::2], strict=True)
    for voice, piece in voices:
        words = " ".join(html.unescape(_TAG.sub("", piece)).split())
        named = _SPEAKER.match(words) if voice is None else None
        if named:
            voice, words = named[1], words[named.end() :]
        if words:
            speaker = html.unescape(voice).strip() if voice else None
            yield Told(
                time=format_time(time),
                kind=OccurrenceKind.CHAT,
                title=words,
                actor=speaker or None,
                attributes={"channel": "meeting"},
            )


EXTENSION = SourceExtension(
    name="transcript",
    summary="Transcripts of meetings: WebVTT and SRT, with speakers where the file tells them",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
