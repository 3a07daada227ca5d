"""Root cause analysis: what the evidence puts first, beside its rivals."""

from __future__ import annotations

from secondstory.model.causes import Verdict
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    if not sight.rivals:
        return Absent(say("glossary.root_cause_none"))
    first = sight.rivals[0]
    title = first.words or say(f"report.explains_{first.mechanism.value}", service=first.service)
    decided = sight.causes.verdict is Verdict.SUPPORTED
    told = say(
        "glossary.root_cause_first" if decided else "glossary.root_cause_open",
        title=title,
        count=len(sight.rivals),
        share=f"{sight.causes.confidence:.0%}",
    )
    return Seen(told, "causes", (), tuple(i for reason in first.arguments_for for i in reason.evidence_ids))


EXTENSION = Term("root_cause", 20, _look)
