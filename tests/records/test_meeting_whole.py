"""What people do in a room, write beside it and agree to is the same on both databases, and after a restart."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import Conflict
from secondstory.model.incident import Incident, Severity
from secondstory.model.room import (
    Box,
    Consent,
    ConsentAsked,
    Consented,
    Ended,
    HandRaised,
    Joined,
    PollClosed,
    PollOpened,
    Started,
    Told,
    Voted,
)
from secondstory.model.transcript import Cue
from secondstory.model.window import Window
from secondstory.ports import Notebook
from secondstory.usecases.cards import cards_of, drop_card, put_card
from secondstory.usecases.erase_person import erase_person
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.log import begin, happen, room_of
from secondstory.usecases.room.notes import NAME, notes_of
from secondstory.usecases.room.rail_view import rail_of
from secondstory.wiring import open_world

AGENDA = (Box("timeline", AgendaStep.TIMELINE, "Timeline", 20),)
NAMES = ("Nadia Moreau", "Emil Haddad", "Ruth Okafor")


def test_polls_hands_cards_notes_and_consent_outlive_the_process(database_url: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=database_url)
    stretch = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 2, tzinfo=UTC))
    with open_world(settings) as world:
        world.incidents.save(Incident("inc", "Outage", Severity.SEV2, "UTC", stretch, ("none",)))
        people = [Actor(world.sealed.token(name, "responder"), roles=(("inc", Role.RESPONDER),)) for name in NAMES]
        begin(LOCAL_OWNER, world, "inc", Started("Outage", AGENDA, "We ask how."))
        happen(LOCAL_OWNER, world, "inc", PollOpened("p1", "New to you?", ("yes", "no")))
        happen(LOCAL_OWNER, world, "inc", ConsentAsked(Consent.CAPTIONS))
        for one, choice in zip(people, (0, 1, 0), strict=True):
            happen(one, world, "inc", Joined(Role.RESPONDER))
            happen(one, world, "inc", Voted("p1", 1 - choice))
            happen(one, world, "inc", Voted("p1", choice))
            happen(one, world, "inc", Consented(Consent.CAPTIONS, yes=True))
            put_card(one, world, "inc", f"Card {choice}: the page was slow.")
        happen(people[2], world, "inc", HandRaised("the pool"))
        happen(people[2], world, "inc", Told("t1", "The queue was full at 10:02."))
        drop_card(LOCAL_OWNER, world, "inc", cards_of(LOCAL_OWNER, world, "inc")[0].id)
        page: Doc[Text] = Doc()
        page.get(NAME, type=Text).insert(0, "Nadia Moreau saw it first.\nÜber the pool.")
        world.notes.append(Notebook("inc", 1), page.get_update())
        hear(LOCAL_OWNER, world, "inc", [Cue(1, 0.0, 4.0, "Emil Haddad", "The queue was full.")])
    with open_world(settings) as world:
        room = room_of(LOCAL_OWNER, world, "inc")
        assert dict(room.polls[0].votes) == {people[0].id: 0, people[1].id: 1, people[2].id: 0}
        assert [one.actor for one in room.hands] == [people[2].id]
        assert len(cards_of(LOCAL_OWNER, world, "inc")) == 2
        assert rail_of(LOCAL_OWNER, world, "inc").heard == 2, "the cue, and what was written into the room"
        happen(people[1], world, "inc", Consented(Consent.CAPTIONS, yes=False))
        with pytest.raises(Conflict, match=people[1].id):
            hear(LOCAL_OWNER, world, "inc", [Cue(1, 5.0, 9.0, "Emil Haddad", "And then it emptied.")])
        erase_person(LOCAL_OWNER, world, people[0].id)
        assert notes_of(LOCAL_OWNER, world, "inc") == f"{people[0].id} saw it first.\nÜber the pool."
        happen(LOCAL_OWNER, world, "inc", PollClosed("p1"))
        happen(LOCAL_OWNER, world, "inc", Ended())
        assert world.journal.since("inc", 1, 0) == () == world.journals_left.left()
        assert not room_of(LOCAL_OWNER, world, "inc").polls[0].is_open
