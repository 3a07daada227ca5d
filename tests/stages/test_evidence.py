"""The evidence stage, on small told recordings."""

from __future__ import annotations

import numpy as np
import pytest

from secondstory.model.gap import GapReason
from secondstory.model.query import CoverageQuery, EdgeSignalQuery, LogSignalQuery, TopologyQuery
from secondstory.model.signal import SignalKind
from secondstory.model.system import System
from tests.stages.build import Told, at, case_of, evidence_of, gauge, happened, recorded, served, times, window

CASE = case_of(window(600, 900))


def test_one_outage_becomes_signals_edges_and_entry() -> None:
    told = Told()
    served(told, "gateway", [(time, 50, 1 if time < at(700) else 25, 80) for time in times(0, 1200)])
    served(told, "orders", [(time, 20, 0, 30) for time in times(0, 1200)])
    told.tell(TopologyQuery, {"caller": "gateway", "callee": "orders", "calls": 4000.0, "failed": 10.0})
    body = evidence_of(CASE, told)
    assert body.services == ("gateway", "orders")
    assert body.entry_services == ("gateway",)
    assert [(edge.caller, edge.callee, edge.calls) for edge in body.edges] == [("gateway", "orders", 4000.0)]
    ratio = next(signal for signal in body.signals if signal.key == "signal/gateway/error_ratio")
    assert ratio.kind is SignalKind.ERRORS
    assert ratio.values[0] == pytest.approx(1 / 50)
    assert np.nanmax(ratio.values) == pytest.approx(0.5)
