"""What was said in a meeting, in every form that tools write it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.errors import BadInput
from secondstory.model.transcript import Cue
from secondstory.ports import Reject
from secondstory.sources.reading.following import lines_while_growing
from secondstory.sources.reading.meetings import LONGEST_CUE, MOST_CUES, cues_as_said, transcript_of
from secondstory.sources.reading.roles import roles_given, roles_in

SAMPLES = Path(__file__).parents[1] / "recordings" / "transcripts-coach"
ASKED, ANSWERED = "Can everybody see the timeline?", "Yes. The page came at 9:14."


@pytest.mark.parametrize(
    ("name", "second", "starts_s"),
    [
        ("zoom.vtt", "Jonas Okoro", (1.23, 4.9)),
        ("teams.vtt", "Okoro, Jonas (Platform)", (0.0, 6.09)),
        ("teams-new.vtt", "Jonas Okoro", (1.0, 4.9)),
        ("meet.txt", "Jonas Okoro", (None, None)),
        ("captions.txt", "Jonas Okoro", (36202.0, 36205.0)),
    ],
)
def test_each_tool_tells_who_said_what_and_when(name: str, second: str, starts_s: tuple[float | None, ...]) -> None:
    first, answer, *_ = transcript_of(name, (SAMPLES / name).read_bytes()).cues
    assert [(cue.speaker, cue.text) for cue in (first, answer)] == [("Ana Lind", ASKED), (second, ANSWERED)]
    assert (first.start_s, answer.start_s) == starts_s


def test_subrip_without_names_is_read_below_any_ending_and_a_colon_makes_no_name() -> None:
    cues = transcript_of("unnamed.vtt", (SAMPLES / "unnamed.vtt").read_bytes()).cues
    assert {cue.speaker for cue in cues} == {None}
    assert cues[1].text == "Decision: we keep the old page."


def test_what_stands_above_the_first_speaker_is_counted_and_no_speech() -> None:
    found = transcript_of("meet.txt", (SAMPLES / "meet.txt").read_bytes())
    assert found.cues[-1].text == "Thank you all."
    assert [count for _, count in found.rejects] == [2]


def test_a_wrapped_line_goes_on_and_a_sentence_that_ends_in_a_time_is_no_heading() -> None:
    text = b"Ana Lind: The page came at\nabout 9:14\nThe page came at 9:14\n\nJonas: Yes.\n"
    assert [cue.speaker for cue in transcript_of("notes.txt", text).cues] == ["Ana Lind"] * 3 + ["Jonas"]


def test_times_before_a_speaker_are_read() -> None:
    first, second = transcript_of("notes.txt", b"[00:12] Ana Lind: Hello.\nJonas (1:02:03): Hello.\n").cues
    assert (first.speaker, first.start_s) == ("Ana Lind", 12.0)
    assert (second.speaker, second.start_s) == ("Jonas", 3723.0)


def test_cues_without_a_blank_line_between_are_parted() -> None:
    text = b"0:0:1.0 --> 0:0:2.0\nHello there\n2\n0:0:3.0 --> 0:0:4.0\nHello\n"
    assert [cue.text for cue in transcript_of("call.vtt", text).cues] == ["Hello there", "Hello"]


def test_a_cue_too_long_to_be_said_in_one_go_is_several_of_the_same_speaker() -> None:
    words = "We looked at the pool. " * 400
    cues = transcript_of("call.vtt", f"00:10.000 --> 05:10.000\n<v Ana Lind>{words}\n".encode()).cues
    assert " ".join(cue.text for cue in cues) == words.strip()
    assert {cue.speaker for cue in cues} == {"Ana Lind"} and max(len(cue.text) for cue in cues) <= LONGEST_CUE
    assert (cues[0].start_s, cues[-1].end_s) == (10.0, 310.0)
    assert all(one.end_s == after.start_s for one, after in pairwise(cues))


def test_bad_cues_are_counted_and_the_good_ones_kept() -> None:
    text = b"WEBVTT\n\n00:01.000 --> soon\nlost\n\n99 --> 98\nlost\n\n00:03.000 --> 00:04.000\nAna: kept\n\nno time\n"
    found = transcript_of("call.vtt", text)
    assert [cue.text for cue in found.cues] == ["kept"]
    assert sorted(count for _, count in found.rejects) == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nZoë: déjà vu\r\n".encode(encoding)
    (cue,) = transcript_of("call.vtt", text).cues
    assert (cue.speaker, cue.text) == ("Zoë", "déjà vu")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"WEBVTT\n\n", "nothing that somebody says"),
        (b"WEBVTT\n\n00:01.000 --> late\nlost\n", "times of the cue"),
        (b"PK\x03\x04\0\0\0\0", "is no text"),
        (b"a" * (40 * 1024 * 1024 + 1), "larger than 40 MB"),
        (b"so\n" * (MOST_CUES + 1), "more than the 20,000"),
    ],
)
def test_what_holds_no_transcript_says_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told) as refused:
        transcript_of("call.vtt", data)
    assert refused.value.next_step


@given(data=st.binary(max_size=300) | st.text(alphabet="WEBVT0123:.,-> \n<v Ana>&;", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = transcript_of("call.vtt", data)
    except BadInput:
        return
    assert found.cues
    assert [cue.number for cue in found.cues] == list(range(1, len(found.cues) + 1))


def test_a_growing_file_gives_each_cue_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "call.vtt"
    path.write_bytes(b"WEBVTT\n\n00:01.000 --> 00:0")
    writes = [b"2.000\nAna: one", b" two\n\n00:03.000 --> 00:04.000\n", b"Ana: thr", "ee é".encode()[:-1], b"\xa9"]
    heard: list[Cue] = []
    before_write: list[int] = []

    def wait() -> bool:
        before_write.append(len(heard))
        if not writes:
            return False
        with path.open("ab") as file:
            file.write(writes.pop(0))
        return True

    for cue in cues_as_said("call.vtt", lines_while_growing(path, wait)):
        assert isinstance(cue, Cue)
        heard.append(cue)
    assert [cue.text for cue in heard] == ["one two", "three é"]
    assert before_write == [0, 0, 1, 1, 1, 1]  # the first cue came before the second was written to its end


def test_a_cue_that_cannot_be_read_is_told_while_the_file_grows() -> None:
    lines = ["WEBVTT", "", "00:01.000 --> late", "lost", "", "00:03.000 --> 00:04.000", "Ana: kept", "", "lost too"]
    told = list(cues_as_said("call.vtt", lines))
    assert [type(one) for one in told] == [Reject, Cue, Reject]


def test_a_file_that_becomes_shorter_is_another_file(tmp_path: Path) -> None:
    path = tmp_path / "call.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nAna: one\n\n")

    def wait() -> bool:
        path.write_text("WEBVTT\n")
        return True

    with pytest.raises(BadInput, match="shorter"):
        list(cues_as_said("call.vtt", lines_while_growing(path, wait)))


def test_roles_come_from_pairs_or_a_file() -> None:
    given_roles = roles_given(["Ana Lind = facilitator", "Theo=executive"])
    assert [(one.name, one.role.value) for one in given_roles] == [("Ana Lind", "facilitator"), ("Theo", "executive")]
    assert roles_in("call.roles.toml", b'"Ana Lind" = "facilitator"\nTheo = "executive"\n') == given_roles


@pytest.mark.parametrize("pair", ["Ana Lind", "Ana=queen", "=executive", ""])
def test_what_is_no_role_names_those_that_are(pair: str) -> None:
    with pytest.raises(BadInput, match="facilitator"):
        roles_given([pair])


def test_a_file_of_roles_that_cannot_be_read_shows_a_line_that_can() -> None:
    with pytest.raises(BadInput, match='"Ana Lind" = "executive"'):
        roles_in("call.roles.toml", b"\xff=")
