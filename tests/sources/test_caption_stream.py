"""Captions that arrive in pieces: wherever they are cut, the same cues come out."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.transcript import Cue
from secondstory.sources.reading.caption_stream import CaptionStream
from secondstory.sources.reading.meetings import cues_as_said

FILES = sorted((Path(__file__).parents[1] / "recordings" / "transcripts-coach").glob("*.[vt][tx]t"))
TEXTS = [path.read_bytes().decode("utf-8-sig") for path in FILES]


def streamed(pieces: list[str]) -> tuple[Cue, ...]:
    stream = CaptionStream("call")
    cues = [cue for piece in pieces for cue in stream.feed(piece)]
    return (*cues, *stream.end())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_stream_gives_the_cues_that_a_growing_file_gives(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    growing = [one for one in cues_as_said(path.name, text.splitlines()) if isinstance(one, Cue)]
    assert [(one.start_s, one.text) for one in streamed([text])] == [(one.start_s, one.text) for one in growing]


@given(st.sampled_from(TEXTS), st.lists(st.integers(0, 3000), max_size=12))
def test_any_cut_gives_the_same_cues(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert streamed(pieces) == streamed([text])


def test_a_cue_is_told_as_soon_as_it_is_whole() -> None:
    stream = CaptionStream("call")
    assert stream.feed("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>The qu") == ()
    assert stream.feed("eue was full.\n") == ()
    (cue,) = stream.feed("\n")
    assert (cue.speaker, cue.text) == ("Ana", "The queue was full.")


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_a_piece_that_is_passed_over_takes_the_cues_with_it_that_it_touches(cut: int) -> None:
    before = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>One.\n\n"
    middle = "00:03.000 --> 00:04.000\n<v Ana>Two, and on two lines.\nTwo.\n\n"
    after = "00:05.000 --> 00:06.000\n<v Ana>Three.\n\n"
    stream = CaptionStream("call")
    cues = [*stream.feed(before + middle[:cut])]
    stream.pass_over(middle[cut : cut + 5])
    cues += [*stream.feed(middle[cut + 5 :] + after), *stream.end()]
    assert (cues[0].text, cues[-1].text) == ("One.", "Three.")
    assert "Two, and on two lines." not in " ".join(one.text for one in cues)
