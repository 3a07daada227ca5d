"""Publishes a document as a version that never changes, hands out what was kept, and compares versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import unified_diff
from itertools import islice

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.dial import Dial
from secondstory.model.document import Document, make_document
from secondstory.model.errors import BadInput, NotFound, Unavailable
from secondstory.model.publication import CheckKind, DiffLine, Edition, Publication, PublishedFile
from secondstory.model.report import ReportBody
from secondstory.model.text import ReviewState
from secondstory.ports import World
from secondstory.stages.report import imprinted, report_formats, with_names
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.editions import cut
from secondstory.usecases.export_report import Format, written
from secondstory.usecases.people import public_names
from secondstory.usecases.review import Ready, ReviewNow, needs, prepared, step


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
    drafted = Publication(
        incident_id=incident_id,
        number=max((one.number for one in ready.now.publications), default=0) + 1,
        title=ready.document.body.title,
        hash="",
        text_hash=ready.now.review.hash,
        actor_id=actor.id,
        approved_by=ready.now.review.steps[0].actor,
        at=world.clock.now(),
        note=note,
        overrides=tuple(one for one in ready.now.checks if one.override),
        files=(),
    )
    document = _imprinted(world, ready, drafted)
    files, without = _rendered(world, document)
    publication = replace(drafted, hash=document.hash, files=tuple(file.name for file in files))
    world.publications.add(publication, files)
    world.prebriefs.forget(incident_id)  # private talks were for the meeting alone
    step(actor, world, incident_id, (ReviewState.PUBLISHED, publication.text_hash, note))
    return Published(publication, without)


def versions(actor: Actor, world: World, incident_id: str) -> tuple[Publication, ...]:
    """The published versions, the newest first."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return world.publications.of(incident_id)


def published_file(
    actor: Actor, world: World, incident_id: str, number: int, suffix: str, edition: Edition = Edition.WHOLE
) -> PublishedFile:
    """A version in one form, as it was rendered when it was published. Raises NotFound."""
    require(actor, Verb.EXPORT, incident_id)
    version = one_version(actor, world, incident_id, number)
    name = f"{edition.value}.{suffix}"
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
    require(actor, Verb.EXPORT, incident_id)
    before, after = (_text(actor, world, incident_id, number) for number in (older, newer))
    lines = islice(unified_diff(before, after, n=1, lineterm=""), 2, None)  # the names of the files say nothing here
    return tuple(DiffLine(line[0], line[1:]) for line in lines if not line.startswith("@@"))


def _text(actor: Actor, world: World, incident_id: str, number: int) -> list[str]:
    """What a version says, but for which version it says that it is."""
    version = one_version(actor, world, incident_id, number)
    text = published_file(actor, world, incident_id, number, "md").data.decode()
    return text.replace(f" · {_imprint(world, version)}", "", 1).splitlines()


def _settled(now: ReviewNow, incident_id: str) -> None:
    held = [one for one in now.checks if one.holds_back]
    if held:
        key = "publishing.held_back" if len(held) > 1 else "publishing.held_back_one"
        told = say(key, count=len(held), reason=held[0].reason)
        raise BadInput(told, say("publishing.held_back_next", incident=incident_id))


def _imprint(world: World, version: Publication) -> str:
    """Which version it is, of what day, and who agreed."""
    incident = get_incident(world, version.incident_id)
    day = Dial.of(incident.time_zone, incident.window).day(version.at)
    return say("publishing.imprint", number=version.number, day=day, role=version.approved_by)


def _imprinted(world: World, ready: Ready, version: Publication) -> Document[ReportBody]:
    """The document as this version, made from the one that was approved."""
    whole = ready.document
    old = tuple(
        say("publishing.although", why=one.override) for one in version.overrides if one.kind is CheckKind.OUTDATED
    )
    passed = tuple(
        say("publishing.passed", role=one.override_by, reason=one.reason, why=one.override) for one in version.overrides
    )
    body = imprinted(whole.body, (_imprint(world, version), *old), passed)
    body = with_names(body, public_names(world, version.incident_id))
    code = whole.envelope.code_version
    return make_document("report", body, inputs=(("approved", whole.hash),), code_version=code)


def _rendered(world: World, document: Document[ReportBody]) -> tuple[tuple[PublishedFile, ...], tuple[str, ...]]:
    """Every form of each edition; one whose program is not installed is left out, with the reason."""
    files, without = [], dict[str, None]()
    forms: tuple[Format, ...] = (*report_formats(), *world.renderers)
    for edition in Edition:
        told = cut(document, edition)
        for form in forms:
            try:
                data = written(form, told)
            except Unavailable as error:
                without[str(error)] = None
            else:
                files.append(PublishedFile(f"{edition.value}.{form.suffix}", form.media_type, data))
    return tuple(files), tuple(without)
