"""Dossiers of told incidents: the outage, a quiet day with a deploy, and one of which nothing is known."""

from datetime import timedelta
from functools import cache

from tests.stages.outage import outage, outage_case

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody, Verdict
from secondstory.model.impact import ImpactBody
from secondstory.model.timeline import TimelineBody
from secondstory.pipeline import NoMemo, conclude, prepare
from secondstory.stages.meeting import Dossier


@cache
def outage_dossier(*, fault: bool = True) -> Dossier:
    """What the pipeline writes of the told outage; without `fault` of the same day with the deploy alone."""
    case = outage_case()
    prepared = prepare(case, outage(fault=fault).answer, NoMemo())
    concluded = conclude(case, prepared, None)
    return Dossier(
        case.incident,
        prepared.timeline.body,
        prepared.impact.body,
        prepared.causes.body,
        prepared.detection.body,
        concluded.actions.body,
        concluded.report.body.gaps,
        document_due=case.incident.window.end + timedelta(hours=24),
    )


def bare_dossier() -> Dossier:
    """An incident of which no document says anything."""
    return Dossier(
        incident=outage_case().incident,
        timeline=TimelineBody((), (), ()),
        impact=ImpactBody(None, (), (), (), (), ()),
        causes=CausesBody(Verdict.NONE, 0.0, (), (), (), (), (), ""),
        detection=None,
        actions=ActionsBody(()),
        gaps=(),
    )
