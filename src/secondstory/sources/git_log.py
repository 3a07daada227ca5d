"""The output of `git log` to commits: what changed in the code, with the request and the reviewers that messages name.

`git log --format=fuller --date=iso-strict > payment.gitlog` tells most: the time when a commit reached its branch, not
only when it was written. The plain format, and git's usual dates, are read too. The file's name tells the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from secondstory.model.telemetry import Mapping, OccurrenceKind
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.change_records import ChangeRecord
from secondstory.sources.reading.cutting import cut_records
from secondstory.sources.reading.documents import text_of
from secondstory.sources.reading.line_facts import named_in_path
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told

_BEGIN = re.compile(r"^commit (?P<hash>[0-9a-f]{7,64})(?: [0-9a-f ]+)?(?: \((?P<names>[^)]*)\))?[ \r]*$", re.MULTILINE)
_BEGIN_BYTES = re.compile(rb"^commit [0-9a-f]{7,64}\b", re.MULTILINE)
_HEADER = re.compile(r"^(Author|Commit|AuthorDate|CommitDate|Date|Merge): +(.*?)[ \r]*$", re.MULTILINE)
_LINE = re.compile(r"^    (.*?)[ \r]*$", re.MULTILINE)
_TAG = re.compile(r"tag: ([^,)]+)")
_REQUESTS = (
    re.compile(r"^Merge pull request (#\d+)"),
    re.compile(r"\((#\d+)\)$", re.MULTILINE),
    re.compile(r"^See merge request \S*?(!\d+)$", re.MULTILINE),
)
_REVIEWED_ON = re.compile(r"^Reviewed-on: (https?://\S+)$", re.MULTILINE)
_REVIEWED_BY = re.compile(r"^(?:Reviewed|Approved)-by: ([^<\n]+)", re.MULTILINE)
_OWN = ("git", "gitlog", "git-log", "commits", "history")  # names of files that tell no service


def recognise(head: FileHead) -> bool:
    """True where the first line names a commit, and an author follows."""
    text = head.start
    return _BEGIN_BYTES.match(text) is not None and b"\nAuthor: " in text.replace(b"\r\n", b"\n")


def cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks of whole commits."""
    return cut_records(path, chunks, _find_end)


def _find_end(data: bytes, least: int) -> int:
    place = data.find(b"\n", max(least - 1, 0))
    found = _BEGIN_BYTES.search(data, place + 1) if place >= 0 else None
    # A line at the end of what is there may go on in the next chunk.
    return found.start() if found and found.end() < len(data) else -1


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All commits of the block; text before the first one is a reject."""
    rows = OccurrenceRows(block, mapping)
    text = text_of(block, rows.rejects)
    begins = list(_BEGIN.finditer(text))
    before = text[: begins[0].start()] if begins else text
    if before.strip():
        rows.rejects.add("commit_missing", block.first_line)
    named = named_in_path(block.path.removesuffix(".gitlog"))
    service = "" if named.lower() in _OWN else named
    line, counted = block.first_line, 0
    ends = [*(begin.start() for begin in begins), len(text)][1:]
    for begin, end in zip(begins, ends if begins else (), strict=True):
        line += text.count("\n", counted, begin.start())
        counted = begin.start()
        rows.add(line, _commit(begin, text[begin.end() : end], service))
    return rows.parsed()


def _commit(begin: re.Match[str], record: str, service: str) -> Told:
    headers, _, rest = record.replace("\r\n", "\n").lstrip("\n").partition("\n\n")
    told = dict(_HEADER.findall(headers))
    message = "\n".join(_LINE.findall(rest)).strip()
    subject, _, body = message.partition("\n")
    reviewers = tuple(dict.fromkeys(name.strip() for name in _REVIEWED_BY.findall(message)))
    url = _REVIEWED_ON.search(message)
    change = ChangeRecord(
        request=next((found[1] for pattern in _REQUESTS if (found := pattern.search(message))), None),
        url=url[1] if url else None,
        commit=begin["hash"],
        reviewers=reviewers or None,  # without such a line, nobody knows
    )
    tag = _TAG.search(begin["names"] or "")
    return Told(
        time=_time(told.get("CommitDate") or told.get("Date") or told.get("AuthorDate", "")),
        kind=OccurrenceKind.CODE,
        title=subject or begin["hash"][:8],
        service=service,
        version=tag[1].strip() if tag else None,
        body=body.strip(),
        actor=told.get("Author", "").partition("<")[0].strip() or None,
        url=change.url,
        attributes=change.attributes(),
        people=reviewers,
    )


def _time(written: str) -> str:
    """Git's own dates, `Fri Mar 6 10:58:40 2026 +0100` and `2026-03-06 10:58:40 +0100`, as RFC 3339."""
    try:
        if written[:1].isalpha():
            return datetime.strptime(written, "%a %b %d %H:%M:%S %Y %z").isoformat()
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S %z").isoformat()
    except ValueError:
        return written


EXTENSION = SourceExtension(
    name="git_log",
    summary="The output of `git log --format=fuller --date=iso-strict`, or of plain `git log`",
    recognise=recognise,
    cut=cut,
    parse=parse,
    tells_people=True,
)
