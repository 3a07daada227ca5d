"""The facilitator's page over HTTP, for the demo: each likely moment has words, and only who leads reads it."""

from collections.abc import Callable
from typing import Any

from secondstory.blameless.lint.linter import lint_text
from secondstory.model.actor import Actor, Role

from .conftest import Browser


def test_the_page_of_the_demo_is_whole_and_for_who_leads_alone(
    browser: Browser, incident: str, letting_in: Callable[[Actor], Browser]
) -> None:
    found: Any = browser.get(f"/incidents/{incident}/meeting/brief")
    assert len(found["moments"]) >= 5 and len({one["reply"] for one in found["moments"]}) == len(found["moments"])
    assert len(found["cards"]) == 10 and len(found["statements"]) == 3 and found["facts"][0]["evidence_ids"]
    assert sum(box["minutes"] for box in found["plan"]["boxes"]) == 60
    assert {one["role"] for one in found["ask_first"]} <= {one["token"] for one in found["plan"]["attendees"]}
    named: Any = browser.get(f"/incidents/{incident}/meeting/names")
    assert {"actor": "responder-6", "name": "Pavel Haddad"} in named and "Pavel" not in str(found)
    assert found["plan"]["starts_at"][14:16] in ("00", "30"), "a proposed time is one to meet at"
    page = browser.client.get(f"/api/v1/incidents/{incident}/meeting/brief.md")
    assert page.text.startswith("# Facilitator brief") and page.text.count("\n## ") == 7
    told = [one.words for one in lint_text("brief.md", page.text).findings if one.severity]
    assert not told, told
    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        guest = letting_in(Actor(f"{role.value}-1", roles=((incident, role),)))
        for path in ("names", "brief", "brief.md", "opening", "invitation"):
            assert guest.client.get(f"/api/v1/incidents/{incident}/meeting/{path}").status_code == 403
