"""Looks at the installation as a whole: what works, what does not, and the next step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import EvidenceMismatch, Unavailable
from secondstory.ports import World

_ROOM_GB = 2.0
_SOFTWARE_YEAR = 2026  # a clock that shows an earlier year is wrong for certain


@dataclass(frozen=True)
class Check:
    """One look: state is ok, note or fails."""

    name: str
    state: str
    found: str
    next_step: str


def check_up(actor: Actor, world: World) -> tuple[Check, ...]:
    """All checks, none of which changes anything."""
    require(actor, Verb.ADMINISTER, None)
    return tuple(_checks(actor, world))


def _checks(actor: Actor, world: World) -> Iterator[Check]:
    free_gb = shutil.disk_usage(world.data_dir).free / 1e9
    room = "ok" if free_gb >= _ROOM_GB else "fails"
    yield Check(
        "data directory", room, f"{world.data_dir}, {free_gb:.0f} GB free", "" if room == "ok" else "Free disk space."
    )
    year = world.clock.now().year
    clock = "ok" if year >= _SOFTWARE_YEAR else "fails"
    yield Check("clock", clock, f"year {year}", "" if clock == "ok" else "Set the machine's clock.")
    yield _key_check(world.data_dir / "sealed.key")
    yield _engine_check(world)
    yield Check("sources", "ok", ", ".join(source.name for source in world.sources), "")
    yield from _segment_checks(world)
    yield from _evidence_checks(actor, world)
    for job in world.jobs.all():
        if job.state in ("waiting", "running", "failed"):
            found = f"{job.kind} {job.id} is {job.state} {job.step} {job.error}".strip()
            next_step = "Import it again." if job.state == "failed" else "It goes on at the next import."
            yield Check("job", "note", found, next_step)
    yield _laboratory_check()


def _key_check(key: Path) -> Check:
    open_to_others = key.exists() and key.stat().st_mode & 0o077
    return Check(
        "sealed layer",
        "fails" if open_to_others else "ok",
        "the key can be read by others" if open_to_others else "the key is readable by its owner only",
        f"chmod 600 {key}" if open_to_others else "",
    )


def _engine_check(world: World) -> Check:
    try:
        return Check("engine", "ok", world.warehouse.engine, "")
    except Unavailable as error:
        return Check("engine", "fails", error.what, error.next_step)


def _segment_checks(world: World) -> Iterator[Check]:
    for name in world.recordings.names():
        aged = world.ages.of((name,))
        given_up = sum(file.rows for one in aged if one.retired_at is not None for file in one.segment.files)
        files = [file for one in aged if one.retired_at is None for file in one.segment.files]
        try:
            lost = world.files.missing(tuple(file.path for file in files))
        except Unavailable as error:
            yield Check(f"recording {name}", "fails", error.what, error.next_step)
            continue
        rows = sum(file.rows for file in files)
        if lost:
            yield Check(
                f"recording {name}", "fails", f"{len(lost)} files are gone, first {lost[0]}", "Restore a backup."
            )
        else:
            gone = f"; {given_up:,} more were given up when their time was over" if given_up else ""
            yield Check(f"recording {name}", "ok", f"{rows:,} rows in {len(files)} files{gone}", "")


def _evidence_checks(actor: Actor, world: World) -> Iterator[Check]:
    for incident in world.incidents.visible_to(actor):
        try:
            frozen = world.freezer.frozen(incident.id)
        except EvidenceMismatch as error:
            yield Check(f"evidence of {incident.id}", "fails", error.what, error.next_step)
        else:
            yield Check(f"evidence of {incident.id}", "ok", f"{len(frozen)} pieces match their hashes", "")


def _laboratory_check() -> Check:
    found = shutil.which("postgres") or next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))), None)
    if found:
        return Check("laboratory", "ok", f"PostgreSQL at {found}", "")
    return Check(
        "laboratory",
        "note",
        "no PostgreSQL server binary; only `gameday record` needs one",
        "apt-get install postgresql",
    )
