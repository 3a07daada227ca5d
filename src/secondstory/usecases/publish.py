"""Publishes a document as a version that never changes, hands out what was kept, and compares versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import unified_diff
from itertools import islice

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import content_hash
from secondstory.model.errors import BadInput, NotFound, Unavailable
from secondstory.model.publication import DiffLine, Publication, PublishedFile
from secondstory.model.text import ReviewState
from secondstory.ports import World
from secondstory.stages.report import report_formats
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.review import Ready, ReviewNow, needs, prepared, step

DOCUMENT = "document"
"""Name of a published file, before its suffix."""


@dataclass(frozen=True)
class Published:
    """A new version, and forms that it could not be kept in, each with the reason."""

    publication: Publication
    without: tuple[str, ...]


def publish(actor: Actor, world: World, incident_id: str, note: str = "") -> Published:
    """Publish the approved text. Raises BadInput where it is not approved, or where a finding holds it back."""
    require(actor, Verb.PUBLISH, incident_id)
    ready = prepared(actor, world, incident_id)
    needs(ready.now, incident_id, ReviewState.APPROVED)
    _settled(ready.now, incident_id)
    number = max((one.number for one in ready.now.publications), default=0) + 1
    files, without = _rendered(world, ready)
    publication = Publication(
        incident_id=incident_id,
        number=number,
        title=ready.document.body.title,
        hash=content_hash(ready.document.body),
        text_hash=ready.now.review.hash,
        actor_id=actor.id,
        approved_by=ready.now.review.steps[0].actor,
        at=world.clock.now(),
        note=note,
        overrides=tuple(one for one in ready.now.checks if one.override),
        files=tuple(file.name for file in files),
    )
    world.publications.add(publication, files)
    step(actor, world, incident_id, (ReviewState.PUBLISHED, publication.text_hash, note))
    return Published(publication, without)


def versions(actor: Actor, world: World, incident_id: str) -> tuple[Publication, ...]:
    """The published versions, the newest first."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return world.publications.of(incident_id)


def published_file(actor: Actor, world: World, incident_id: str, number: int, suffix: str) -> PublishedFile:
    """A version in one form, as it was rendered when it was published. Raises NotFound."""
    require(actor, Verb.EXPORT, incident_id)
    version = one_version(actor, world, incident_id, number)
    name = f"{DOCUMENT}.{suffix}"
    file = world.publications.file(incident_id, number, name)
    if file is None:
        told = say("publishing.no_file", number=number, name=suffix)
        raise NotFound(told, say("publishing.no_file_next", names=", ".join(version.files)))
    return file


def one_version(actor: Actor, world: World, incident_id: str, number: int) -> Publication:
    """A version by its number. Raises NotFound."""
    found = next((one for one in versions(actor, world, incident_id) if one.number == number), None)
    if found is None:
        told = say("publishing.no_version", incident=incident_id, number=number)
        raise NotFound(told, say("publishing.no_version_next", incident=incident_id))
    return found


def compare(actor: Actor, world: World, incident_id: str, older: int, newer: int) -> tuple[DiffLine, ...]:
    """What differs between two versions, with a line of what stands around it."""
    before, after = (_text(actor, world, incident_id, number) for number in (older, newer))
    lines = islice(unified_diff(before, after, n=1, lineterm=""), 2, None)  # the names of the files say nothing here
    return tuple(DiffLine(line[0], line[1:]) for line in lines if not line.startswith("@@"))


def _text(actor: Actor, world: World, incident_id: str, number: int) -> list[str]:
    return published_file(actor, world, incident_id, number, "md").data.decode().splitlines()


def _settled(now: ReviewNow, incident_id: str) -> None:
    held = [one for one in now.checks if one.holds_back]
    if held:
        key = "publishing.held_back" if len(held) > 1 else "publishing.held_back_one"
        told = say(key, count=len(held), reason=held[0].reason)
        raise BadInput(told, say("publishing.held_back_next", incident=incident_id))


def _rendered(world: World, ready: Ready) -> tuple[tuple[PublishedFile, ...], tuple[str, ...]]:
    """Every form of the document; one whose program is not installed is left out, with the reason."""
    stamped = replace(ready.document, hash=content_hash(ready.document.body))
    files = [PublishedFile(f"{DOCUMENT}.{one.suffix}", one.media_type, one.render(stamped)) for one in report_formats()]
    without = []
    for renderer in world.renderers:
        try:
            data = renderer.open().render(stamped)
        except Unavailable as error:
            without.append(str(error))
        else:
            files.append(PublishedFile(f"{DOCUMENT}.{renderer.suffix}", renderer.media_type, data))
    return tuple(files), tuple(without)
