"""Sends a published version to the people of its incident: the bottom line first, then what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from secondstory.access import Verb, may, require
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.mail import Attachment, Letter, Posted
from secondstory.model.publication import CIRCULATED, Edition, Publication, PublishedFile
from secondstory.model.report import Bullets, Claim, Paragraph, ReportBody, Rows, Section
from secondstory.ports import World
from secondstory.stages.report import agreed_rows, short_form
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.publish import one_version

_FORMS = ("pdf", "html")  # the first that was kept is attached
_MOST_ACTIONS = 12
LOOK = "max-width:640px;font-family:Georgia,serif;font-size:16px;line-height:1.5"
"""How a letter is set."""
_SHORT = (Role.EXECUTIVE,)  # who gets the one page unless somebody says otherwise


@dataclass(frozen=True)
class Mailing:
    """How a version is sent: to whom, nobody named = everybody with an address; `edition` None = by each one's role."""

    to: tuple[str, ...] = ()
    edition: Edition | None = None
    link: str = ""  # where the document is read; "" = the letter names no place


@dataclass(frozen=True)
class Circulation:
    """Who gets a version, and how far each letter came; people by token."""

    number: int
    known: tuple[str, ...]  # who can be written to
    unknown: tuple[str, ...]  # who takes part and has no address
    letters: tuple[Posted, ...]
    short: tuple[str, ...] = ()  # who gets the executive short form by their role


