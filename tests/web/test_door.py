"""Who is let in: the token, the cookie, hosts and origins, for every route. Who may do what is in test_roles.py."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from secondstory.model.actor import Actor, Role
from secondstory.ports import World
from secondstory.web.door import CSRF_HEADER
from secondstory.web.serving import serving

from .conftest import BASE, Browser, visit
from .roles import NAMES, Row, rows

SAFE = {"GET", "HEAD"}
ROWS = [row for row in rows() if row.method != "WS"]


def ask(browser: Browser, row: Row, incident: str, **more: Any) -> int:
    names = {**NAMES, "incident": incident}
    answer = browser.client.request(row.method, row.address(names), **row.content(names), **more)
    if answer.status_code >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["status"] == answer.status_code and problem["detail"] and problem["next"], problem
    return answer.status_code


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.method not in SAFE and "N" not in row.who], ids=lambda row: row.label
)
def test_nothing_changes_without_the_csrf_token(browser: Browser, incident: str, row: Row) -> None:
    del browser.client.headers[CSRF_HEADER]
    refused = 403 if row.who else 401  # what is for no visitor asks for a token of its own
    assert ask(browser, row, incident) == refused
    assert ask(browser, row, incident, headers={CSRF_HEADER: "wrong"}) == refused


@pytest.mark.parametrize(
    "header", [{"Host": "evil.example"}, {"Host": "127.0.0.1:1"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_other_hosts_and_origins_are_refused_everywhere(
    browser: Browser, incident: str, row: Row, header: dict[str, str]
) -> None:
    assert ask(browser, row, incident, headers=header) == 403


@pytest.mark.parametrize(
    "path", ["/%00", "/assets/%00", f"/{'a' * 5000}", "/assets/../../app.py", "/assets/%2e%2e/%2e%2e/app.py", "/assets"]
)
def test_a_path_that_is_no_page_leads_to_the_first_page_and_nowhere_else(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 200 and "build_app" not in answer.text
    assert answer.text == browser.client.get("/").text


def test_our_own_origin_is_not_refused(browser: Browser) -> None:
    assert browser.client.get("/api/v1/session", headers={"Origin": BASE}).status_code == 200


def test_the_list_holds_only_what_one_may_read(letting_in: Callable[[Actor], Browser], incident: str) -> None:
    stranger = letting_in(Actor("stranger", roles=(("another", Role.FACILITATOR),)))
    reader = letting_in(Actor("reader", roles=((incident, Role.OBSERVER),)))
    hidden: Any = stranger.get("/incidents")
    assert (hidden["incidents"], hidden["total"], set(hidden["counts"].values())) == ([], 0, {0})
    assert incident not in str(hidden)
    assert len(reader.get("/incidents")["incidents"]) == 1  # type: ignore[arg-type]  # JSON


def test_a_token_lets_one_browser_in_once(browser: Browser) -> None:
    first = visit(browser.world)
    assert first.client.get("/api/v1/session").status_code == 200
    again = first.client.get(f"{BASE}/?token=anything", follow_redirects=False)
    assert again.status_code == 303, "who is in already only goes to the first page"
    first.client.cookies.clear()
    used = first.client.get(first.door.invitation(), follow_redirects=False)
    assert used.status_code == 403 and "set-cookie" not in used.headers
    assert first.client.get(f"{BASE}/?token=", follow_redirects=False).status_code == 403


def test_the_server_listens_on_loopback_alone(demo_world: World) -> None:
    with serving(demo_world, 0, 8) as served:
        port = int(served.address.rsplit(":", 1)[1].strip("/"))
        assert served.address == f"http://127.0.0.1:{port}/" and served.url.startswith(f"{served.address}?token=")
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            pass
        with pytest.raises(ConnectionRefusedError):  # any other address of this machine, of which this is one
            socket.create_connection(("127.0.0.2", port), timeout=10)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    other = visit(browser.world)
    other.client.cookies.clear()
    entered = type(other.door)(other.door.actor, 8123)
    other.app.state.door = entered
    cookie = other.client.get(entered.invitation(), follow_redirects=False).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/api/v1/session", "/api/v1/nothing", "/any/page"])
def test_every_answer_carries_the_headers_that_protect_it(browser: Browser, path: str) -> None:
    headers = browser.client.get(path).headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "cache-control" in headers


def test_a_body_larger_than_allowed_is_refused_with_and_without_its_length(browser: Browser, incident: str) -> None:
    url = f"/api/v1/incidents/{incident}/analyse"
    assert browser.client.post(url, content=b" " * 300_000).status_code == 413
    pieces = (b" " * 1000 for _ in range(300))
    assert browser.client.post(url, content=pieces).status_code == 413


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/api/v2/incidents"])
def test_an_unknown_path_of_the_api_is_a_problem(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 404 and answer.json()["next"]


@pytest.mark.parametrize(
    ("path", "verbs"),
    [("/api/v1/imports", "POST"), ("/api/v1/jobs/none", "GET, DELETE"), ("/api/v1/recordings/x/mapping", "GET, PUT")],
)
def test_a_verb_that_a_path_does_not_know_is_answered_with_those_that_it_knows(
    browser: Browser, path: str, verbs: str
) -> None:
    answer = browser.client.request("PATCH", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, verbs)
