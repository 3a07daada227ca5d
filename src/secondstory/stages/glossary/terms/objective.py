"""SLI and SLO: what is promised, and by which measure."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say
from secondstory.texts.numbers import number


def _look(sight: Sight) -> Seen | Absent:
    if not sight.impact.burns:
        return Absent(say("glossary.objective_none"))
    burn = sight.impact.burns[0]
    told = say(
        "glossary.objective_proposed" if burn.proposed else "glossary.objective_seen",
        service=burn.service,
        indicator=burn.indicator,
        target=f"{burn.target_ratio:.3%}".replace("000%", "%").replace("00%", "%"),
        days=number(burn.period_days),
    )
    return Seen(told, "impact", (), burn.evidence_ids)


EXTENSION = Term("objective", 23, _look)
