"""What must hold of any bytes that a source is given; shared by the fuzzer and the tests."""

from __future__ import annotations

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, in_schema
from secondstory.ports import FileHead, SourceExtension

HEAD_BYTES = 4096
PATH = "incident-7/2026-03-06T10-15-00Z.json"


def broken_by(source: SourceExtension, data: bytes) -> str:
    """How `data` breaks a promise of the source, "" where it does not. Anything but BadInput is raised as it came."""
    source.recognise(FileHead(PATH, data[:HEAD_BYTES]))
    blocks = list(source.cut(PATH, [data]))
    if b"".join(block.data for block in blocks) != data:
        return "a block was lost or changed"
    for block in blocks:
        try:
            parsed = source.parse(block, Mapping())
        except BadInput as problem:
            if PATH not in str(problem):
                return f"an error names no file: {problem}"
            continue
        for name, table in parsed.tables:
            in_schema(name, table).validate(full=True)
            if not table.num_rows:
                return "an empty table"
        for reject in parsed.rejects:
            if reject.line < 1 or reject.count < 1 or reject.path != PATH or not reject.reason:
                return f"a reject without a place or reason: {reject}"
    return ""
