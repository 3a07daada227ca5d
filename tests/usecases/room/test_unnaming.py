"""A person is erased: the shared notes that name them have the token from then on, also where a page is open."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import Conflict
from secondstory.model.incident import Incident, Severity
from secondstory.model.window import Window
from secondstory.ports import Notebook, World
from secondstory.usecases.erase_person import erase_person
from secondstory.usecases.hold import set_hold
from secondstory.usecases.retention import retention
from secondstory.usecases.room.notes import NAME, notes_of, text_of
from secondstory.wiring import open_world

BOOK = Notebook("inc", 1)
BEFORE = "Zoë 🙂 saw it.\nWilhelmina Marker rolled back at 10:04. 🙂\nThen it was calm.\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    stretch = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 2, tzinfo=UTC))
    with open_world(Settings(data_dir=tmp_path)) as world:
        world.incidents.save(Incident("inc", "Outage", Severity.SEV2, "UTC", stretch, ("none",)))
        yield world


def page_of(world: World) -> Doc[Text]:
    """Somebody's page, by which the notes were written."""
    page: Doc[Text] = Doc()
    page.get(NAME, type=Text).insert(0, BEFORE)
    world.notes.append(BOOK, page.get_update())
    return page


def test_the_name_is_gone_from_the_text_and_from_what_is_kept_of_it(world: World) -> None:
    token = world.sealed.token("Wilhelmina Marker", "responder")
    page = page_of(world)
    erase_person(LOCAL_OWNER, world, token)
    expected = BEFORE.replace("Wilhelmina Marker", token)
    kept = world.notes.kept(BOOK)
    assert text_of(kept.updates) == expected
    assert not any(b"Wilhelmina" in update or b"Marker" in update for update in kept.updates)
    assert token in notes_of(LOCAL_OWNER, world, "inc")
    for update in kept.updates:  # the page comes back, and is told
        page.apply_update(update)
    world.notes.append(BOOK, page.get_update())
    assert str(page.get(NAME, type=Text)) == text_of(world.notes.kept(BOOK).updates) == expected


def test_notes_under_legal_hold_keep_the_name_and_so_does_the_map(world: World) -> None:
    token = world.sealed.token("Wilhelmina Marker", "responder")
    page_of(world)
    set_hold(LOCAL_OWNER, world, "inc", on=True, why="A claim is open.")
    with pytest.raises(Conflict, match="legal hold"):
        erase_person(LOCAL_OWNER, world, token)
    (due,) = (one for one in retention(LOCAL_OWNER, world).due if one.subject == token)
    assert due.held_by == ("inc",)
    assert text_of(world.notes.kept(BOOK).updates) == BEFORE
    assert token in {one for _, one in world.sealed.people()}


def test_notes_that_name_somebody_else_are_left_as_they_are(world: World) -> None:
    page_of(world)
    token = world.sealed.token("Anselm Reuter", "responder")
    before = world.notes.kept(BOOK)
    erase_person(LOCAL_OWNER, world, token)
    assert world.notes.kept(BOOK) == before
