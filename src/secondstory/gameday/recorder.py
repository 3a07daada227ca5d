"""Turns a scenario and a seed into a recording: runs the shop, harms it, lets people find out, keeps what was sent."""

import asyncio
import contextlib
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from secondstory.gameday.collector import Collector
from secondstory.gameday.fleet import Fleet
from secondstory.gameday.folder import Made, Moments, write_folder
from secondstory.gameday.keeper import Keeper
from secondstory.gameday.load import Load, Shoppers
from secondstory.gameday.names import Cast, draw_cast
from secondstory.gameday.postgres import Postgres, create_tables, start_postgres
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.rules import shop_rules
from secondstory.gameday.scenario import Scenario
from secondstory.gameday.shop.instance import Instance
from secondstory.gameday.shop.orders import WISHES
from secondstory.gameday.stage import Stage
from secondstory.gameday.watch import Watch
from secondstory.model.errors import BadInput

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Pace:
    """How long things take. `quick` keeps every step but shortens what people and rules wait for; many fit an hour."""

    name: str
    quiet_s: float
    after_s: float
    lead_s: float
    people_factor: float
    rule_factor: float
    evaluate_s: float
    page_within_s: float
    export_s: float
    pool_max: int
    wish_share: float


FULL = Pace("full", 250, 80, 180, 1.0, 1.0, 2.0, 240, 5.0, 20, 0.13)
QUICK = Pace("quick", 15, 6, 12, 0.08, 0.08, 0.5, 60, 1.0, 4, 0.6)

FIRST_VERSIONS = {
    "catalogue": "5.0.2",
    "payment": "2.3.1",
    "orders": "1.7.4",
    "cart": "3.2.0",
    "checkout": "2.9.3",
    "gateway": "4.2.0",
}
COPIES = {"payment": 2}
PRODUCERS = (
    "opentelemetry-sdk",
    "opentelemetry-exporter-otlp-proto-http",
    "starlette",
    "uvicorn",
    "SQLAlchemy",
    "psycopg",
)


