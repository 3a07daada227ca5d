"""Opens an incident from a notification of alerts, once: repetitions and the alerts' ends go to the same incident.

The notification is imported like a file, into a recording of the incident's own, so what opened it is evidence too.
Telemetry of the outage is imported into that recording later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput
from secondstory.model.incident import Alarm, Incident, Severity
from secondstory.model.segment import Privacy
from secondstory.model.window import Window, wall_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.firings import Firing, firings
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.open_incident import check_zone, id_of
from secondstory.usecases.policy import read_policy
from secondstory.usecases.uploads import keep_upload

LARGEST_NOTIFICATION = 1024 * 1024
_BEFORE = timedelta(minutes=30)  # an alert fires after what it tells of began
_AFTER = timedelta(minutes=30)
_WHILE_FIRING = timedelta(hours=1)


@dataclass(frozen=True)
class FromAlert:
    """The incident that a notification belongs to; `is_new`: it was opened by this one."""

    incident: Incident
    is_new: bool


def open_from_alert(actor: Actor, world: World, data: bytes, time_zone: str = "UTC") -> FromAlert:
    """Open the incident that a notification tells of, or bring the notification to the one that its alerts opened.

    Raises BadInput where it is too large, of no known format, or tells of no alert that fired.
    """
    require(actor, Verb.OPEN_INCIDENT, None)
    require(actor, Verb.IMPORT, None)
    check_zone(time_zone)
    if len(data) > LARGEST_NOTIFICATION:
        raise BadInput(say("opening.too_large"), say("opening.too_large_next"))
    told = firings(data, world.sources)
    if not told:
        raise BadInput(say("opening.no_alert"), say("opening.no_alert_next"))
    first = told[0]
    # Named after its service: of the title it is not known yet whom it names.
    fresh = _free(world, id_of(first.service or "alert", wall_time(first.since, time_zone)))
    incident_id = world.alert_spells.claim(tuple(one.key for one in told), fresh)
    held = world.incidents.get(incident_id)
    name = f"notification-{sha256(data).hexdigest()[:12]}.json"
    recording = held.recordings[0] if held is not None else incident_id
    folder = keep_upload(actor, world, [(name, BytesIO(data))])
    import_path(actor, world, ImportRequest(folder, recording), lambda *_: None)
    # After the import: it seals the names of those whom the notification speaks of.
    incident = _opened(world, incident_id, told, time_zone) if held is None else _widened(held, told)
    if incident != held:
        world.incidents.save(incident)
    return FromAlert(incident, held is None)


def _free(world: World, plain: str) -> str:
    """An id of no incident and no recording yet: both are made."""
    number, free = 1, plain
    while world.incidents.get(free) or world.recordings.get(free) or world.tombstones.of(free):
        number += 1
        free = f"{plain}-{number}"
    return free


def _opened(world: World, incident_id: str, told: tuple[Firing, ...], time_zone: str) -> Incident:
    first = told[0]
    (title,) = world.redactor.sentences((first.title,), Privacy(world.sealed.people(), world.sealed.user_key()))
    return Incident(
        id=incident_id,
        title=title or incident_id,
        severity=_worst(world, told),
        time_zone=time_zone,
        window=_window(told),
        recordings=(incident_id,),
        alarm=Alarm(first.since, first.service or None, None),
    )


def _worst(world: World, told: tuple[Firing, ...]) -> Severity:
    policy = read_policy(world)
    return min((policy.severity_of(one.urgency) for one in told), key=tuple(Severity).index)


def _window(told: tuple[Firing, ...]) -> Window:
    """From before the first alert to after the last; of one that still fires the end is not known."""
    ends = [one.until + _AFTER if one.until is not None else one.since + _WHILE_FIRING for one in told]
    return Window(told[0].since - _BEFORE, max(ends))


def _widened(held: Incident, told: tuple[Firing, ...]) -> Incident:
    """The incident with a window that holds these alerts too; it never shrinks, for somebody may have set it."""
    now = _window(told)
    window = Window(min(held.window.start, now.start), max(held.window.end, now.end))
    if any(piece.overlaps(window) for piece in held.reference):  # somebody said that this time was quiet
        return held
    return replace(held, window=window)
