"""MTTR: this incident's time to recover beside that of the others, with spread and sample size."""

from __future__ import annotations

import numpy as np

from secondstory.algorithms.statistics import median_interval
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say
from secondstory.texts.durations import between, duration


def _look(sight: Sight) -> Seen | Absent:
    own = sight.figure("time_to_recover")
    if own is None:
        return Absent(say("glossary.mttr_none"))
    here = say("glossary.mttr_here", value=duration(own.value), range=between(own.low, own.high))
    count = len(sight.recoveries_s)
    if count < 2:
        return Seen(say("glossary.mttr_alone", here=here), "impact", (), own.evidence_ids)
    middle, low, high = median_interval(np.array(sight.recoveries_s))
    told = say("glossary.mttr_spread", here=here, middle=duration(middle), spread=between(low, high), count=count)
    return Seen(told, "impact", (), own.evidence_ids)


EXTENSION = Term("mttr", 22, _look)
