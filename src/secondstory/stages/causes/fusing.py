"""Runs the methods in two passes and fuses what they say into one score a service."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondstory.algorithms.fusion import combined
from secondstory.model.causes import MethodRun, Ranked
from secondstory.registry import extensions
from secondstory.stages.causes import methods
from secondstory.stages.causes.method import Method, View, Weighs


@dataclass(frozen=True)
class Belief:
    """What all methods together say of one service. `anomalies` strongest first."""

    service: str
    score: float
    anomaly: float  # before context
    anomalies: tuple[tuple[str, Ranked], ...]  # (method, place)
    contexts: tuple[tuple[str, Ranked], ...]


def fuse(view: View) -> tuple[tuple[MethodRun, ...], tuple[Belief, ...], View]:
    """All runs, the candidates' beliefs best first, and the view with the anomalies that context saw."""
    known = extensions(methods, Method)
    anomalies = [_run(method, view) for method in known if method.weighs is Weighs.ANOMALY]
    scores = {service: _anomaly(service, anomalies) for service in view.candidates}
    seen = replace(view, anomaly=tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))))
    contexts = [_run(method, seen) for method in known if method.weighs is Weighs.CONTEXT]
    beliefs = [_belief(service, scores[service], anomalies, contexts) for service in view.candidates]
    ranked = sorted(beliefs, key=lambda belief: (-belief.score, -belief.anomaly, belief.service))
    runs = sorted([*anomalies, *contexts], key=lambda run: run.name)
    return tuple(runs), tuple(ranked), seen


def _run(method: Method, view: View) -> MethodRun:
    """What the method says. One that stumbles over its data is shown as failed; the others go on without it."""
    try:
        return method.rank(view)
    except (ArithmeticError, LookupError, ValueError) as error:
        return MethodRun(method.name, "failed", f"{type(error).__name__}: {error}", ())


def _anomaly(service: str, runs: list[MethodRun]) -> float:
    best = [max((place.score for place in run.ranking if place.service == service), default=0.0) for run in runs]
    return combined(best)


def _belief(service: str, anomaly: float, anomalies: list[MethodRun], contexts: list[MethodRun]) -> Belief:
    factor = 1.0
    for run in contexts:
        for place in run.ranking:
            if place.service == service:
                factor *= 1 + place.score
    return Belief(service, anomaly * factor, anomaly, _places(service, anomalies), _places(service, contexts))


def _places(service: str, runs: list[MethodRun]) -> tuple[tuple[str, Ranked], ...]:
    places = [(run.name, place) for run in runs for place in run.ranking if place.service == service]
    return tuple(sorted(places, key=lambda pair: (-pair[1].score, pair[0], pair[1].indicator)))
