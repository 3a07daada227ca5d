"""What can be said aloud of an incident stands in its documents, and nothing is made up where they are silent."""

import re

from tests.stages.meeting_dossier import bare_dossier, outage_dossier

from secondstory.model.fact_sheet import SLOTS, Scene
from secondstory.stages.meeting import fact_sheet


def one_with(slot: str, *, fault: bool = True) -> Scene:
    return next(scene for scene in fact_sheet(outage_dossier(fault=fault)).scenes if scene.get(slot))


def test_the_outage_is_told_as_its_documents_have_it() -> None:
    dossier = outage_dossier()
    panel, change, alert, harm = (one_with(slot) for slot in ("panel", "change", "alert", "impact"))
    assert (panel.get("panel"), panel.get("service")) == ("the pool panel of orders", "orders")
    first = dossier.first_sign
    assert first is not None and panel.get("time") == dossier.dial.time(first.moment.latest)
    assert (change.get("change"), change.get("service")) == ("1.8.0", "orders")
    assert alert.get("alert") == "ErrorsHigh" and alert.get("minutes")
    assert "failed requests" in (harm.get("impact") or "") and harm.get("service") == "gateway"


def test_every_scene_fills_known_slots_and_names_its_evidence() -> None:
    sheet = fact_sheet(outage_dossier())
    for scene in sheet.scenes:
        assert scene.slots and {slot for slot, _ in scene.slots} <= SLOTS
        assert scene.evidence_ids or scene.get("unknown"), scene.key


def test_times_in_scenes_are_times_in_the_documents() -> None:
    dossier = outage_dossier()
    events = [(e.moment.earliest, e.moment.latest) for e in dossier.timeline.events]
    events += [(o.moment.earliest, o.moment.latest) for o in dossier.timeline.onsets]
    events += [(m.moment.earliest, m.moment.latest) for m in dossier.timeline.milestones if m.moment]
    events += [(h.callee_onset.earliest, h.caller_onset.latest) for h in dossier.causes.cascade]
    events += [(g.window.start, g.window.end) for g in dossier.gaps if g.window]
    assert dossier.impact.window is not None and dossier.best_rule is not None and dossier.best_rule.fires is not None
    events += [(dossier.impact.window.start, dossier.impact.window.end)]
    events += [(dossier.best_rule.fires.earliest, dossier.best_rule.fires.latest)]
    written = {dossier.dial.time(time) for pair in events for time in pair}
    told = {text for scene in fact_sheet(dossier).scenes for _, value in scene.slots for text in _times(value)}
    assert told and told <= written


def _times(text: str) -> list[str]:
    return re.findall(r"\d\d:\d\d:\d\d", text)


def test_a_quiet_day_tells_of_no_harm() -> None:
    sheet = fact_sheet(outage_dossier(fault=False))
    slots = {slot for scene in sheet.scenes for slot, _ in scene.slots}
    assert slots.isdisjoint({"impact", "bluf", "claim_a", "minutes"})
    assert one_with("change", fault=False).get("change") == "1.8.0"


def test_of_an_incident_without_documents_nothing_is_told() -> None:
    assert fact_sheet(bare_dossier()).scenes == ()
