"""Log lines to the time that each begins with, for every common way of writing one.

Whole columns of lines are matched at once, format by format, each only on what the ones before left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.sources.reading.times import NO_TIME, micros_of_texts

_CLOCK = r"\d\d:\d\d:\d\d"
_ISO = rf"\d{{4}}-\d\d-\d\d[T ]{_CLOCK}(?:[.,]\d{{1,9}})?"
_ZONE = r"(?P<zone> ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_REST = r"(?P<rest>.*)$"
_LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBER = {name: f"{number:02}" for number, name in enumerate(_MONTHS, start=1)}


@dataclass(frozen=True)
class Format:
    """One way of beginning a line: groups `stamp` and `rest`, perhaps `zone`, `priority` (syslog), `level`, `app`.

    `whole` keeps the line as it is in the body, where cutting the time out would tear it.
    """

    name: str
    pattern: str
    iso: Callable[[str, str], str]  # (stamp, year of the file's name) -> RFC 3339, perhaps without an offset
    whole: bool = False
    yearless: bool = False


def _as_it_is(stamp: str, _: str) -> str:
    return stamp


def _slashed(stamp: str, _: str) -> str:
    return stamp.replace("/", "-")


def _bsd(stamp: str, year: str) -> str:
    return f"{year}-{_NUMBER.get(stamp[:3], '00')}-{stamp[4:6].replace(' ', '0')}T{stamp[7:]}"


def _glog(stamp: str, year: str) -> str:
    return f"{year}-{stamp[:2]}-{stamp[2:4]}T{stamp[5:]}"


def _access(stamp: str, _: str) -> str:
    return f"{stamp[7:11]}-{_NUMBER.get(stamp[3:6], '00')}-{stamp[:2]}T{stamp[12:20]}{stamp[21:]}"


FORMATS = (
    Format("cri", rf"^(?P<stamp>{_ISO}){_ZONE} (?:stdout|stderr) [FP] {_REST}", _as_it_is),
    Format("iso", rf"^\[?(?P<stamp>{_ISO}){_ZONE}\]?[ \t:|]*{_REST}", _as_it_is),
    Format("slashed", rf"^\[?(?P<stamp>\d{{4}}/\d\d/\d\d {_CLOCK}(?:\.\d{{1,9}})?)\]?[ \t:]*{_REST}", _slashed),
    Format("access", rf"^\S+ \S+ \S+ \[(?P<stamp>\d\d/\w{{3}}/\d{{4}}:{_CLOCK} [+-]\d{{4}})\] {_REST}", _access, True),
    Format("syslog", rf"^<(?P<priority>\d{{1,3}})>1 (?P<stamp>{_ISO}){_ZONE} \S+ (?P<app>\S+) {_REST}", _as_it_is),
    Format(
        "bsd",
        rf"^(?:<(?P<priority>\d{{1,3}})>)?(?P<stamp>[A-Z][a-z]{{2}} [ \d]\d {_CLOCK}(?:\.\d{{1,6}})?) "
        rf"\S+ (?P<app>[\w./-]+)(?:\[\d+\])?: {_REST}",
        _bsd,
        yearless=True,
    ),
    Format("glog", rf"^(?P<level>[IWEFD])(?P<stamp>\d{{4}} {_CLOCK}\.\d{{6}}) +{_REST}", _glog, yearless=True),
    Format("logfmt", rf'^(?:\w+=[^ "]* )?(?:ts|time|timestamp|t)="?(?P<stamp>{_ISO}){_ZONE}"?{_REST}', _as_it_is, True),
    Format("level", rf"^\[?{_LEVEL}\]?[ \t:|-]+\[?(?P<stamp>{_ISO}){_ZONE}\]?{_REST}", _as_it_is, True),
    Format("epoch", rf"^\[?(?P<stamp>\d{{10}}(?:\.\d{{1,9}})?|\d{{13}}|\d{{16}}|\d{{19}})\]?[ \t:]+{_REST}", _as_it_is),
)

BEGINNING = re.compile(
    "|".join(f"(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', form.pattern.removesuffix(_REST))})" for form in FORMATS).encode(),
    re.MULTILINE,
)
"""Any of the formats at the begin of a line of bytes."""


@dataclass(frozen=True, eq=False)
class Stamps:
    """What the lines begin with; arrays have one item a line. Lines without a time have `form` -1."""

    form: npt.NDArray[np.int8]  # place in FORMATS
    time_us: npt.NDArray[np.int64]  # NO_TIME where there is none, or an impossible one
    zoned: npt.NDArray[np.bool_]  # False where the zone was taken to be UTC
    texts: list[str]  # the line, without its time where that stands apart
    priority: dict[int, str]  # line -> syslog priority, glog letter
    app: dict[int, str]  # line -> syslog's name of the program


def stamps_of(lines: list[str], year: str) -> Stamps:
    """The times of `lines`; `year` ("" = unknown) is that of formats without one."""
    count = len(lines)
    column = pa.array(lines, pa.string())
    stamps = Stamps(
        form=np.full(count, -1, np.int8),
        time_us=np.full(count, NO_TIME, np.int64),
        zoned=np.ones(count, np.bool_),
        texts=list(lines),
        priority={},
        app={},
    )
    left = np.arange(count)
    for place, form in enumerate(FORMATS):
        if not left.size:
            break
        found = pc.extract_regex(column.take(pa.array(left)), form.pattern)
        hit = np.asarray(found.is_valid())
        if hit.any():
            _note(stamps, place, left[hit], found.drop_null(), year)
            left = left[~hit]
    return stamps


def _note(stamps: Stamps, place: int, lines: npt.NDArray[np.int64], found: pa.StructArray, year: str) -> None:
    form = FORMATS[place]
    groups = {field.name: found.field(field.name) for field in found.type}
    texts = groups["stamp"].to_pylist()
    if form.iso is not _as_it_is:
        texts = [form.iso(text, year) for text in texts]
    zones = groups["zone"].to_pylist() if "zone" in groups else [""] * len(texts)
    joined = [
        text.replace(",", ".") + zone.strip().replace("UTC", "Z").replace("GMT", "Z")
        for text, zone in zip(texts, zones, strict=True)
    ]
    stamps.form[lines] = place
    stamps.time_us[lines] = micros_of_texts(pa.array(joined, pa.string()))
    if form.name not in ("access", "epoch"):
        stamps.zoned[lines] = np.array([bool(zone) for zone in zones])
    if not form.whole:
        for line, rest in zip(lines.tolist(), groups["rest"].to_pylist(), strict=True):
            stamps.texts[line] = rest
    for name, kept in (("priority", stamps.priority), ("level", stamps.priority), ("app", stamps.app)):
        if name in groups:
            kept.update(zip(lines.tolist(), groups[name].to_pylist(), strict=True))
