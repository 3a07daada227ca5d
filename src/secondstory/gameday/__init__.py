"""The laboratory: a small real shop on one machine, harmed on purpose and recorded with its truth."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from secondstory.gameday import faults
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.recorder import FULL, QUICK, Progress, run_recording
from secondstory.gameday.scenario import Scenario
from secondstory.model.errors import NotFound
from secondstory.registry import extensions

__all__ = ["LaboratoryProblem", "RecordRequest", "list_scenarios", "record"]


@dataclass(frozen=True)
class RecordRequest:
    """What to record: a scenario's name, a seed, and the folder to make; `quick` gives a run of about a minute."""

    scenario: str
    seed: int
    out: Path
    quick: bool = False


def list_scenarios() -> tuple[Scenario, ...]:
    """Every scenario that can be recorded, by name."""
    return extensions(faults, Scenario)


def record(request: RecordRequest, progress: Progress) -> Path:
    """Record and return the folder; `progress` hears of each step with the share done.

    Ctrl-C (or any KeyboardInterrupt) ends every child process, leaves nothing behind and is raised again.
    Raises NotFound for an unknown scenario, BadInput for a taken folder, Unavailable without PostgreSQL, and
    LaboratoryProblem for a shop that does not start, fail or recover as planned.
    """
    known = {scenario.name: scenario for scenario in list_scenarios()}
    scenario = known.get(request.scenario)
    if scenario is None:
        raise NotFound(f"There is no scenario {request.scenario!r}.", f"Choose one of {', '.join(known)}.")
    pace = QUICK if request.quick else FULL
    return asyncio.run(run_recording(scenario, request.seed, request.out, pace, progress))
