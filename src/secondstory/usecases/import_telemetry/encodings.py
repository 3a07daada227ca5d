"""Text in UTF-16 or UTF-32, as tools of Windows write it, to UTF-8, told by the mark at its begin."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

_MARKS = (  # UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK = 1024  # bytes
_WIDE_SHARE = 0.4  # of zero bytes in each second place; text of any alphabet has ASCII signs enough for that


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, or where the first ones are a mark, the same text; what is no text becomes a sign."""
    decoder: codecs.IncrementalDecoder | None = None
    for number, chunk in enumerate(chunks):
        if not number:
            decoder = _decoder(chunk)
        yield chunk if decoder is None else decoder.decode(chunk).encode()
    if decoder is not None and (rest := decoder.decode(b"", final=True)):
        yield rest.encode()


def is_wide(head: bytes) -> bool:
    """True where bytes look like UTF-16 or UTF-32 without a mark."""
    seen = head[:_LOOK]
    zeros = [seen[place::2].count(0) for place in (0, 1)]
    return len(seen) > 1 and max(zeros) > _WIDE_SHARE * len(seen) / 2 and b"\0\0\0\0" not in seen


def _decoder(begin: bytes) -> codecs.IncrementalDecoder | None:
    encoding = next((name for mark, name in _MARKS if begin.startswith(mark)), None)
    return codecs.getincrementaldecoder(encoding)(errors="replace") if encoding else None
