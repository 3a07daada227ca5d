"""A meeting is led, captured from, heard and closed on both databases."""

from datetime import UTC, datetime
from pathlib import Path

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.incident import Incident, Severity
from secondstory.model.people import Member
from secondstory.model.plan import Ownership
from secondstory.model.room import Box, Ended, HandRaised, ItemKind, Started
from secondstory.model.transcript import Cue
from secondstory.model.window import Window
from secondstory.usecases.plan import plan_now
from secondstory.usecases.room.capture import Capture, answer, answer_look, capture
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.log import begin, happen, room_of
from secondstory.usecases.room.rail_view import rail_of
from secondstory.usecases.room.sentence import Sentence
from secondstory.wiring import coach, open_world

AGENDA = (Box("timeline", AgendaStep.TIMELINE, "Timeline", 20),)
SAID = "responder-1 caps the retries in two weeks, responder-2 verifies"


def test_a_meeting_runs_from_its_beginning_to_its_end(database_url: str, tmp_path: Path) -> None:
    stretch = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 2, tzinfo=UTC))
    with open_world(Settings(data_dir=tmp_path / "data", database_url=database_url)) as world:
        world.incidents.save(Incident("inc", "Outage", Severity.SEV2, "UTC", stretch, ("none",)))
        tokens = [world.sealed.token(name, "responder") for name in ("Nadia Moreau", "Emil Haddad")]
        people = [Actor(token, roles=(("inc", Role.RESPONDER),)) for token in tokens]
        for token in tokens:
            world.members.save(Member("inc", token, Role.RESPONDER, world.clock.now()))
        begin(LOCAL_OWNER, world, "inc", Started("Outage", AGENDA, "We ask how."))
        happen(people[0], world, "inc", HandRaised("the pool"))
        for _ in range(2):
            capture(LOCAL_OWNER, world, "inc", Capture("c1", Sentence(ItemKind.ACTION, SAID)), coach().judge)
        answer(people[0], world, "inc", ("c1", True, ""))
        answer_look(people[1], world, "inc", ("c1", True, ""))
        hear(LOCAL_OWNER, world, "inc", [Cue(1, 0.0, 4.0, "Emil Haddad", "Somebody should be fired for this.")])
        assert rail_of(LOCAL_OWNER, world, "inc").card is not None
        happen(LOCAL_OWNER, world, "inc", Ended())
    with open_world(Settings(data_dir=tmp_path / "data", database_url=database_url)) as world:
        (one,) = plan_now(LOCAL_OWNER, world, "inc").actions
        assert (one.owner, one.ownership, one.verifier, one.verifying) == (
            *(tokens[0], Ownership.ACCEPTED),
            *(tokens[1], Ownership.ACCEPTED),
        )
        assert [item.line.id for item in room_of(LOCAL_OWNER, world, "inc").board] == ["c1"]
