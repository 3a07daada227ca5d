"""Error budget: what the incident took of it, phase by phase."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    if not sight.impact.burns:
        return Absent(say("glossary.objective_none"))
    burn = sight.impact.burns[0]
    named = [(" and ".join(phase.value for phase in part.phases), part.spent.value) for part in burn.phases]
    phases = ", ".join(f"{name} {share:.1%}" for name, share in named)
    told = say(
        "glossary.error_budget_seen",
        spent=f"{burn.spent.value:.1%}",
        low=f"{burn.spent.low:.1%}",
        high=f"{burn.spent.high:.1%}",
        service=burn.service,
        phases=phases or say("glossary.error_budget_unphased"),
    )
    return Seen(told, "impact", (), burn.evidence_ids)


EXTENSION = Term("error_budget", 24, _look)
