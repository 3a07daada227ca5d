"""Which finding is in view and for how long, and that a long meeting makes no cue dearer."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from secondstory.model.conversation import AgendaStep
from secondstory.model.hearing import Acted, CoachCount, Heard, JournalEntry, JournalWhat, RailAct
from secondstory.model.reply import Reply, Step
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel, Label, SpeakerRole, Verdict
from secondstory.usecases.replies import NOTHING_KNOWN
from secondstory.usecases.room.rail import Rail

BEGIN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
TOPICS = (Label.BLAMES_PERSON, Label.PRESSES)


class Meeting:
    """A rail, and the second that its meeting is in."""

    def __init__(self) -> None:
        self.rail = Rail(1, NOTHING_KNOWN, BEGIN)
        self.second = 0.0

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.second)

    def takes(self, what: JournalWhat) -> None:
        self.rail.take(JournalEntry(self.rail.seq + 1, self.now, what))

    def hears(self, step: Step, topic: Label = TOPICS[0]) -> int:
        """A cue with a finding; its number."""
        number = self.rail.cues + 1
        cue = Cue(number, self.second, self.second + 4, "Emil", "Bruno broke it.")
        reply = Reply("M01", "", topic.value, step, "M01/1", "How?", (), "", (), "", "")
        verdict = Verdict((topic,), 2, 1.0)
        role, channel = SpeakerRole.ENGINEER, Channel.MEETING
        self.takes(Heard(cue, role, channel, "open", AgendaStep.OPENING, verdict, (reply,)))
        return number

    def seen(self) -> tuple[int, list[int]]:
        """The cue in view, 0 = none, and those that wait."""
        found = self.rail.in_view(self.now)
        return found.cue if found is not None else 0, [one.cue for one in self.rail.waiting(self.now)]


def test_the_newest_comes_first_and_one_as_firm_takes_the_place_of_another_at_once() -> None:
    meeting = Meeting()
    mild = meeting.hears(Step.NUDGE)
    meeting.second = 5
    firm = meeting.hears(Step.FIRM)
    assert meeting.seen() == (firm, [mild])
    meeting.second = 6
    as_firm = meeting.hears(Step.FIRM)
    assert meeting.seen() == (as_firm, [firm, mild])


def test_a_milder_one_waits_while_a_firmer_one_is_read_for_twenty_seconds_at_most() -> None:
    meeting = Meeting()
    firm = meeting.hears(Step.FIRM)
    meeting.second = 19
    early = meeting.hears(Step.NUDGE)
    assert meeting.seen() == (firm, [early])
    meeting.second = 20
    late = meeting.hears(Step.NUDGE)
    assert meeting.seen() == (late, [early, firm])


def test_who_acts_on_a_finding_gets_the_newest_that_waits() -> None:
    meeting = Meeting()
    numbers = [meeting.hears(Step.FIRM) for _ in range(3)]
    meeting.takes(Acted(RailAct.DISMISSED, numbers[1]))
    assert meeting.seen() == (numbers[2], [numbers[0]])
    meeting.takes(Acted(RailAct.USED, numbers[2]))
    assert meeting.seen() == (numbers[0], [])
    meeting.takes(Acted(RailAct.STEP_UP, numbers[1]))  # taken back up
    assert meeting.seen() == (numbers[1], [numbers[0]])
    meeting.takes(Acted(RailAct.USED, numbers[1]))
    assert meeting.seen() == (numbers[0], [])


def test_findings_fall_away_after_three_minutes_and_count_as_not_acted_on() -> None:
    meeting = Meeting()
    first = meeting.hears(Step.FIRM)
    meeting.second = 60
    second = meeting.hears(Step.NUDGE, TOPICS[1])
    meeting.second = 179
    assert meeting.seen() == (second, [first])
    meeting.second = 180
    assert meeting.seen() == (second, [])
    meeting.second = 240
    assert meeting.seen() == (0, [])
    meeting.takes(Acted(RailAct.USED, second))  # a click that comes late is still noted
    counts = (
        CoachCount(TOPICS[0].value, Step.FIRM, "", 1),
        CoachCount(TOPICS[1].value, Step.NUDGE, RailAct.USED.value, 1),
    )
    assert set(meeting.rail.counts()) == set(counts)


def test_findings_of_one_topic_within_ten_minutes_are_the_same_thing_again() -> None:
    meeting, times = Meeting(), []
    for second in (0, 300, 600, 901):
        meeting.second = second
        meeting.hears(Step.NUDGE)
        found = meeting.rail.in_view(meeting.now)
        times.append(found.times if found is not None else 0)
    meeting.hears(Step.FIRM, TOPICS[1])
    other = meeting.rail.in_view(meeting.now)
    assert times == [1, 2, 3, 2] and other is not None and other.times == 1


def test_no_cue_costs_more_work_because_the_meeting_was_long() -> None:
    """Operations, not time: of a cue, of an act and of a look, after ten minutes and after four hours."""
    meeting = Meeting()

    def five_seconds() -> None:
        meeting.second += 5
        cue = meeting.hears(Step.NUDGE, TOPICS[meeting.rail.cues % 2])
        if cue % 5 == 0:
            meeting.takes(Acted(RailAct.DISMISSED, cue))
        meeting.seen()

    def stretch(cues: int) -> None:
        for _ in range(cues):
            five_seconds()

    stretch(180)
    early = operations(lambda: stretch(20))
    stretch(2780)
    late = operations(lambda: stretch(20))
    assert meeting.rail.cues == 3000 and late <= 1.02 * early


def test_captions_that_come_all_at_once_cost_each_the_same() -> None:
    """A whole recording within one moment: nothing has fallen away yet, and nothing is gone through for it."""
    meeting = Meeting()

    def stretch(cues: int) -> None:
        for _ in range(cues):
            meeting.hears(Step.NUDGE)

    stretch(180)
    early = operations(lambda: stretch(20))
    stretch(2800)
    assert operations(lambda: stretch(20)) <= 1.02 * early


def operations(work: Callable[[], None]) -> int:
    """How many operations of the interpreter the work takes, in all functions that it calls."""
    count = 0

    def trace(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
