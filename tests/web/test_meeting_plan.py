"""The plan of a meeting over HTTP: the facilitator changes it, attendees answer, and each point gets an answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.records.test_stores import incident as some_incident

from secondstory.config import Settings
from secondstory.model.actor import Actor, Role
from secondstory.model.meeting_plan import Template
from secondstory.model.people import Member
from secondstory.ports import World
from secondstory.usecases.meeting_plan.reading import boxes_of, plan_of_meeting
from secondstory.wiring import open_world

from .conftest import Browser, visit

PATH = "/incidents/inc/meeting/plan"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        opened.incidents.save(some_incident("inc"))
        for token, role in (("facilitator-1", Role.FACILITATOR), ("responder-1", Role.RESPONDER)):
            opened.members.save(Member("inc", token, role, opened.clock.now()))
        yield opened


def member(world: World, role: Role) -> Browser:
    return visit(world, Actor(f"{role.value}-1", roles=(("inc", role),)))


def say(browser: Browser, path: str, body: object, status: int = 200, method: str = "PUT") -> Any:
    answer = browser.client.request(method, f"/api/v1{PATH}{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_the_facilitator_changes_the_plan_and_the_minutes_still_add_up(world: World) -> None:
    lead = member(world, Role.FACILITATOR)
    found: Any = lead.get(PATH)
    assert found["may_lead"] and not found["is_analysed"] and found["plan"]["starts_at"] is None
    plan = say(lead, "/template", {"template": "60"})["plan"]
    timeline = next(box for box in plan["boxes"] if box["key"] == "timeline")
    plan = say(lead, "/boxes/timeline/minutes", {"minutes": timeline["most"]})["plan"]
    assert sum(box["minutes"] for box in plan["boxes"]) == 60
    assert next(box for box in plan["boxes"] if box["key"] == "timeline")["is_set"]
    refused = say(lead, "/boxes/timeline/minutes", {"minutes": timeline["most"] + 1}, 400)
    assert "the others need theirs" in refused["detail"] and str(timeline["most"]) in refused["next"]
    say(lead, "/boxes/none/minutes", {"minutes": 3}, 404)
    plan = say(lead, "/template", {"template": "30"})["plan"]
    assert sum(box["minutes"] for box in plan["boxes"]) == 30, "what no longer fits is passed over"
    plan = say(lead, "/boxes/timeline/minutes", {"minutes": None})["plan"]
    assert not any(box["is_set"] for box in plan["boxes"])
    plan = say(lead, "/boxes/causes/aim", {"words": "Two readings of the pool."})["plan"]
    assert "Two readings of the pool." in {box["aim"] for box in plan["boxes"]}
    before = plan["sequence"]
    at = (world.clock.now() + timedelta(days=2)).isoformat()
    plan = say(lead, "/time", {"at": at})["plan"]
    assert datetime.fromisoformat(plan["starts_at"]) == datetime.fromisoformat(at) and plan["sequence"] == before + 1
    say(lead, "/time", {"at": "2020-01-01T00:00:00Z"}, 400)
    plan = say(lead, "/place", {"place": "Room 4"})["plan"]
    assert (plan["place"], plan["sequence"]) == ("Room 4", before + 2)
    assert say(lead, "/place", {"place": ""})["plan"]["place"] == ""
    assert say(lead, "/calling-off", {"off": True, "why": "It moves."})["plan"]["is_called_off"]
    room = boxes_of(plan_of_meeting(Actor("responder-1", roles=(("inc", Role.RESPONDER),)), world, "inc"))
    assert sum(box.minutes for box in room) == 30 and all(len(box.aims) >= 2 for box in room)


def test_attendees_answer_object_and_add_and_each_is_answered(world: World) -> None:
    world.sealed.token("Ana Ferreira", "responder")
    lead, guest, watcher = (member(world, one) for one in (Role.FACILITATOR, Role.RESPONDER, Role.OBSERVER))
    plan = say(guest, "/answer", {"answer": "accepted", "why": "Ana Ferreira comes too."})["plan"]
    mine = next(one for one in plan["attendees"] if one["token"] == "responder-1")
    assert (mine["answer"], mine["answer_why"]) == ("accepted", "responder-1 comes too.")
    assert say(guest, "/answer", {"answer": "declined", "who": "facilitator-1"}, 403)["detail"]
    say(lead, "/answer", {"answer": "declined", "who": "responder-1"})
    say(watcher, "/answer", {"answer": "accepted"}, 403)
    say(lead, "/people", {"who": "Bo Berg", "is_in": True})
    assert "responder-2" in {one["token"] for one in lead.get(PATH)["plan"]["attendees"]}  # type: ignore[index]  # JSON
    plan = say(lead, "/people", {"who": "responder-1", "is_in": False})["plan"]
    assert not next(one for one in plan["attendees"] if one["token"] == "responder-1")["is_in"]
    say(guest, "/answer", {"answer": "accepted"}, 404)

    added = {"kind": "addition", "box": "timeline", "words": "How Ana Ferreira was told."}
    plan = say(guest, "/points", added, 201, "POST")["plan"]
    (point,) = plan["points"]
    assert point["words"] == "How responder-1 was told." and point["outcome"] is None
    assert any("no answer yet" in line for line in plan["boxes"][0]["why"]), "the opening says what is open"
    say(guest, f"/points/{point['id']}", {"outcome": "taken_in"}, 403)
    assert "told why" in say(lead, f"/points/{point['id']}", {"outcome": "not_now"}, 400)["detail"]
    plan = say(lead, f"/points/{point['id']}", {"outcome": "taken_in", "words": "Good."})["plan"]
    assert [(one["outcome"], one["reply"], one["replied_by"]) for one in plan["points"]] == [
        ("taken_in", "Good.", "facilitator-1")
    ]
    timeline = next(box for box in plan["boxes"] if box["key"] == "timeline")
    assert any("How responder-1 was told." in line for line in timeline["why"])
    assert not any("no answer yet" in line for line in plan["boxes"][0]["why"])
    say(lead, "/points/none", {"outcome": "parked"}, 404)
    assert Template(plan["template"]) in Template
