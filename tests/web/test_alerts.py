"""Alerts put forward over HTTP: kept with who and why, refused where they answer nothing, taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from secondstory.model.actor import Actor, Role

from .conftest import Browser

POOL = "OrdersDbClientConnectionCountHigh"
KEY = f"detection/threshold/{POOL}"


def at(incident: str, part: str = "") -> str:
    return f"/api/v1/incidents/{incident}/detection/proposals{part}"


def test_an_alert_is_put_forward_listed_and_taken_back(own_browser: Browser, incident: str) -> None:
    answer = own_browser.client.post(at(incident), json={"rule": KEY, "value": 8, "why": "two samples are enough"})
    assert answer.status_code == 201, answer.text
    told: Any = own_browser.get(f"/incidents/{incident}/detection/proposals")
    assert told == answer.json()
    (held,) = told["proposals"]
    assert (held["rule"], held["actor"], held["why"]) == (POOL, "owner", "two samples are enough")
    assert held["alert"]["false_alarms"] == 0 and held["alert"]["fault_free_s"] > 0
    assert not told["in_document"]
    assert own_browser.client.delete(at(incident, f"/{POOL}")).json() == {"in_document": True, "proposals": []}
    assert own_browser.client.delete(at(incident, f"/{POOL}")).status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"rule": KEY, "value": 900}, 400),
        ({"rule": "detection/existing/GatewayErrorRatioHigh"}, 400),
        ({"rule": "detection/threshold/Nope"}, 404),
        ({"rule": ""}, 422),
        ({"rule": KEY, "colour": "red"}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused_and_says_what_to_do(
    own_browser: Browser, incident: str, given: object, status: int
) -> None:
    answer = own_browser.client.post(at(incident), json=given)
    assert answer.status_code == status
    assert answer.json()["detail"] and answer.json()["next"]
    assert own_browser.get(f"/incidents/{incident}/detection/proposals")["proposals"] == []


def test_without_the_right_nothing_is_changed(letting_in: Callable[[Actor], Browser], incident: str) -> None:
    reader = letting_in(Actor("observer", roles=((incident, Role.OBSERVER),)))
    assert reader.client.get(at(incident)).status_code == 200
    assert reader.client.post(at(incident), json={"rule": KEY}).status_code == 403
