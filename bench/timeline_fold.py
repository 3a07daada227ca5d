"""How long a fold of a large timeline takes: 20,000 events, 1,000 decisions, a clock of 2,000 events corrected.

Idea: the same fold with and without the correction, each the fastest of many in processor time, so that other work
counts little; and the cost at a fourth of the size, which tells whether it grows in line with the events.
`python bench/timeline_fold.py` prints milliseconds and ratios as JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance
from secondstory.stages.timeline import fold_timeline

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
KINDS = (EventKind.CHAT, EventKind.ALERT, EventKind.COMMAND, EventKind.SIGNAL, EventKind.CHANGE)
SKEWED = 10
"""Every tenth event is written by the clock that is corrected."""


def found(events: int) -> TimelineBody:
    """A found timeline of so many events over three hours."""
    step = timedelta(hours=3) / events
    made = []
    for number in range(events):
        at = Moment.at(START + step * number, Provenance.RECORDED)
        skewed = number % SKEWED == 0
        kind = EventKind.STATUS if skewed else KINDS[number % len(KINDS)]
        attributes = (("channel", "#inc"), ("occurrence", kind.value), ("state", "open"))
        made.append(
            TimelineEvent(
                f"event/{number:05}", at, kind, f"service-{number % 40}", f"Event {number}", "", None, ("E01",),
                attributes=attributes,
            )
        )  # fmt: skip
    milestones = tuple(
        Milestone(kind, f"milestone/{kind.value}", made[place].moment, "", ("E01",), event_key=made[place].key)
        for place, kind in enumerate(MilestoneKind, events // 3)
    )
    return TimelineBody(tuple(made), milestones, ())


def said(events: int, decisions: int) -> tuple[Decision, ...]:
    """So many events hidden."""
    step = max(1, events // decisions)
    return tuple(
        Decision(
            f"d-{number:05}", "i", f"event/{number * step:05}", DecisionVerb.REJECT, "", "told twice", "owner", START
        )
        for number in range(decisions)
    )


def correction(source: str) -> Decision:
    """A clock that was twelve seconds late."""
    return Decision("d-clock", "i", f"source/{source}", DecisionVerb.MARK, "12.0", "", "owner", START)


def fastest_ms(work: Callable[[], object], times: int = 15) -> float:
    """The fastest of several runs."""
    took = []
    for _ in range(times):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    return min(took)


def measured(events: int) -> dict[str, float]:
    """Milliseconds without a correction, with one of a kind, and with one of a system."""
    body, decisions = found(events), said(events, events // 20)
    cases = {
        "plain": decisions,
        "kind": (*decisions, correction("status")),
        "system": (*decisions, correction("chat/service-1")),
    }
    return {name: fastest_ms(lambda given=given: fold_timeline(body, given)) for name, given in cases.items()}


def main() -> None:
    """Measure and print."""
    large, small = measured(20_000), measured(5_000)
    ratios = {name: round(large[name] / small[name], 2) for name in large}
    told = {name: round(value, 1) for name, value in large.items()}
    print(
        json.dumps(
            {"ms_at_20000": told, "ratio_to_5000": ratios, "ratio_to_plain": round(large["kind"] / large["plain"], 2)}
        )
    )


if __name__ == "__main__":
    main()
