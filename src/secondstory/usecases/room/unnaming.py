"""Takes a person's name out of the shared notes, when who they are is about to be forgotten.

What leaves the notes has tokens in place of names that are known. A name that is no longer known would stand there for
good, so it goes while it can still be told.
"""

from __future__ import annotations

from pycrdt import Doc, Text

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.segment import Privacy
from secondstory.ports import Notebook, World
from secondstory.usecases.room.notes import NAME, notebooks_of, text_of


def take_out_of_notes(world: World, token: str) -> None:
    """Put the token where the notes of any meeting name the person, durably.

    Call it before the name is erased, and once no incident that speaks of the person is under legal hold.
    """
    privacy = Privacy(tuple(one for one in world.sealed.people() if one[1] == token), world.sealed.user_key())
    if not privacy.people:
        return
    for incident in world.incidents.visible_to(LOCAL_OWNER):
        for notebook in notebooks_of(world, incident.id):
            if _changes(world, text_of(world.notes.kept(notebook).updates), privacy):
                _take_out(world, notebook, privacy)


def _take_out(world: World, notebook: Notebook, privacy: Privacy) -> None:
    """As one more update, so that pages that are open come to the same; then all as one row, for the rows before it
    hold the name still."""
    doc = _doc(world.notes.kept(notebook).updates)
    before = doc.get_state()
    text = doc.get(NAME, type=Text)
    with doc.transaction():
        for start, end, words in _changes(world, str(text), privacy):
            del text[start:end]
            text.insert(start, words)
    world.notes.append(notebook, doc.get_update(before))
    kept = world.notes.kept(notebook)  # somebody may have written meanwhile
    world.notes.compact(notebook, kept.upto, _doc(kept.updates).get_update())


def _doc(updates: tuple[bytes, ...]) -> Doc[Text]:
    doc: Doc[Text] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def _changes(world: World, text: str, privacy: Privacy) -> list[tuple[int, int, str]]:
    """The lines that name the person, the last one first: from byte to byte, and what stands there from now on."""
    lines = tuple(text.split("\n"))
    without = world.redactor.sentences(lines, privacy)
    others = world.redactor.sentences(lines, Privacy((), privacy.user_key))
    found, at = [], 0
    for line, clean, other in zip(lines, without, others, strict=True):
        end = at + len(line.encode())
        if clean != other:
            found.append((at, end, clean))
        at = end + 1
    return found[::-1]