def circulation(actor: Actor, world: World, incident_id: str, number: int) -> Circulation:
    """Who gets a version, and who did. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    one_version(actor, world, incident_id, number)
    start = _key(incident_id, number, "")
    sent = tuple(one for one in world.outbox.posted(incident_id) if one.key.startswith(start))
    people, reached = recipients_of(world, incident_id), world.addresses.known()
    known, unknown = ({one: role for one, role in people.items() if (one in reached) is has} for has in (True, False))
    short = tuple(one for one, role in people.items() if role in _SHORT)
    return Circulation(number, tuple(known), tuple(unknown), sent, short)


def circulate(actor: Actor, world: World, incident_id: str, number: int, mailing: Mailing = Mailing()) -> Circulation:
    """Queue the letters, one a person and version, whatever happens.

    Raises BadInput where somebody has no part in the incident, NotFound where nobody can be written to.
    """
    require(actor, Verb.PUBLISH, incident_id)
    version = one_version(actor, world, incident_id, number)
    people = recipients_of(world, incident_id)
    for token in mailing.to:
        if token not in people:
            told = say("publishing.not_there", token=token)
            raise BadInput(told, say("publishing.not_there_next", known=", ".join(people)))
    recipients = mailing.to or circulation(actor, world, incident_id, number).known
    if not recipients:
        raise NotFound(say("publishing.nobody"), say("publishing.nobody_next"))
    letters = _Letters(world, version, mailing.link)
    for token in recipients:
        by_role = Edition.EXECUTIVE if people[token] in _SHORT else Edition.WHOLE
        world.outbox.put(letters.to(token, mailing.edition or by_role), world.clock.now())
    return circulation(actor, world, incident_id, number)


def recipients_of(world: World, incident_id: str) -> dict[str, Role | None]:
    """Who may read the incident with their roles in it: its members, and the owner."""
    members = [Actor(one.actor_id, roles=((incident_id, one.role),)) for one in world.members.of(incident_id)]
    able = (one for one in (*members, LOCAL_OWNER) if may(one, Verb.EXPORT, incident_id))
    return {LOCAL_OWNER.id: None} | {one.id: dict(one.roles).get(incident_id) for one in able}


def _key(incident_id: str, number: int, token: str) -> str:
    return f"{CIRCULATED}{incident_id}/{number}/{token}"


@dataclass(frozen=True)
class _Letters:
    """The letters of one version; each edition is read once."""

    world: World
    version: Publication
    link: str

    def to(self, token: str, edition: Edition) -> Letter:
        """The letter to one person."""
        version = self.version
        severity = record_now(self.world, get_incident(self.world, version.incident_id)).severity.value
        subject = say("publishing.subject", severity=severity, title=version.title, number=version.number)
        file = self._attached(edition)
        told = self._parts(edition, file)
        name = f"{version.incident_id}-v{version.number}"
        return Letter(
            key=_key(version.incident_id, version.number, token),
            to=token,
            subject=" ".join(subject.split()),
            text="\n\n".join(text for _, text in told) + "\n",
            html=f'<div style="{LOOK}">{"".join(tagged(tag, text) for tag, text in told)}</div>',
            attachments=(Attachment(_name(name, file.name), file.media_type, file.data),) if file else (),
            incident_id=version.incident_id,
        )

    def _parts(self, edition: Edition, file: PublishedFile | None) -> list[tuple[str, str]]:
        """The letter as (kind, text), the bottom line first."""
        version = self.version
        body = self._body()
        short = short_form(body)
        parts = [("h", version.title), ("p", " ".join(words_of(claim) for claim in claims_in(short, "bluf")))]
        for heading, what in (("mail_actions", _agreed(body)), ("mail_proposed", _proposed(body))):
            if what:
                parts += [
                    ("h", say(f"publishing.{heading}")),
                    ("ul", "\n".join(f"- {one}" for one in what[:_MOST_ACTIONS])),
                ]
        asked = claims_in(short, "asked") if edition is Edition.EXECUTIVE else ()
        if asked:
            parts += [
                ("h", say("executive.section_asked")),
                ("ul", "\n".join(f"- {words_of(claim)}" for claim in asked)),
            ]
        if version.note:
            parts.append(("p", version.note))
        if self.link:
            parts.append(("a", say("publishing.mail_link", link=self.link)))
        if file:
            is_page = edition is Edition.EXECUTIVE and file.name.startswith(Edition.EXECUTIVE.value)
            parts.append(("p", say("publishing.mail_attached_page" if is_page else "publishing.mail_attached")))
        parts += [("p", say("publishing.mail_thanks")), ("p", say("publishing.mail_rule"))]
        return [*parts, ("p", say("publishing.mail_version", number=version.number, hash=version.hash[:16]))]

    def _body(self) -> ReportBody:
        stored = self.world.publications.file(
            self.version.incident_id, self.version.number, f"{Edition.WHOLE.value}.json"
        )
        assert stored is not None, "every version is kept as JSON"
        return decode(stored.data, Document[ReportBody]).body

    def _attached(self, edition: Edition) -> PublishedFile | None:
        """The edition as PDF or as a page; versions from before there was a short form have the whole one alone."""
        incident, number = self.version.incident_id, self.version.number
        names = [f"{one.value}.{form}" for one in dict.fromkeys((edition, Edition.WHOLE)) for form in _FORMS]
        files = (self.world.publications.file(incident, number, name) for name in names)
        return next((file for file in files if file is not None), None)


def _name(version: str, file: str) -> str:
    """What the attached file is called: two editions of one version lie side by side."""
    edition, _, form = file.rpartition(".")
    return f"{version}.{form}" if edition == Edition.WHOLE.value else f"{version}-{edition}.{form}"


def claims_in(body: ReportBody, key: str) -> tuple[Claim, ...]:
    """The sentences of a section, without its line of dates."""
    blocks = [block for section in body.sections if section.key == key for block in section.blocks]
    told = [block for block in blocks if isinstance(block, Paragraph | Bullets)]
    return tuple(claim for block in told if _is_said(block) for claim in block.claims)


def _is_said(block: Paragraph | Bullets) -> bool:
    return isinstance(block, Bullets) or block.voice != "dateline"


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


def words_of(claim: Claim) -> str:
    """A claim without its marks."""
    return claim.text.replace("`", "").replace("**", "")


def tagged(kind: str, text: str) -> str:
    """A part of a letter as HTML: h, p, a (its last word is the address) or ul (a line an item)."""
    if kind == "ul":
        items = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in text.splitlines())
        return f"<ul>{items}</ul>"
    if kind == "a":
        before, link = text.rsplit(" ", 1)
        return f'<p>{escape(before)} <a href="{escape(link)}">{escape(link)}</a></p>'
    return f"<h2>{escape(text)}</h2>" if kind == "h" else f"<p>{escape(text)}</p>"
