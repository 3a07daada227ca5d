"""Blast radius over time: which services and endpoints, how many requests and users, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BlastStep:
    """One step. Null is unknown: nothing of that kind was recorded, or requests name no user."""

    time: datetime
    services: int
    endpoints: int | None
    requests: float | None  # by sample weight
    failed: float | None
    users: int | None  # distinct in this step
    users_failed: int | None
    users_first: int | None  # of these, hit for the first time


@dataclass(frozen=True)
class Touched:
    """A service or endpoint that was hit: from the first step with harm to the end of the last one."""

    kind: str  # service, endpoint
    service: str
    name: str  # of the endpoint; the service's own where `kind` is service
    first: datetime
    last: datetime
    steps: int  # with harm
    requests: float | None  # over the whole stretch
    failed: float | None
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class ServiceTrack:
    """A service step by step: its share of failed requests (null = no requests), and whether it was hit."""

    service: str
    shares: tuple[float | None, ...]
    hit: tuple[bool, ...]


@dataclass(frozen=True)
class BlastRadius:
    """All steps of the stretch in which users were hit. `widest` is the step with most services, then failures."""

    step_s: int
    steps: tuple[BlastStep, ...]
    touched: tuple[Touched, ...]  # services first, each in order of first harm
    tracks: tuple[ServiceTrack, ...]
    widest: int
    services_known: int  # how many services were recorded at all
    endpoints_known: int | None
    basis: str
    evidence_ids: tuple[str, ...]
