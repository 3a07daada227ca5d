"""The timeline as the command line prints it: entries, what was set aside, and what a clock's correction moves."""

from __future__ import annotations

from secondstory.cli.session import print_table, say_line
from secondstory.model.dial import Dial
from secondstory.model.timeline import SetAside, TimelineEvent
from secondstory.usecases.correct_clock import SkewPreview
from secondstory.usecases.timeline_now import EntryVersion, Raised

Numbered = list[tuple[int, TimelineEvent]]
_COLUMNS = ("", "time", "kind", "service", "what", "said of it")


def print_events(title: str, events: Numbered, raised: dict[str, Raised], dial: Dial) -> None:
    """The entries with their numbers on the whole timeline."""
    rows = [
        (f"T{n}", dial.moment(one.moment), one.kind.value, one.service or "", one.title, _marks(one, raised))
        for n, one in events
    ]
    print_table(title, _COLUMNS, rows)


def print_aside(aside: tuple[SetAside, ...], dial: Dial) -> None:
    """What was hidden or merged, with why, and the decision that `timeline undo` takes back."""
    rows = [
        (
            one.decision_id,
            dial.moment(one.event.moment),
            one.event.title,
            f"merged into {one.into}" if one.into else "hidden",
            one.actor,
            one.why,
        )
        for one in aside
    ]
    print_table("Set aside", ("decision", "time", "what", "how", "by", "why"), rows)


def print_versions(versions: tuple[EntryVersion, ...], found: TimelineEvent | None) -> None:
    """Every version of an entry, the newest first."""
    rows = [
        (one.id, one.verb + (" (taken back)" if one.withdrawn else ""), one.actor, one.title or one.text, one.why)
        for one in versions
    ]
    print_table("Said of it, newest first", ("id", "what", "by", "words", "why"), rows)
    if found is not None:
        say_line(f"Found: {found.title}")


def print_skew(preview: SkewPreview, dial: Dial, *, accepted: bool) -> None:
    """What a correction moves, overtakes and crosses."""
    rows = [(dial.moment(one.before), dial.moment(one.after), one.title) for one in preview.moved]
    print_table(f"{preview.source}: {preview.moved_count} events move", ("recorded", "corrected", "what"), rows)
    for pair in preview.overtaken:
        was, will = ("before", "after") if pair.before else ("after", "before")
        say_line(f"{pair.event} came {was} {pair.other}; it would come {will} it.")
    if preview.overtaken_count > len(preview.overtaken):
        say_line(f"and {preview.overtaken_count - len(preview.overtaken)} more pairs change their order.")
    for crossing in preview.crossings:
        say_line(f"{crossing.event} crosses the milestone {crossing.milestone.value}.")
    for milestone in preview.milestones:
        before, after = dial.moment(milestone.before), dial.moment(milestone.after)
        say_line(f"Milestone {milestone.kind.value}: {before} becomes {after}.")
    say_line("Accepted." if accepted else "Nothing was changed. Add --accept to correct the clock.")


def _marks(event: TimelineEvent, raised: dict[str, Raised]) -> str:
    counts, amended = raised.get(event.key), event.amended
    told = []
    if counts is not None:
        told += [f"{number} {word}" for number, word in ((counts.stars, "stars"), (counts.digs, "dig here")) if number]
    if amended is not None:
        if amended.told_by is not None:
            told.append(f"told by {amended.told_by}" + (", unconfirmed" if amended.unconfirmed else ""))
        if amended.correction_s is not None:
            told.append(f"clock {amended.correction_s:+g} s")
        told += [f"{len(amended.merged)} merged"] if amended.merged else []
        told += [f"{len(amended.linked)} linked"] if amended.linked else []
        told += [f"note by {note.actor}: {note.text}" for note in amended.notes]
    return "; ".join(told)
