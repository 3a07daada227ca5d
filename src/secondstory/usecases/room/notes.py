"""The shared notes of a meeting: which are written in now, who may write, and what stands in them as text."""

from __future__ import annotations

from dataclasses import dataclass

from pycrdt import Doc, Text

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.errors import NotFound
from secondstory.model.segment import Privacy
from secondstory.ports import Notebook, World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident

NAME = "notes"
"""Of the text in the shared document."""


@dataclass(frozen=True)
class NotesText:
    """The notes of one meeting as Markdown, without names and secrets."""

    meeting: int
    text: str


@dataclass(frozen=True)
class Standing:
    """What a page may do with which notes."""

    notebook: Notebook
    may_write: bool


def notebook_now(world: World, incident_id: str) -> Notebook:
    """The notes of the meeting that is on, or was last, or of the first one before it begins: nothing that is written
    while people wait is lost with its start."""
    held = world.meetings.of(incident_id)
    return Notebook(incident_id, held[-1].number if held else 1)


def standing_now(actor: Actor, world: World, incident_id: str) -> Standing | None:
    """What the actor may do with the notes; None = they may not even read them."""
    if not may(actor, Verb.READ, incident_id) or world.incidents.get(incident_id) is None:
        return None
    return Standing(notebook_now(world, incident_id), may(actor, Verb.CONTRIBUTE, incident_id))


def notes_text(actor: Actor, world: World, incident_id: str, meeting: int = 0) -> NotesText:
    """The notes of a meeting as text; 0 = those that are written in now. Raises NotAllowed, NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    notebook = notebook_now(world, incident_id)
    if meeting > notebook.meeting:
        raise NotFound(say("notes.no_meeting", number=meeting), say("notes.no_meeting_next"))
    notebook = Notebook(incident_id, meeting or notebook.meeting)
    return NotesText(notebook.meeting, plain_text(world, notebook))


def notes_of(actor: Actor, world: World, incident_id: str) -> str:
    """The notes of the last meeting as Markdown; "" = nothing was written. Raises NotAllowed, NotFound."""
    return notes_text(actor, world, incident_id).text


def text_of(updates: tuple[bytes, ...]) -> str:
    """The text that updates of a shared document give."""
    doc: Doc[Text] = Doc()
    for update in updates:
        doc.apply_update(update)
    return str(doc.get(NAME, type=Text))


def notebooks_of(world: World, incident_id: str) -> tuple[Notebook, ...]:
    """The notes of each meeting so far, and those that wait for the first."""
    held = len(world.meetings.of(incident_id))
    return tuple(Notebook(incident_id, number) for number in range(1, max(1, held) + 1))


def plain_text(world: World, notebook: Notebook) -> str:
    """Line by line, with people as tokens: in the room they speak as they do, what leaves it speaks of roles."""
    lines = tuple(text_of(world.notes.kept(notebook).updates).rstrip().split("\n"))
    privacy = Privacy(world.sealed.people(), world.sealed.user_key())
    return "\n".join(world.redactor.sentences(lines, privacy))
