"""What goes by itself and when: raw telemetry and names, each after its days, and nothing under legal hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from secondstory.access import Verb, require
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import BadInput
from secondstory.model.retention import Due, Hold, RetainedClass, RetentionPolicy, over_at
from secondstory.ports import AgedSegment, World
from secondstory.texts import say
from secondstory.usecases.room.unnaming import take_out_of_notes
from secondstory.usecases.settings_file import read_settings, write_settings
from secondstory.usecases.speaking_of import incidents_by_token

EVERY = timedelta(days=1)
_FILE = "retention.json"
_SHOWN = 5


@dataclass(frozen=True)
class Retention:
    """The days that hold, what goes when (the next first), and what is under legal hold."""

    policy: RetentionPolicy
    now: datetime
    due: tuple[Due, ...]
    holds: tuple[Hold, ...]

    @property
    def going(self) -> tuple[Due, ...]:
        """What would go now."""
        return tuple(one for one in self.due if one.goes(self.now))


def retention(actor: Actor, world: World) -> Retention:
    """What goes and when; nothing is changed. For the owner. Raises BadInput where the settings were broken by hand."""
    require(actor, Verb.ADMINISTER, None)
    policy = read_retention(world)
    holds = world.holds.all()
    held = frozenset(one.incident_id for one in holds)
    due = (*_telemetry(world, policy, held), *_names(world, policy, held))
    far = datetime.max.replace(tzinfo=world.clock.now().tzinfo)
    ordered = sorted(due, key=lambda one: (one.due_at or far, one.kind, one.subject))
    return Retention(policy, world.clock.now(), tuple(ordered), holds)


def apply_retention(actor: Actor, world: World) -> tuple[Due, ...]:
    """Let go what is due, durably, with one line in the audit; gives what went. For the owner."""
    require(actor, Verb.ADMINISTER, None)
    now = world.clock.now()
    going = retention(actor, world).going
    if going:
        world.audit.remark(_told(going))
    else:
        world.audit.remark(say("retention.did_begin"))
    for one in going:
        if one.kind is RetainedClass.TELEMETRY:
            _give_up_telemetry(world, one.subject, read_retention(world), now)
        else:
            take_out_of_notes(world, one.subject)
            world.erasure.erase(one.subject)
    _remove_files(world)
    world.ages.begin(now)
    return going


def read_retention(world: World) -> RetentionPolicy:
    """The days that hold. Raises BadInput where the file was broken by hand."""
    return read_settings(world.data_dir / _FILE, RetentionPolicy, RetentionPolicy())


def change_retention(actor: Actor, world: World, telemetry_days: int | None, names_days: int | None) -> RetentionPolicy:
    """Set the days; None = for good. It holds from the next round on. Raises BadInput."""
    require(actor, Verb.ADMINISTER, None)
    try:
        changed = RetentionPolicy(telemetry_days, names_days)
    except ValueError as error:
        raise BadInput(say("retention.unusable", fault=error), say("retention.unusable_next")) from error
    write_settings(world.data_dir / _FILE, changed)
    return changed


def _telemetry(world: World, policy: RetentionPolicy, held: frozenset[str]) -> Iterator[Due]:
    """Each recording, with the rows that go next: all that came on the same day are told as one."""
    users: dict[str, list[str]] = {}
    for incident in world.incidents.visible_to(LOCAL_OWNER):
        for name in incident.recordings:
            users.setdefault(name, []).append(incident.id)
    now = world.clock.now()
    for name in world.recordings.names():
        kept = [one for one in world.ages.of((name,)) if one.retired_at is None and one.segment.files]
        if not kept:
            continue
        first = min((one.since or now) for one in kept)
        day = max(now, over_at(first, policy.telemetry_days) or now)
        going = [one for one in kept if (over_at(one.since or now, policy.telemetry_days) or day) <= day]
        files = [file for one in going for file in one.segment.files]
        incidents = tuple(users.get(name, ()))
        yield Due(
            kind=RetainedClass.TELEMETRY,
            subject=name,
            incidents=incidents,
            count=sum(file.rows for file in files),
            bytes=sum(file.bytes for file in files),
            due_at=over_at(first, policy.telemetry_days),
            held_by=tuple(one for one in incidents if one in held),
        )


def _names(world: World, policy: RetentionPolicy, held: frozenset[str]) -> Iterator[Due]:
    """Each person of whom an incident speaks; the time begins once all those incidents are published."""
    published: dict[str, datetime | None] = {}
    for token, incidents in incidents_by_token(world).items():
        for one in incidents:
            if one not in published:
                published[one] = next((version.at for version in world.publications.of(one)), None)
        times = [published[one] for one in incidents]
        last = max((at for at in times if at is not None), default=None) if None not in times else None
        yield Due(
            kind=RetainedClass.NAMES,
            subject=token,
            incidents=incidents,
            count=1,
            bytes=0,
            due_at=over_at(last, policy.names_days),
            held_by=tuple(one for one in incidents if one in held),
        )


def _give_up_telemetry(world: World, recording: str, policy: RetentionPolicy, now: datetime) -> None:
    """Noted first: a process that dies in between leaves files that the next round removes."""
    over = tuple(
        one
        for one in world.ages.of((recording,))
        if one.retired_at is None and (end := over_at(one.since, policy.telemetry_days)) is not None and end <= now
    )
    world.ages.retire(over, now)


def _remove_files(world: World) -> None:
    """Remove the files of all that was given up, but those that another recording still needs."""
    every = world.ages.of(world.recordings.names())
    needed = {path for one in every if one.retired_at is None for path in _paths(one)}
    given_up = dict.fromkeys(path for one in every if one.retired_at is not None for path in _paths(one))
    world.files.remove(tuple(path for path in given_up if path not in needed))


def _paths(one: AgedSegment) -> tuple[str, ...]:
    return tuple(file.path for file in one.segment.files)


def _told(going: tuple[Due, ...]) -> str:
    listed = ", ".join(f"{one.kind.value} of {one.subject}" for one in going[:_SHOWN])
    more = f" +{len(going) - _SHOWN}" if len(going) > _SHOWN else ""
    return say("retention.did_apply", listed=f"{listed}{more}")