async def run_recording(scenario: Scenario, seed: int, out: Path, pace: Pace, progress: Progress) -> Path:
    """Record into `out`, which must not exist yet or be empty; cancelling leaves no child and no half recording.

    Raises what `record` raises.
    """
    if out.exists() and any(out.iterdir()):
        raise BadInput(f"Cannot record into {out}: it is not empty.", "Name a new folder.")
    work = Path(tempfile.mkdtemp(prefix="secondstory-gameday-"))
    # PostgreSQL may run as another user, who must be able to reach its folder below this one.
    work.chmod(0o755)
    scenario = scenario.drawn(random.Random(f"plan-{seed}")) if scenario.drawn else scenario
    try:
        async with (
            _running_shop(scenario, seed, pace, work, progress) as (stage, postgres),
            _reported(stage, scenario, pace, progress),
        ):
            moments = await _play(scenario, stage, pace, random.Random(f"schedule-{seed}"))
        made = Made(seed, pace.name, timedelta(seconds=pace.lead_s), _producers(postgres))
        write_folder(work / "recording", scenario, moments, stage.occurrences, stage.rules, made)
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()
        shutil.move(work / "recording", out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return out


@contextlib.asynccontextmanager
async def _running_shop(
    scenario: Scenario, seed: int, pace: Pace, work: Path, progress: Progress
) -> AsyncIterator[tuple[Stage, Postgres]]:
    """Collector, database, services and load, started in this order and ended in reverse, whatever happens."""
    cast, names = draw_cast(seed), scenario.names
    watch = Watch()
    collector = Collector(work / "recording" / "telemetry", watch)
    async with contextlib.AsyncExitStack() as ends:
        await collector.start()
        ends.push_async_callback(collector.stop)
        progress("starting the database", 0.0)
        postgres = await start_postgres(work / "postgres")
        ends.callback(postgres.stop)
        create_tables(postgres.url, names)
        rules = shop_rules(names, pace.rule_factor)
        stage = Stage(scenario, cast.people, rules, pace.evaluate_s, watch)
        stage.database_url = postgres.url
        template = Instance(
            role="",
            name="",
            version="",
            instance_id="",
            environment="production",
            collector_url=collector.url,
            directory=work / "directory.json",
            settings=work / "settings.json",
            names=names,
            database_url=postgres.url,
            export_s=pace.export_s,
            seed=seed,
            options={},
        )
        fleet = Fleet(template, work, stage.note_instance)
        # Their last export must find the collector listening, so they end in a thread while this loop goes on.
        ends.push_async_callback(asyncio.to_thread, fleet.stop)
        stage.fleet = fleet
        progress("starting the services", 0.0)
        options = _options(scenario, seed, pace)
        await asyncio.gather(
            *(
                fleet.start(role, first_version, options[role], COPIES.get(role, 1))
                for role, first_version in FIRST_VERSIONS.items()
            )
        )
        stage.keeper = Keeper(fleet, pace.export_s, collector.take_metrics)
        keeping = asyncio.create_task(stage.keeper.run())
        ends.push_async_callback(_cancel, keeping)
        load = Load(_shoppers(cast, names, pace), seed, lambda: fleet.port("gateway"))
        load.factor = scenario.load
        stage.load = load
        sending = asyncio.create_task(load.run())
        ends.push_async_callback(_cancel, sending)
        watching = asyncio.create_task(stage.watch_rules())
        ends.push_async_callback(_cancel, watching)
        yield stage, postgres


@contextlib.asynccontextmanager
async def _reported(stage: Stage, scenario: Scenario, pace: Pace, progress: Progress) -> AsyncIterator[None]:
    """Tell `progress` every second what goes on and about how much of the time has passed."""
    began_s = time.monotonic()
    about_s = 2 * pace.export_s + pace.quiet_s + (250 if scenario.truth else 130) * pace.people_factor + pace.after_s

    async def tell() -> None:
        while True:
            progress(stage.doing, min(0.99, (time.monotonic() - began_s) / about_s))
            await asyncio.sleep(1)

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        await _cancel(telling)


async def _play(scenario: Scenario, stage: Stage, pace: Pace, jitter: random.Random) -> Moments:
    """Quiet time, fault, response, quiet again; returns when what happened."""
    stage.doing = "recording quiet minutes"
    # Two exports long: the work of starting up is no part of a quiet minute.
    await asyncio.sleep(2 * pace.export_s)
    began = stage.begin()
    await asyncio.sleep(pace.quiet_s / 3)
    await stage.perform(scenario.before, jitter, pace.people_factor)
    remaining_s = pace.quiet_s - (stage.now() - began).total_seconds()
    await asyncio.sleep(max(remaining_s, 0))
    stage.refuse_unrest()
    stage.doing = "changing the shop"
    fault_from = stage.now()
    await stage.perform(scenario.fault, jitter, pace.people_factor)
    alarm = None
    if scenario.truth:
        stage.doing = "waiting for a page"
        alarm = await stage.first_page(pace.page_within_s)
        await stage.until_stopped(scenario.truth.stops, pace.page_within_s)
        stage.doing = "people respond"
        await stage.perform(scenario.response, jitter, pace.people_factor)
    if alarm is None and stage.false_alarm:
        raise LaboratoryProblem(
            f"{stage.false_alarm} paged on a day without a fault.", "Record again on a calmer machine."
        )
    recovered = stage.now()
    stage.doing = "recording quiet minutes again"
    await asyncio.sleep(pace.after_s)
    stage.refuse_unrest()
    trigger = stage.harmful_change if scenario.truth and scenario.truth.trigger else None
    return Moments(
        began=began,
        fault=stage.harmed_at or fault_from,
        ended=stage.now(),
        recovered=recovered,
        saturated=stage.saturated_at,
        alarm=alarm,
        trigger=trigger,
    )


def _options(scenario: Scenario, seed: int, pace: Pace) -> dict[str, dict[str, str]]:
    noted = random.Random(f"wishes-{seed}").choice(WISHES)
    plain = {
        "gateway": {"requests.max": "32"},
        "checkout": {},
        "cart": {"db.pool.max": "10", "db.pool.timeout_s": "5"},
        "orders": {
            "db.pool.max": str(pace.pool_max),
            "db.pool.timeout_s": "5",
            "driver.release": "caller",
            "wishes.stored": noted,
        },
        "payment": {},
        "catalogue": {},
    }
    every = {"memory.limit_mb": "192"}
    return {role: {**every, **options, **scenario.options.get(role, {})} for role, options in plain.items()}


def _shoppers(cast: Cast, names: Mapping[str, str], pace: Pace) -> Shoppers:
    return Shoppers(cast.customers, names, dict.fromkeys(WISHES, pace.wish_share))


def _producers(postgres: Postgres) -> dict[str, str]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return {name: version(name) for name in PRODUCERS} | {"PostgreSQL": postgres.version, "Python": python}


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
