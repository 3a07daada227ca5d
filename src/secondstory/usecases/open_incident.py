"""Opens incidents: from what a recording says of itself, or by hand from a window."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Alarm, HintKind, Incident, OnsetHint, Severity
from secondstory.model.segment import Privacy, Recording
from secondstory.model.system import IncidentSeed, System
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window, parse_time, wall_time
from secondstory.ports import World
from secondstory.usecases.delete_incident import require_not_deleted

_LONGEST = timedelta(days=366)
_CALENDAR = Window(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class NewIncident:
    """An incident described by hand; without a recording it gets an empty one, to import into,
    without an id one from its title.
    """

    id: str
    title: str
    severity: Severity
    time_zone: str
    window: Window
    recordings: tuple[str, ...]
    alarm_service: str | None = None


def open_seeds(actor: Actor, world: World, recording: str) -> tuple[Incident, ...]:
    """Open every incident that a recording describes; one that is open already keeps its id and takes the new facts.

    Raises BadInput where an id is taken by an incident over other recordings, or was by one that was deleted.
    """
    require(actor, Verb.OPEN_INCIDENT, None)
    known = world.recordings.get(recording)
    if known is None:
        raise NotFound(f"There is no recording {recording!r}.", "Import one with `secondstory import PATH`.")
    incidents = tuple(_kept(world, _from_seed(seed, recording)) for seed in known.seeds)
    for incident in incidents:
        world.incidents.save(incident)
    return incidents


def open_by_hand(actor: Actor, world: World, new: NewIncident) -> Incident:
    """Open an incident over recordings that exist. Raises BadInput on a taken id or an unknown recording."""
    require(actor, Verb.OPEN_INCIDENT, None)
    missing = [name for name in new.recordings if world.recordings.get(name) is None]
    if missing:
        known = ", ".join(world.recordings.names()) or "none yet"
        raise BadInput(f"There is no recording {missing[0]!r}.", f"Known recordings: {known}.")
    privacy = Privacy(world.sealed.people(), world.sealed.user_key())
    (title,) = world.redactor.sentences((new.title,), privacy)
    new = replace(new, id=new.id or id_of(title, wall_time(new.window.start, new.time_zone)))
    if world.incidents.get(new.id) is not None:
        raise BadInput(f"There is an incident {new.id} already.", "Choose another id.")
    require_not_deleted(world, new.id)
    alarm = Alarm(None, new.alarm_service, None) if new.alarm_service else None
    recordings = new.recordings or (_empty_recording(world, new.id),)
    incident = Incident(new.id, title, new.severity, new.time_zone, new.window, recordings, alarm=alarm)
    world.incidents.save(incident)
    return incident


def described(incident_id: str, title: str, severity: str, time_zone: str, window: str, recording: str) -> NewIncident:
    """An incident from what a person typed; `window` is START/END. Raises BadInput naming the part that is wrong."""
    if severity not in tuple(Severity):
        raise BadInput(f"There is no severity {severity!r}.", f"Choose one of: {', '.join(Severity)}.")
    check_zone(time_zone)
    try:
        start, _, end = window.partition("/")
        stretch = _analysable(Window(parse_time(start), parse_time(end)))
    except ValueError as error:
        raise BadInput(
            f"The window {window!r} cannot be read: {error}.",
            "Give START/END, the later one last, each with its offset: "
            "2026-01-31T14:00:00+01:00/2026-01-31T15:30:00+01:00.",
        ) from error
    return NewIncident(
        incident_id, title or incident_id, Severity(severity), time_zone, stretch, (recording,) if recording else ()
    )


def check_zone(time_zone: str) -> None:
    """Raise BadInput unless this is the name of a time zone."""
    try:
        ZoneInfo(time_zone)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:  # OSError: the name of a folder of zones
        raise BadInput(f"There is no time zone {time_zone!r}.", "Give an IANA name, such as Europe/Berlin.") from error


def id_of(title: str, local: datetime) -> str:
    """An incident's id where nobody gave one: the words of its title and the day."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "incident"
    return f"{words}-{local:%Y-%m-%d-%H%M}"


def recorded_window(actor: Actor, world: World, recording: str) -> Window | None:
    """From the first to the last row of a recording, in whole seconds; None where it has no rows."""
    require(actor, Verb.OPEN_INCIDENT, None)
    files = [file for segment in world.catalogue.segments((recording,)) for file in segment.files]
    if not files:
        return None
    first, last = min(file.first_time for file in files), max(file.last_time for file in files)
    return Window(first.replace(microsecond=0), last.replace(microsecond=0) + timedelta(seconds=1))


def _kept(world: World, described: Incident) -> Incident:
    """The incident with what a recording cannot tell of it; its evidence would not fit another recording."""
    before = world.incidents.get(described.id)
    if before is None:
        require_not_deleted(world, described.id)
        return described
    if before.recordings != described.recordings:
        raise BadInput(
            f"Recording {described.recordings[0]!r} describes incident {described.id}, which is open over recording "
            f"{', '.join(before.recordings)}.",
            f"What was read is kept. Import again with --recording {before.recordings[0]}, or open an incident over "
            "it under another id with `secondstory open`.",
        )
    return replace(described, restricted=before.restricted)


def _empty_recording(world: World, name: str) -> str:
    if world.recordings.get(name) is not None:
        raise BadInput(
            f"There is a recording {name!r} already, and it would be taken for this incident's.",
            f"Choose another id, or open the incident over it with --recording {name}.",
        )
    world.recordings.save(Recording(name, Mapping(), System()))
    return name


def _analysable(window: Window) -> Window:
    """The window, unless a slip of the pen made it so long or so far that no comparison fits into the calendar."""
    if window.end - window.start > _LONGEST:
        raise ValueError(f"it lasts {(window.end - window.start).days} days, and more than a year is no incident")
    if window.start < _CALENDAR.start or window.end > _CALENDAR.end:
        raise ValueError("it lies outside the years 2000 to 2099")
    return window


def _from_seed(seed: IncidentSeed, recording: str) -> Incident:
    try:
        alarm = Alarm(
            time=parse_time(seed.alarm_time) if seed.alarm_time else None,
            service=seed.alarm_service,
            indicator=seed.alarm_indicator,
            attributes=seed.alarm_attributes,
        )
        hint = (
            OnsetHint(parse_time(seed.hint_time), HintKind(seed.hint_kind))
            if seed.hint_time and seed.hint_kind
            else None
        )
        return Incident(
            id=seed.id,
            title=seed.title,
            severity=Severity(seed.severity),
            time_zone=seed.time_zone,
            window=_analysable(seed.window),
            recordings=(recording,),
            reference=seed.reference,
            alarm=alarm if any((alarm.time, alarm.service, alarm.indicator)) else None,
            onset_hint=hint,
        )
    except (ValueError, KeyError) as error:
        raise BadInput(
            f"Recording {recording!r} describes incident {seed.id!r} in a way that cannot be used: {error}.",
            "Mend its description and import again.",
        ) from error
