"""The list of incidents over HTTP: searched, filtered, page by page; views are one's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.ports import World
from secondstory.usecases.incident_list import Wanted, find_incidents, forget_view, save_view, views
from secondstory.wiring import open_world

from .conftest import Browser


@pytest.fixture
def many(own_demo_dir: Path) -> Iterator[World]:
    """The demo beside twelve others over the same recording; the last one is restricted."""
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        (first,) = world.incidents.visible_to(LOCAL_OWNER)
        for number in range(1, 13):
            other = replace(first, id=f"inc-{number:02}", title=f"Search is slow {number}", restricted=number == 12)
            world.incidents.save(other)
        yield world


def ids(world: World, wanted: Wanted, actor: Actor = LOCAL_OWNER) -> list[str]:
    return [one.id for one in find_incidents(actor, world, wanted).incidents]


def test_words_filters_order_and_pages(many: World) -> None:
    found = find_incidents(LOCAL_OWNER, many, Wanted("slow", "title", 0, 5))
    assert (len(found.incidents), found.total, found.counts.all) == (5, 12, 13)
    pages = [ids(many, Wanted("slow", "title", offset, 5)) for offset in (0, 5, 10)]
    assert [len(page) for page in pages] == [5, 5, 2] and len({one for page in pages for one in page}) == 12
    assert ids(many, Wanted("is:restricted")) == ["inc-12"]
    demo = ids(many, Wanted("analysis:analysed service:orders severity:sev1"))
    assert demo == ids(many, Wanted("is:running")) and len(demo) == 1
    assert ids(many, Wanted("is:late")) == ids(many, Wanted("status:closed")) == ids(many, Wanted("slow is:mine")) == []


def test_who_may_read_one_incident_is_told_of_no_other_not_even_in_a_count(many: World) -> None:
    actor = Actor("responder-1", roles=(("inc-03", Role.RESPONDER),))
    found = find_incidents(actor, many, Wanted())
    assert ([one.id for one in found.incidents], found.total, found.counts.all) == (["inc-03"], 1, 1)
    assert found.counts.mine == 1 and found.services == ()
    assert ids(many, Wanted("is:restricted"), actor) == []


def test_a_filter_that_can_never_match_is_refused_with_what_can(browser: Browser) -> None:
    answer = browser.client.get("/api/v1/incidents", params={"query": "severity:SEV9"})
    assert answer.status_code == 400 and "SEV1, SEV2" in answer.json()["next"]


def test_saved_views_are_their_owners_alone(many: World) -> None:
    other = Actor("responder-9")
    save_view(LOCAL_OWNER, many, "Mine and late", "q=is:mine is:late")
    save_view(LOCAL_OWNER, many, "Mine and late", "?q=is:late&by=date")
    assert [(one.name, one.query) for one in views(LOCAL_OWNER, many)] == [("Mine and late", "q=is:late&by=date")]
    assert views(other, many) == ()
    assert forget_view(LOCAL_OWNER, many, "Mine and late") == ()


def test_views_over_http(own_browser: Browser) -> None:
    kept = own_browser.client.put("/api/v1/views", json={"name": "Late", "query": "q=is:late"}).json()
    told: Any = own_browser.get("/views")
    assert told == kept and [one["name"] for one in told["views"]] == ["Late"]
    assert own_browser.client.delete("/api/v1/views", params={"name": "Late"}).json() == {"views": []}
    assert own_browser.client.delete("/api/v1/views", params={"name": "Late"}).status_code == 404
