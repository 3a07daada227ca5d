"""What must be held at once is bounded, and what is beyond the bound is named."""

from collections.abc import Iterator

import pytest

from secondstory.model.errors import BadInput
from secondstory.sources import otlp_json, otlp_protobuf
from secondstory.sources.reading.cutting import LARGEST_BYTES, cut_lines, cut_whole

CHUNK = b"x" * (1 << 20)


class Endless:
    """Chunks of a file without an end, counted."""

    def __init__(self, begin: bytes) -> None:
        self.begin, self.given = begin, 0

    def __iter__(self) -> Iterator[bytes]:
        yield self.begin
        while True:
            self.given += len(CHUNK)
            yield CHUNK


@pytest.mark.parametrize(
    ("cut", "begin"),
    [
        (cut_lines, b"a line\n"),
        (cut_whole, b"{"),
        (otlp_json.cut, b'{"resourceLogs":'),
        (otlp_protobuf.cut, b"\xff\xff\xff\xff"),
    ],
)
def test_a_file_without_an_end_is_named_before_it_fills_the_memory(cut: object, begin: bytes) -> None:
    assert callable(cut)
    endless = Endless(begin)
    with pytest.raises(BadInput, match=r"huge\.log .*(128|40) MB.* [Ss]plit"):
        list(cut("huge.log", endless))
    assert endless.given <= LARGEST_BYTES + (2 << 20)
