"""Chaos engineering: an incident that was itself an experiment, or what an experiment would have to repeat."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.model.incident import HintKind
from secondstory.model.window import wall_time
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    hint = sight.incident.onset_hint
    if hint is not None and hint.kind is HintKind.INJECTION:
        at = f"{wall_time(hint.time, sight.incident.time_zone):%H:%M:%S}"
        return Seen(say("glossary.chaos_seen", at=at), "timeline")
    if not sight.rivals:
        return Absent(say("glossary.chaos_nothing"))
    first = sight.rivals[0]
    told = say(f"report.explains_{first.mechanism.value}", service=first.service)
    return Absent(say("glossary.chaos_none", repeat=told))


EXTENSION = Term("chaos", 34, _look)
