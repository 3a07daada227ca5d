"""A file of what was said in a meeting (WebVTT, SRT, plain text) to a Transcript; its begin need not be known.

What a file is called does not matter: SRT is told by its cues also below a `.vtt` ending.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from textwrap import wrap

from secondstory.model.errors import BadInput
from secondstory.model.transcript import Cue, Transcript
from secondstory.ports import Reject
from secondstory.sources.reading.cues import Naming, RawCue, cues_of, starts_a_cue
from secondstory.sources.reading.cutting import DOCUMENT_BYTES
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.spoken_lines import spoken_lines
from secondstory.texts import say

MOST_CUES = 20_000  # one every two seconds for eleven hours; each takes milliseconds to read
LONGEST_CUE = 2000  # characters, about two minutes; captions are cut long before
_HEAD_LINES = 6  # a header and its blank line, a number, the times
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def transcript_of(name: str, data: bytes) -> Transcript:
    """All cues of a file, in its order; one too long to be said in one go is several, of the same speaker.

    Raises BadInput where it holds none or too many, and on what is no text.
    """
    if len(data) > DOCUMENT_BYTES:
        raise BadInput(say("coaching.too_large", path=name, limit_mb=DOCUMENT_BYTES >> 20), say("coaching.cut_it"))
    rejects = Rejects(name)
    lines = _text(name, data, rejects).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    naming = Naming()
    raw = [naming.see(cue) for cue in _raw(lines, rejects)]
    if not raw:
        reasons = " ".join(reject.reason for reject in rejects.found())
        told = say("coaching.no_cue", path=name) if data.strip() else say("coaching.empty", path=name)
        raise BadInput(" ".join((told, reasons)).strip(), say("coaching.formats"))
    if len(raw) > MOST_CUES:
        facts = {"path": name, "count": len(raw), "most": MOST_CUES}
        raise BadInput(say("coaching.too_many", **facts), say("coaching.cut_it"))
    spoken = _spoken(raw, [naming.told(cue) for cue in raw], rejects)
    cues = tuple(
        Cue(number, cue.start_s, cue.end_s, speaker, words) for number, (cue, speaker, words) in enumerate(spoken, 1)
    )
    return Transcript(name, cues, rejects=_counted(rejects.found()))


def _spoken(
    raw: list[RawCue], told: list[tuple[str | None, str]], rejects: Rejects
) -> Iterator[tuple[RawCue, str | None, str]]:
    """All cues but the head of a text in which speakers are named: a title and a date nobody says."""
    in_head = any(speaker is not None for speaker, _ in told)
    for cue, (speaker, words) in zip(raw, told, strict=True):
        in_head = in_head and speaker is None and cue.end_s is None
        if in_head:
            rejects.add("line_unspoken", cue.line)
        else:
            yield cue, speaker, words


def cues_as_said(name: str, lines: Iterable[str]) -> Iterator[Cue | Reject]:
    """Each cue as soon as it is whole, from lines that still come; what could not be read is told where it is met."""
    rejects, naming = Rejects(name), Naming()
    told: dict[str, int] = {}
    for number, raw in enumerate(_raw(lines, rejects), start=1):
        yield from _untold(rejects, told)
        speaker, words = naming.told(naming.see(raw))
        yield Cue(number, raw.start_s, raw.end_s, speaker, words)
    yield from _untold(rejects, told)


def _untold(rejects: Rejects, told: dict[str, int]) -> Iterator[Reject]:
    """What was rejected since it was last asked; `told` counts by reason."""
    for reject in rejects.found():
        if reject.count > told.get(reject.reason, 0):
            yield replace(reject, count=reject.count - told.get(reject.reason, 0))
            told[reject.reason] = reject.count


def _raw(lines: Iterable[str], rejects: Rejects) -> Iterator[RawCue]:
    """The cues of either form; which one it is shows in the first lines."""
    waiting = iter(lines)
    head: list[str] = []
    for line in islice(waiting, _HEAD_LINES):
        head.append(line)
        if line.startswith("WEBVTT") or starts_a_cue(line):
            return parted(cues_of(chain(head, waiting), rejects))
        if line.strip() and not line.strip().isdigit():
            break
    return parted(spoken_lines(chain(head, waiting)))


def parted(cues: Iterable[RawCue]) -> Iterator[RawCue]:
    """Long cues cut between words, their time shared out evenly."""
    for cue in cues:
        if len(cue.words) <= LONGEST_CUE:
            yield cue
            continue
        parts = wrap(cue.words, LONGEST_CUE, break_on_hyphens=False)
        for place, words in enumerate(parts):
            start_s, end_s = _share(cue, place, len(parts))
            first = replace(cue, start_s=start_s, end_s=end_s, words=words)
            yield first if place == 0 else replace(first, voice=None, prefix=None, goes_on=True)


def _share(cue: RawCue, place: int, count: int) -> tuple[float | None, float | None]:
    if cue.start_s is None or cue.end_s is None:
        return cue.start_s, cue.end_s
    step_s = (cue.end_s - cue.start_s) / count
    return cue.start_s + place * step_s, cue.start_s + (place + 1) * step_s


def _text(name: str, data: bytes, rejects: Rejects) -> str:
    """UTF-8 or UTF-16 as the mark says; bytes that are no UTF-8 are taken for Windows' Latin signs, and counted."""
    wide = next((encoding for mark, encoding in _WIDE.items() if data.startswith(mark)), None)
    if wide is not None:
        return data.decode(wide, errors="replace")
    if b"\0" in data[:4096]:
        raise BadInput(say("coaching.no_text", path=name), say("coaching.formats"))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        rejects.add("text_guessed", data.count(b"\n", 0, error.start) + 1)
        return data.decode("cp1252", errors="replace")


def _counted(rejects: tuple[Reject, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((reject.reason, reject.count) for reject in rejects)
