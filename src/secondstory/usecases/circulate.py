"""Sends a published version to the people of its incident: the bottom line first, then what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from secondstory.access import Verb, may, require
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.mail import Attachment, Letter, Posted
from secondstory.model.publication import CIRCULATED, Publication, PublishedFile
from secondstory.model.report import Claim, Paragraph, ReportBody, Rows, Section
from secondstory.ports import World
from secondstory.stages.report import agreed_rows
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.publish import DOCUMENT, one_version

_FORMS = ("pdf", "html")  # the first that was kept is attached
_MOST_ACTIONS = 12


@dataclass(frozen=True)
class Circulation:
    """Who gets a version, and how far each letter came; people by token."""

    number: int
    known: tuple[str, ...]  # who can be written to
    unknown: tuple[str, ...]  # who takes part and has no address
    letters: tuple[Posted, ...]


def circulation(actor: Actor, world: World, incident_id: str, number: int) -> Circulation:
    """Who gets a version, and who did. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    one_version(actor, world, incident_id, number)
    start = _key(incident_id, number, "")
    sent = tuple(one for one in world.outbox.posted(incident_id) if one.key.startswith(start))
    people, reached = _people(world, incident_id), world.addresses.known()
    known = tuple(one for one in people if one in reached)
    return Circulation(number, known, tuple(one for one in people if one not in reached), sent)


def circulate(
    actor: Actor, world: World, incident_id: str, number: int, to: tuple[str, ...] = (), link: str = ""
) -> Circulation:
    """Queue the letters, one a person and version, whatever happens; without names to everybody with an address.

    Raises BadInput where somebody has no part in the incident, NotFound where nobody can be written to.
    """
    require(actor, Verb.PUBLISH, incident_id)
    version = one_version(actor, world, incident_id, number)
    people = _people(world, incident_id)
    for token in to:
        if token not in people:
            told = say("publishing.not_there", token=token)
            raise BadInput(told, say("publishing.not_there_next", known=", ".join(people)))
    recipients = to or circulation(actor, world, incident_id, number).known
    if not recipients:
        raise NotFound(say("publishing.nobody"), say("publishing.nobody_next"))
    for token in recipients:
        world.outbox.put(_letter(world, version, token, link), world.clock.now())
    return circulation(actor, world, incident_id, number)


def _people(world: World, incident_id: str) -> tuple[str, ...]:
    """Who may read the incident: its members, and the owner."""
    members = [Actor(one.actor_id, roles=((incident_id, one.role),)) for one in world.members.of(incident_id)]
    return tuple(dict.fromkeys(one.id for one in (LOCAL_OWNER, *members) if may(one, Verb.EXPORT, incident_id)))


def _key(incident_id: str, number: int, token: str) -> str:
    return f"{CIRCULATED}{incident_id}/{number}/{token}"


def _letter(world: World, version: Publication, token: str, link: str) -> Letter:
    stored = world.publications.file(version.incident_id, version.number, f"{DOCUMENT}.json")
    assert stored is not None, "every version is kept as JSON"
    body = decode(stored.data, Document[ReportBody]).body
    severity = record_now(world, get_incident(world, version.incident_id)).severity.value
    subject = say("publishing.subject", severity=severity, title=version.title, number=version.number)
    file = _attached(world, version)
    told = _parts(body, version, link, file is not None)
    name = f"{version.incident_id}-v{version.number}"
    attachments = (Attachment(f"{name}.{file.name.rpartition('.')[2]}", file.media_type, file.data),) if file else ()
    return Letter(
        key=_key(version.incident_id, version.number, token),
        to=token,
        subject=" ".join(subject.split()),
        text="\n\n".join(text for _, text in told) + "\n",
        html="".join(_tag(tag, text) for tag, text in told),
        attachments=attachments,
        incident_id=version.incident_id,
    )


def _parts(body: ReportBody, version: Publication, link: str, has_file: bool) -> list[tuple[str, str]]:
    """The letter as (kind, text), the bottom line first."""
    summary = " ".join(_words(claim) for claim in _bluf(body))
    parts = [("h", version.title), ("p", summary)]
    for heading, told in (("mail_actions", _agreed(body)), ("mail_proposed", _proposed(body))):
        if told:
            lines = "\n".join(f"- {one}" for one in told[:_MOST_ACTIONS])
            parts += [("h", say(f"publishing.{heading}")), ("ul", lines)]
    if version.note:
        parts.append(("p", version.note))
    if link:
        parts.append(("p", say("publishing.mail_link", link=link)))
    if has_file:
        parts.append(("p", say("publishing.mail_attached")))
    parts += [("p", say("publishing.mail_thanks")), ("p", say("publishing.mail_rule"))]
    return [*parts, ("p", say("publishing.mail_version", number=version.number, hash=version.hash[:16]))]


def _bluf(body: ReportBody) -> tuple[Claim, ...]:
    section = _section(body, "bluf")
    blocks = section.blocks if section is not None else ()
    return tuple(
        claim
        for block in blocks
        if isinstance(block, Paragraph) and block.voice != "dateline"
        for claim in block.claims
    )


def _agreed(body: ReportBody) -> list[str]:
    """What was agreed and not called off, with owner and day."""
    gone = say("plan.progress_cancelled")
    rows = (row | {"action": row["action"].rstrip(".")} for row in agreed_rows(body) if row["stands"] != gone)
    return [say("publishing.mail_action", **row).replace("`", "") for row in rows]


def _proposed(body: ReportBody) -> list[str]:
    """What the analysis proposes and nobody has agreed to."""
    section = _section(body, "actions")
    blocks = section.blocks if section is not None else ()
    rows = [row for block in blocks if isinstance(block, Rows) and block.look == "actions" for row in block.rows]
    return [row.cells[0].replace("`", "") for row in rows]


def _section(body: ReportBody, key: str) -> Section | None:
    return next((section for section in body.sections if section.key == key), None)


def _words(claim: Claim) -> str:
    return claim.text.replace("`", "").replace("**", "")


def _attached(world: World, version: Publication) -> PublishedFile | None:
    for form in _FORMS:
        if (file := world.publications.file(version.incident_id, version.number, f"{DOCUMENT}.{form}")) is not None:
            return file
    return None


def _tag(kind: str, text: str) -> str:
    if kind == "ul":
        items = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in text.splitlines())
        return f"<ul>{items}</ul>"
    return f"<h2>{escape(text)}</h2>" if kind == "h" else f"<p>{escape(text)}</p>"
