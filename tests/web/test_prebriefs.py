"""The private list: nobody but who leads is told of it by any door, and it is gone once the document is published."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.text import ReviewState
from secondstory.usecases.backup.making import back_up
from secondstory.usecases.incident_file.writing import export_incident
from secondstory.usecases.meeting_plan.prebriefing import prebriefs_of
from secondstory.usecases.publish import publish
from secondstory.usecases.review import move

from .conftest import Browser, visit

MARK = "quillfern"


def test_the_list_is_for_who_leads_and_what_is_noted_leaves_by_no_door(
    own_browser: Browser, incident: str, tmp_path: Path
) -> None:
    world = own_browser.world
    path = f"/incidents/{incident}/meeting/prebriefs"
    found: Any = own_browser.get(path)
    people = {one["token"]: one for one in found["people"]}
    assert "responder-2" in people and people["responder-2"]["sentence"].endswith("?")
    assert all(one["why"] and one["sentence"] for one in people.values())
    before = len(world.audit.entries(None, 0, 500))
    given = {"who": "responder-2", "done": True, "note": f"They want to tell 11:49. {MARK}"}
    answer = own_browser.client.put(f"/api/v1{path}", json=given, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 200 and MARK in answer.text
    assert len(world.audit.entries(None, 0, 500)) == before, "no line says with whom somebody spoke alone"
    nobody = own_browser.client.put(f"/api/v1{path}", json={"who": "responder-99", "done": True})
    assert nobody.status_code == 404

    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        guest = visit(world, Actor(f"{role.value}-1", roles=((incident, role),)))
        for method in ("GET", "PUT"):
            refused = guest.client.request(method, f"/api/v1{path}", json=given if method == "PUT" else None)
            assert refused.status_code == 403 and MARK not in refused.text
    for open_path in ("meeting/plan", "meeting/brief", "meeting/invitation", "ledger", "audit", "meeting/executives"):
        assert MARK not in own_browser.client.get(f"/api/v1/incidents/{incident}/{open_path}").text, open_path
    assert own_browser.client.get("/api/v1/search", params={"q": MARK}).json()["total"] == 0
    packed = BytesIO()
    export_incident(LOCAL_OWNER, world, incident, packed, telemetry=False)
    with zipfile.ZipFile(packed) as export:
        assert all(MARK.encode() not in export.read(name) for name in export.namelist())
    back_up(LOCAL_OWNER, world, tmp_path / "all.tar", tmp_path / "keys.json")
    for file in (tmp_path / "all.tar", *(one for one in world.data_dir.rglob("*") if one.is_file())):
        assert MARK.encode() not in file.read_bytes(), f"{file.name} has it in clear"

    for state in (ReviewState.IN_REVIEW, ReviewState.APPROVED):
        move(LOCAL_OWNER, world, incident, state)
    publish(LOCAL_OWNER, world, incident)
    assert world.prebriefs.of(incident) == ()
    gone = prebriefs_of(LOCAL_OWNER, world, incident)
    assert gone.is_over and gone.people == ()
    late = own_browser.client.put(f"/api/v1{path}", json=given)
    assert late.status_code == 409 and "published" in late.json()["detail"], "it is gone, not somebody unknown"
