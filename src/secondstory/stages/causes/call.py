"""One call edge during an incident: its rates, failures and times, step by step, in the harmed and in the calm time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondstory.model.findings import EvidenceBody
from secondstory.model.signal import Floats, Signal
from secondstory.model.subject import subject_key
from secondstory.model.timeline import Onset
from secondstory.model.window import Moment, Window
from secondstory.stages.causes.method import View

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Call:
    """Values on the evidence's grid, shape (n,), NaN = unknown. Rates per second, times in ms.

    `surely` are the steps that lie wholly inside the harmed time, `perhaps` those that may.
    """

    caller: str
    callee: str
    step_s: int
    calm: Bools
    surely: Bools
    perhaps: Bools
    signals: tuple[tuple[str, Signal], ...]

    def values(self, name: str) -> Floats:
        """The values of a signal; all NaN where it is not recorded."""
        found = dict(self.signals).get(name)
        return found.values if found is not None else np.full(self.calm.shape, np.nan)

    def has(self, *names: str) -> bool:
        """True if all of these are recorded."""
        return set(names) <= {name for name, _ in self.signals}

    def ids(self, *names: str) -> tuple[str, ...]:
        """Evidence of these signals."""
        return tuple(sorted({signal.evidence_id for name, signal in self.signals if name in names}))


def call_of(view: View, callee: str, caller: str, moments: tuple[Moment, Moment]) -> Call:
    """The call from `caller` to `callee`; `moments` are the first signs of both."""
    evidence = view.evidence
    start = max(moments, key=lambda moment: moment.earliest)
    over = _over(view.timeline.onsets, caller, callee)
    outer = Window(start.earliest, max(over.latest if over is not None else evidence.window.end, start.latest))
    inner_end = over.earliest if over is not None else evidence.window.end
    surely = np.zeros(evidence.grid.count, np.bool_)
    if start.latest < inner_end:
        surely = evidence.grid.mask(Window(start.latest, inner_end))
    return Call(
        caller=caller,
        callee=callee,
        step_s=evidence.grid.step_s,
        calm=evidence.normal_steps,
        surely=surely,
        perhaps=evidence.grid.mask(outer) & evidence.grid.mask(evidence.window),
        signals=tuple(_signals(evidence, caller, callee)),
    )


def middle(values: Floats, steps: Bools, share: float = 0.5) -> float | None:
    """A quantile of the known values in some steps; None where none is known."""
    known = values[steps & ~np.isnan(values)]
    return float(np.quantile(known, share)) if known.size else None


def _over(onsets: tuple[Onset, ...], caller: str, callee: str) -> Moment | None:
    """When the call was well again: the last of its signals, else of the caller's own, to come back."""
    own = [one for one in onsets if (one.service, one.peer) == (caller, callee) and one.recovered is not None]
    own = own or [one for one in onsets if (one.service, one.peer) == (caller, None) and one.recovered is not None]
    return max((one.recovered for one in own if one.recovered is not None), default=None)


def _signals(evidence: EvidenceBody, caller: str, callee: str) -> list[tuple[str, Signal]]:
    """The edge's signals by indicator, and those of what caller and callee serve, as `caller.…` and `callee.…`."""
    edge = ("call_rate", "call_error_ratio", "call_latency_p95_ms", "call_gap_p95_ms")
    keys = {name: subject_key("signal", caller, name, callee) for name in edge}
    for end, service in (("caller", caller), ("callee", callee)):
        for name in ("request_rate", "error_ratio", "latency_p50_ms", "latency_p95_ms"):
            keys[f"{end}.{name}"] = subject_key("signal", service, name)
    by_key = {signal.key: signal for signal in evidence.signals}
    return [(name, by_key[key]) for name, key in keys.items() if key in by_key]
