"""Derives from each hypothesis what must be seen if it is right, and tests that on what was seen.

A prediction follows from where the hypothesis puts the beginning, when, and by which mechanism: harm travels to those
who call, directly or not, and not to those who are called or stand aside. A row is one thing to look at; each
hypothesis expects that it departs by a time, that it stays, or nothing. The signal that a hypothesis was made from is
never one of its predictions (K. Popper, Conjectures and Refutations, 1963; R. J. Heuer, Psychology of Intelligence
Analysis, 1999, chapter 8). Misleads where recorded calls are only part of the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from secondstory.model.causes import Hypothesis, Mechanism, Part
from secondstory.model.matrix import Cell, PredictionRow
from secondstory.model.sightings import Sightings, Watched
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.stages.causes.expecting import Expectation, Seen, clock, departed, seen_of, tested
from secondstory.stages.causes.restarting import speaks_of_memory
from secondstory.stages.causes.standpoint import Calls, Place
from secondstory.texts import say

MEASURED = 1.0  # weight of what a machine measured all the time
MOST_CALLS = 10  # rows about calls; those between suspected services come first
HARM = (SignalKind.ERRORS, SignalKind.LATENCY)
GAP = "call_gap_p95_ms"  # what a call takes beyond its callee's work: it tells of the way, or of the caller's own queue
SMALL = 0.01  # of the largest slowdown or failure on record: what is smaller explains nothing of it
LOADING = (
    Mechanism.TRAFFIC,
    Mechanism.RETRY_STORM,
)  # they may harm what is called as well, so they expect nothing there
_SHOWS_AS = {
    Mechanism.ERRORS: SignalKind.ERRORS,
    Mechanism.BAD_CONFIGURATION: SignalKind.ERRORS,
    Mechanism.LATENCY: SignalKind.LATENCY,
    Mechanism.SLOW_DEPENDENCY: SignalKind.LATENCY,
}
_FILLING = {
    Mechanism.POOL_EXHAUSTED: (SignalKind.SATURATION,),
    Mechanism.RESOURCE_EXHAUSTED: (SignalKind.RESOURCE, SignalKind.SATURATION),
    Mechanism.MEMORY_LEAK: (SignalKind.RESOURCE,),
    Mechanism.QUEUE_GROWTH: (SignalKind.SATURATION,),
    Mechanism.TRAFFIC: (SignalKind.TRAFFIC,),
}

Expects = Callable[[Hypothesis], Expectation | None]


@dataclass(frozen=True)
class Bench:
    """What every row is made with: the sightings, the graph of calls, and the hypotheses in order."""

    facts: Sightings
    calls: Calls
    hypotheses: tuple[Hypothesis, ...]

    @cached_property
    def largest(self) -> dict[tuple[SignalKind, str | None], float]:
        """The largest shift on record of each kind and unit."""
        found: dict[tuple[SignalKind, str | None], float] = {}
        for group in self.facts.watched:
            for one in group.left:
                key = (group.kind, one.unit)
                found[key] = max(found.get(key, 0.0), abs(one.during - one.before))
        return found

    @cached_property
    def suspected(self) -> tuple[str, ...]:
        """Services at which some competing hypothesis puts the beginning; sorted."""
        return tuple(sorted({one.service for one in self.hypotheses if one.part is Part.INITIATING}))


def signal_rows(bench: Bench) -> list[PredictionRow]:
    """Rows about calls, served requests, fullness and signals that a person named."""
    return [*_call_rows(bench), *_served_rows(bench), *_filling_rows(bench), *_named_rows(bench)]


def _call_rows(bench: Bench) -> list[PredictionRow]:
    """One row for each edge next to a suspected service on which calls are measured."""
    suspected = frozenset(bench.suspected)
    near = [edge for edge in bench.calls.edges if suspected & set(edge)]
    near += [(one.service, one.peer) for one in bench.hypotheses if one.peer and (one.service, one.peer) not in near]
    near.sort(key=lambda edge: (not suspected >= set(edge), edge))
    return [_call_row(bench, caller, callee) for caller, callee in near[:MOST_CALLS]]


def _call_row(bench: Bench, caller: str, callee: str) -> PredictionRow:
    def expects(hypothesis: Hypothesis) -> Expectation | None:
        if (hypothesis.service, hypothesis.peer) == (caller, callee):
            return _harmed(bench, hypothesis, "calls", caller=caller, callee=callee)
        return _expects_harm(bench, hypothesis, callee, "calls", caller=caller, callee=callee)

    groups = _harm(bench, caller, callee)
    of_callee = seen_of(groups) if _is_doubted(bench, caller, callee) else seen_of(groups).without(GAP)
    facts = {"caller": caller, "callee": callee, **_stretch(bench.facts)}
    key = subject_key("prediction", "calls", caller, callee)
    texts = (say("matrix.title_calls", **facts), say("matrix.ask_calls", **facts))
    return _row(bench, key, texts, groups, expects, of_callee)


def _is_doubted(bench: Bench, caller: str, callee: str) -> bool:
    """True where a person says that the way between the two is at fault."""
    return any((one.service, one.peer) == (caller, callee) for one in bench.hypotheses)


def _served_rows(bench: Bench) -> list[PredictionRow]:
    """What suspected services serve, where no call to them is measured."""
    called = {callee for caller, callee in bench.calls.edges if _harm(bench, caller, callee)}
    return [_served_row(bench, service) for service in bench.suspected if service not in called]


def _served_row(bench: Bench, service: str) -> PredictionRow:
    groups = _harm(bench, service, None)
    facts = {"service": service, **_stretch(bench.facts)}
    key = subject_key("prediction", "served", service)
    texts = (say("matrix.title_served", **facts), say("matrix.ask_served", **facts))
    return _row(bench, key, texts, groups, lambda one: _expects_harm(bench, one, service, "served", service=service))


def _filling_rows(bench: Bench) -> list[PredictionRow]:
    """What fills up, runs out or grows by the mechanism that some hypothesis names."""
    wanted = {(one.service, one.mechanism) for one in bench.hypotheses if one.mechanism in _FILLING}
    return [_filling_row(bench, *each) for each in sorted(wanted)]


def _filling_row(bench: Bench, service: str, mechanism: Mechanism) -> PredictionRow:
    name = mechanism.value

    def expects(hypothesis: Hypothesis) -> Expectation | None:
        place = bench.calls.place(service, hypothesis.service)
        if place is Place.SAME and hypothesis.mechanism is mechanism:
            told = name if hypothesis.decision_ids else f"another_{name}"
            return _harmed(bench, hypothesis, told, service=service)
        competes = hypothesis.part is Part.INITIATING and mechanism is not Mechanism.TRAFFIC
        if competes and place in (Place.BELOW, Place.ASIDE) and hypothesis.mechanism not in LOADING:
            return _unharmed(bench, say(f"matrix.not_{name}", service=service))
        return None

    groups = groups_of(bench.facts, service, None, _FILLING[mechanism])
    facts = {"service": service, **_stretch(bench.facts)}
    key = subject_key("prediction", name, service)
    texts = (say(f"matrix.title_{name}", **facts), say(f"matrix.ask_{name}", **facts))
    return _row(bench, key, texts, groups, expects, _rising_only(groups, mechanism))


def _rising_only(groups: tuple[Watched, ...], mechanism: Mechanism) -> Seen:
    """Only what rose counts as full, of a pool only what reached its limit, and of memory nothing else."""
    seen = seen_of(groups)
    if mechanism is Mechanism.MEMORY_LEAK:
        left = tuple(one for one in seen.left if speaks_of_memory(one.indicator))
        seen = replace(seen, left=left, stayed=tuple(one for one in seen.stayed if speaks_of_memory(one)))
    needs_limit = mechanism is Mechanism.POOL_EXHAUSTED
    left = tuple(one for one in seen.left if one.strength > 0 and (one.full or not needs_limit))
    return replace(seen, left=left)


def _named_rows(bench: Bench) -> list[PredictionRow]:
    """The signals that people named in their hypotheses."""
    named = {(one.service, one.peer, one.indicator) for one in bench.hypotheses if one.decision_ids and one.indicator}
    return [_named_row(bench, *each) for each in sorted(named, key=str)]


def _named_row(bench: Bench, service: str, peer: str | None, indicator: str) -> PredictionRow:
    def expects(hypothesis: Hypothesis) -> Expectation | None:
        if (hypothesis.service, hypothesis.peer, hypothesis.indicator) == (service, peer, indicator):
            return _harmed(bench, hypothesis, "named", service=service, indicator=indicator)
        return None

    own = [one for one in bench.facts.watched if (one.service, one.peer) == (service, peer)]
    groups = tuple(one for one in own if indicator in (*one.stayed, *(each.indicator for each in one.left)))
    seen = seen_of(groups)
    left = tuple(one for one in seen.left if one.indicator == indicator)
    stayed = tuple(one for one in seen.stayed if one == indicator)
    only = replace(seen, left=left, stayed=stayed)
    facts = {"service": service, "indicator": indicator, **_stretch(bench.facts)}
    key = subject_key("prediction", "named", service, peer, indicator)
    texts = (say("matrix.title_named", **facts), say("matrix.ask_named", **facts))
    return _row(bench, key, texts, groups, expects, only)


def _expects_harm(
    bench: Bench, hypothesis: Hypothesis, where: str, what: str, /, **facts: object
) -> Expectation | None:
    """What the hypothesis expects of those who call a service, by `where` it stands."""
    place = bench.calls.place(where, hypothesis.service)
    if hypothesis.part is not Part.INITIATING:
        return None
    if place is Place.SAME and hypothesis.mechanism is not Mechanism.TRAFFIC:
        kind = _SHOWS_AS.get(hypothesis.mechanism)
        told = f"{what}_{kind.value}" if kind is not None else what
        return replace(_harmed(bench, hypothesis, told, **facts), kinds=() if kind is None else (kind,))
    if place is Place.ABOVE and bench.calls.must_pass(where, hypothesis.service):
        return _harmed(bench, hypothesis, what, **facts)
    unharmed = place is Place.ASIDE or (place is Place.BELOW and hypothesis.mechanism not in LOADING)
    return _unharmed(bench, say(f"matrix.{what}_stay", **facts)) if unharmed else None


def _unharmed(bench: Bench, prediction: str) -> Expectation:
    symptom = bench.facts.symptom
    return Expectation(False, prediction, by=symptom.recovered if symptom is not None else None)


def _harmed(bench: Bench, hypothesis: Hypothesis, what: str, /, **facts: object) -> Expectation:
    symptom = bench.facts.symptom
    # Where the symptom shows, its own time is no deadline that could be missed.
    deadline = symptom.moment if symptom is not None and symptom.service != hypothesis.service else None
    when = say("matrix.by", time=clock(bench.facts, deadline.latest)) if deadline else say("matrix.by_the_end")
    return Expectation(True, say(f"matrix.{what}_leave", **facts, when=when), hypothesis.onset, deadline)


def _row(
    bench: Bench,
    key: str,
    texts: tuple[str, str],
    groups: tuple[Watched, ...],
    expects: Expects,
    seen: Seen | None = None,
) -> PredictionRow:
    looked = seen or seen_of(groups)

    def cell(hypothesis: Hypothesis) -> Cell:
        expected = expects(hypothesis)
        kinds = expected.kinds if expected is not None else ()
        part = seen_of(tuple(one for one in groups if one.kind in kinds)).without(GAP) if kinds else looked
        return tested(bench.facts, key, hypothesis, expected, part)

    cells = tuple(cell(one) for one in bench.hypotheses)
    observed = departed(bench.facts, looked.left[0]) if looked.left else _calm(looked)
    drawn = tuple(one.signal_key for one in sorted(looked.left, key=lambda one: -abs(one.strength)))
    return PredictionRow(key, texts[0], observed, MEASURED, 0.0, cells, looked.evidence_ids, drawn[:2], texts[1])


def _calm(seen: Seen) -> str:
    return say("matrix.stayed", count=len(seen.stayed)) if seen.stayed else say("matrix.no_signal")


def _harm(bench: Bench, service: str, peer: str | None) -> tuple[Watched, ...]:
    """Failures and slowness, where what departs by too little counts as having stayed."""
    return tuple(_of_size(bench, one) for one in groups_of(bench.facts, service, peer, HARM))


def _of_size(bench: Bench, group: Watched) -> Watched:
    small = [one for one in group.left if abs(one.during - one.before) < SMALL * bench.largest[group.kind, one.unit]]
    if not small:
        return group
    left = tuple(one for one in group.left if one not in small)
    stayed = tuple(sorted((*group.stayed, *(one.indicator for one in small))))
    return replace(group, left=left, stayed=stayed, known_before_ratio=1.0, known_after_ratio=1.0)


def groups_of(facts: Sightings, service: str, peer: str | None, kinds: tuple[SignalKind, ...]) -> tuple[Watched, ...]:
    """The signals of a service, or of its calls to `peer`, of these kinds."""
    return tuple(one for one in facts.watched if (one.service, one.peer) == (service, peer) and one.kind in kinds)


def _stretch(facts: Sightings) -> dict[str, str]:
    return {"start": clock(facts, facts.window.start), "end": clock(facts, facts.window.end)}
