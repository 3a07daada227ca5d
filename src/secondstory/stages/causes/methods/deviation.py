"""Ranks services by how far their signals left their own band, on self-calibrated scales.

Inputs: the view's deviations, already booked on callees. Misleads when the symptom is loudest far from its cause,
which is why topology and order weigh on it. Reference: `algorithms/deviation.py`.
"""

from __future__ import annotations

from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.method import Deviation, Method, View, Weighs, no_data, ran
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "deviation"


def _rank(view: View) -> MethodRun:
    if not view.deviations:
        return no_data(NAME, say("causes.no_signals"))
    return ran(NAME, [_place(deviation) for deviation in view.deviations if deviation.strength > 0])


def _place(deviation: Deviation) -> Ranked:
    signal = deviation.signal
    return Ranked(
        service=deviation.service,
        indicator=signal.name or signal.indicator,
        score=deviation.strength,
        evidence_ids=(signal.evidence_id,),
        sentence=say(
            "causes.left_its_band" if signal.peer is None else "causes.edge_left_its_band",
            indicator=signal.indicator,
            service=signal.service,
            peer=signal.peer,
            before=measure(deviation.centre, signal.unit),
            during=measure(deviation.centre + deviation.shift, signal.unit),
            scales=deviation.score,
        ),
    )


EXTENSION = Method(
    name=NAME,
    summary="How far each signal left its own band.",
    needs="metrics or spans with a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
