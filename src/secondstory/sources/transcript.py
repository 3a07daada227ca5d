"""Transcripts of a meeting (WebVTT, SRT) to chat: who said what, and when.

Cues count from the begin of the recording, so a file must say when that was: in a note, `NOTE started
2026-03-06T10:15:00Z`, or in its name, such as `call-2026-03-06T10-15-00Z.vtt`. (`X-TIMESTAMP-MAP` does not: it points
to a stream's own clock.)
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, OccurrenceKind
from secondstory.model.window import format_time
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cues import Naming, cues_of, parts
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import text_of
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told
from secondstory.texts import say

_SRT = re.compile(rb"\s*\d+[ \t]*\r?\n[ \t]*(?:\d{1,4}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->")
_ISO = r"(\d{4}-\d\d-\d\d)[T_ ](\d\d)[:.-]?(\d\d)(?:[:.-]?(\d\d)(\.\d{1,6})?)?(?:[ ]?(Z|UTC|[+-]\d\d:?\d\d))?"
_STARTED = re.compile(rf"(?i)\bstart(?:ed|s)?(?: at| time)?[:= ]+{_ISO}")
_NAMED = re.compile(_ISO)


def recognise(head: FileHead) -> bool:
    """True for a file that begins as WebVTT, or with the first cue of an SRT file."""
    data = head.head.removeprefix(BOM_UTF8)
    return re.match(rb"WEBVTT(?:[ \t\r\n]|$)", data) is not None or _SRT.match(data) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """What was said, cue by cue; a cue without a readable time is a reject. Raises BadInput where no begin is told."""
    rows = OccurrenceRows(block, mapping)
    lines = text_of(block, rows.rejects).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    began = _began(lines, block.path)
    naming = Naming()
    for cue in [naming.see(cue) for cue in cues_of(lines, rows.rejects)]:
        speaker, words = naming.told(cue)
        told = Told(
            time=format_time(began + timedelta(seconds=cue.start_s or 0)),
            kind=OccurrenceKind.CHAT,
            title=words,
            actor=speaker,
            attributes={"channel": "meeting"},
        )
        rows.add(cue.line, told)
    return rows.parsed()


def _began(lines: list[str], path: str) -> datetime:
    """When the recording began. A time without an offset counts as UTC."""
    header = "\n".join(line for part in parts(lines) if not part.is_cue() for line in part.lines)
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


EXTENSION = SourceExtension(
    name="transcript",
    summary="Transcripts of meetings: WebVTT and SRT, with speakers where the file tells them",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
