"""The audit holds each change with who and by which door, and each look at a restricted incident."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.wiring import open_world

from .conftest import Browser, visit

Lines = list[tuple[str, str, str, str, str]]


@pytest.fixture(scope="module")
def folder(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("audit") / "data"))


@pytest.fixture(scope="module")
def owner(folder: Path) -> Iterator[Browser]:
    with open_world(Settings(data_dir=folder)) as world:
        yield visit(world)


@pytest.fixture(scope="module")
def place(owner: Browser) -> str:
    return f"/incidents/{owner.world.incidents.visible_to(LOCAL_OWNER)[0].id}"


def lines(browser: Browser, place: str) -> Lines:
    """The oldest first."""
    entries: Any = browser.get(f"{place}/audit")["entries"]
    return [(one["actor"], one["door"], one["what"], one["on"], one["remark"]) for one in reversed(entries)]


def guest(owner: Browser, place: str, role: Role) -> Browser:
    return visit(owner.world, Actor(f"{role.value}-7", roles=((place.rpartition("/")[2], role),)))


def test_a_change_has_a_line_in_its_own_transaction_and_a_look_has_none(owner: Browser, place: str) -> None:
    scribe = guest(owner, place, Role.SCRIBE)
    before = len(lines(owner, place))
    scribe.get(f"{place}/matrix")
    answer = scribe.client.post(f"/api/v1{place}/comments", json={"subject": "event/x", "text": "What did it show?"})
    assert answer.status_code == 201
    assert lines(owner, place)[before:] == [("scribe-7", "web", "added", "comments", "")]
    refused = scribe.client.post(f"/api/v1{place}/comments", json={"subject": "comment/none", "text": "To nobody."})
    assert refused.status_code == 404 and len(lines(owner, place)) == before + 1, "nothing was changed"


def test_looks_at_a_restricted_incident_are_kept_by_every_door(owner: Browser, place: str, folder: Path) -> None:
    reader = guest(owner, place, Role.OBSERVER)
    body = {"restricted": True, "why": "Personal data was exposed."}
    assert reader.client.put(f"/api/v1{place}/restriction", json=body).status_code == 403
    assert owner.client.put(f"/api/v1{place}/restriction", json=body).json() == {"restricted": True}
    before = len(lines(owner, place))
    reader.get(place)
    reader.get(f"{place}/evidence")
    stranger = visit(owner.world, Actor("stranger-1"))
    assert stranger.client.get(f"/api/v1{place}").status_code == 403
    shown = CliRunner(env={"SECONDSTORY_DATA_DIR": str(folder)}).invoke(APP, ["show", place.rpartition("/")[2]])
    assert shown.exit_code == 0
    seen = lines(owner, place)[before:]
    assert seen == [
        ("observer-7", "web", "looked at", "incident", ""),
        ("observer-7", "web", "looked at", "evidence", ""),
        ("owner", "cli", "show", "", ""),
        ("owner", "web", "looked at", "audit", ""),  # whoever reads the audit looks too
    ]
    told = next(line for line in lines(owner, place) if line[3] == "restriction")
    assert told == ("owner", "web", "changed", "restriction", "Personal data was exposed.")
    assert owner.client.put(f"/api/v1{place}/restriction", json={**body, "restricted": False}).status_code == 200
    count = len(lines(owner, place))
    reader.get(place)
    assert len(lines(owner, place)) == count


def test_a_row_of_the_list_and_a_hit_are_looks_and_what_is_only_counted_is_none(owner: Browser, place: str) -> None:
    mine = owner.world.incidents.visible_to(LOCAL_OWNER)[0]
    for name in ("second", "third"):
        owner.world.incidents.save(replace(mine, id=name, title=f"Tapir {name}", restricted=name == "second"))
    owner.get("/search", q="tapir")  # brings the index up to date
    start = len(lines(owner, "/incidents/second"))
    both = (("second", Role.OBSERVER), ("third", Role.OBSERVER))
    reader = visit(owner.world, Actor("observer-9", roles=both))
    assert len(reader.get("/incidents")["incidents"]) == 2  # type: ignore[arg-type]  # JSON is untyped here
    reader.get("/incidents", limit=1, offset=1, sort="title")
    reader.get("/incidents", query="third")
    assert reader.get("/search", q="tapir")["total"] == 2
    reader.get("/search", q="tapir", kind="event")
    seen = ("observer-9", "web", "looked at")
    assert lines(owner, "/incidents/second")[start:-1] == [(*seen, "incidents", ""), (*seen, "search", "")]
    assert not [line for line in lines(owner, "/incidents/third") if line[0] == "observer-9"]


def test_the_audit_is_read_page_by_page_and_only_by_who_may(owner: Browser, place: str) -> None:
    whole: Any = owner.get("/audit")["entries"]
    first: Any = owner.get("/audit", limit=2)
    rest: Any = owner.get("/audit", limit=500, before=first["next_before"])
    assert first["entries"] + rest["entries"] == whole and rest["next_before"] is None
    assert guest(owner, place, Role.SCRIBE).client.get(f"/api/v1{place}/audit").status_code == 403
    assert guest(owner, place, Role.FACILITATOR).client.get("/api/v1/audit").status_code == 403


def test_what_one_rehearses_is_in_no_audit(owner: Browser, place: str) -> None:
    before = owner.get("/audit")
    played = guest(owner, place, Role.OBSERVER).client.post("/api/v1/rehearsals", json={"room": "deploy"})
    assert played.status_code == 200 and owner.get("/audit") == before
