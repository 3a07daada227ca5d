"""Telemetry that an incident was analysed with and that is not here any more, or never was: told as a gap."""

from __future__ import annotations

from secondstory.model.gap import Gap, GapReason
from secondstory.model.incident import Incident
from secondstory.model.segment import Segment
from secondstory.model.subject import subject_key
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.origin import came_without_telemetry


def gaps_not_kept(world: World, incident: Incident) -> tuple[Gap, ...]:
    """A gap for each recording whose rows were given up or stayed elsewhere; frozen evidence is there all the same."""
    stayed = came_without_telemetry(world, incident.id)
    gaps = []
    for name in incident.recordings:
        aged = world.ages.of((name,))
        given_up = [one.retired_at for one in aged if one.retired_at is not None]
        key = subject_key("gap", "not-kept", name)
        if given_up:
            some = say("gaps.not_kept_all" if len(given_up) == len(aged) else "gaps.not_kept_some")
            detail = say("gaps.given_up", some=some, recording=name, day=f"{max(given_up):%Y-%m-%d}")
            gaps.append(Gap(key, name, None, GapReason.NOT_KEPT, detail))
        elif stayed and world.files.missing(_paths(tuple(one.segment for one in aged))):
            gaps.append(Gap(key, name, None, GapReason.NOT_KEPT, say("gaps.stayed_elsewhere", recording=name)))
    return tuple(gaps)


def segments_here(world: World, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Those whose files are all here."""
    missing = set(world.files.missing(_paths(segments)))
    return tuple(one for one in segments if not any(file.path in missing for file in one.files))


def _paths(segments: tuple[Segment, ...]) -> tuple[str, ...]:
    return tuple(file.path for one in segments for file in one.files)
