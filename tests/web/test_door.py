"""Who is let in: the token, the cookie, hosts and origins, and every route for every role, from the route table."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from secondstory.access import Verb, may
from secondstory.model.actor import Actor, Role
from secondstory.ports import World
from secondstory.web.app import described_app
from secondstory.web.door import CSRF_HEADER
from secondstory.web.serving import serving

from .conftest import BASE, Browser, visit

SAFE = {"GET", "HEAD"}
BODIES: dict[str, object] = {
    "POST /api/v1/incidents": {
        "title": "T",
        "recording": "pool-exhaustion",
        "window": {"start": "2026-11-21T10:50:00Z", "end": "2026-11-21T10:51:00Z"},
        "id": "pool-exhaustion-2026-11-21-1044",  # taken, so that nobody's attempt changes the shared world
    },
    "POST /api/v1/incidents/{incident}/analyse": {},
    "PUT /api/v1/recordings/{name}/mapping": {"labels": {"service": [""]}},
    # These speak of what there is not, for the same reason: whoever may, is told so.
    "POST /api/v1/incidents/{incident}/matrix/hypotheses": {"service": "-", "words": " "},
    "POST /api/v1/incidents/{incident}/matrix/marks": {"cell": "-", "result": "failed", "why": "seen"},
    "POST /api/v1/incidents/{incident}/matrix/standings": {"hypothesis": "-", "standing": "accepted"},
    "POST /api/v1/incidents/{incident}/matrix/votes": {"hypothesis": "-", "vote": "for"},
    "POST /api/v1/incidents/{incident}/detection/proposals": {"rule": "-"},
    "POST /api/v1/lint": {"text": "We should have tested it."},
    "POST /api/v1/rehearsals": {"room": "deploy"},
    "PUT /api/v1/incidents/{incident}/worth/{unit}": {"amount": "much", "why": "a guess"},
}
QUERIES = {"search": {"q": "pool"}, "requests": {"trace_id": "none"}, "replay": {"key": "-"}}
VERBS = {
    "report.": Verb.EXPORT,
    "/lint": Verb.EXPORT,
    "/file": Verb.EXPORT,
    "/analyse": Verb.ANALYSE,
    "/votes": Verb.CONTRIBUTE,
    "/transcript": Verb.READ,
}
ALLOWED = {
    "/matrix/": (400, 404),
    "/worth/": (400, 404),
    "/replay": (404,),
    "proposals": (200, 404),
}  # the others find what they ask for
ANYBODY = ("/api/v1/session", "/api/v1/incidents", "/api/v1/jobs", "/api/v1/search")  # the lists hold what one may read
OWN = "/api/v1/rehearsals"  # everybody may rehearse; what is kept of it is their own


def routes() -> Iterator[tuple[str, str]]:
    """(method, path) of every operation."""
    for path, operations in described_app().openapi()["paths"].items():
        for method in operations:
            yield method.upper(), path


ROUTES = tuple(routes())
CLOSED = tuple(route for route in ROUTES if route[1] != "/api/v1/health")


def filled(path: str, incident: str) -> str:
    names = {"incident": incident, "kind": "report", "evidence": "E01", "name": "pool-exhaustion", "job": "job-none"}
    names |= {"unit": "request", "decision": "decision-none", "alert": "None"}
    return path.format(**names)


def ask(browser: Browser, method: str, path: str, incident: str, **more: Any) -> int:
    query = QUERIES.get(path.rpartition("/")[2])
    body: dict[str, Any] = {}
    if path.endswith("/imports"):
        body = {"files": {"files": ("a.txt", b"")}}
    elif path.endswith("/incident-files"):
        body = {"files": {"incident_file": ("a.zip", b"")}}
    elif path.endswith("/transcript"):
        body = {"files": {"file": ("call.txt", b"Ana: The queue was full.")}}
    elif method in ("POST", "PUT"):
        body = {"json": BODIES[f"{method} {path}"]}
    answer = browser.client.request(method, filled(path, incident), params=query, **body, **more)
    if answer.status_code >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["status"] == answer.status_code and problem["detail"] and problem["next"], problem
    return answer.status_code


def test_the_table_holds_the_whole_api() -> None:
    assert len(ROUTES) >= 20 and {method for method, _ in ROUTES} == {"GET", "POST", "PUT", "DELETE"}


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_no_route_answers_a_browser_that_was_not_let_in(
    browser: Browser, incident: str, method: str, path: str
) -> None:
    browser.client.cookies.clear()
    assert ask(browser, method, path, incident) == 401


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if route[0] not in SAFE])
def test_nothing_changes_without_the_csrf_token(browser: Browser, incident: str, method: str, path: str) -> None:
    del browser.client.headers[CSRF_HEADER]
    assert ask(browser, method, path, incident) == 403
    assert ask(browser, method, path, incident, headers={CSRF_HEADER: "wrong"}) == 403


@pytest.mark.parametrize(
    "header", [{"Host": "evil.example"}, {"Host": "127.0.0.1:1"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_other_hosts_and_origins_are_refused_everywhere(
    browser: Browser, incident: str, method: str, path: str, header: dict[str, str]
) -> None:
    assert ask(browser, method, path, incident, headers=header) == 403


@pytest.mark.parametrize(
    "path", ["/%00", "/assets/%00", f"/{'a' * 5000}", "/assets/../../app.py", "/assets/%2e%2e/%2e%2e/app.py", "/assets"]
)
def test_a_path_that_is_no_page_leads_to_the_first_page_and_nowhere_else(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 200 and "build_app" not in answer.text
    assert answer.text == browser.client.get("/").text


def test_our_own_origin_is_not_refused(browser: Browser) -> None:
    assert browser.client.get("/api/v1/session", headers={"Origin": BASE}).status_code == 200


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_every_role_gets_what_access_allows_and_nothing_else(
    letting_in: Callable[[Actor], Browser], incident: str, method: str, path: str, role: Role | None
) -> None:
    actor = Actor("guest", roles=((incident, role),) if role is not None else ())
    status = ask(letting_in(actor), method, path, incident)
    if path.startswith(OWN) or (path in ANYBODY and method == "GET"):
        assert status == 200
    elif "{incident}" not in path:
        # A job that one may not see is not there; everything else of the installation is its owner's.
        assert status == (404 if "{job}" in path else 403)
    else:
        verb = next(
            (verb for part, verb in VERBS.items() if part in path), Verb.READ if method in SAFE else Verb.DECIDE
        )
        granted = next((codes for part, codes in ALLOWED.items() if part in path), (200, 202))
        assert status in (granted if may(actor, verb, incident) else (403,))


def test_the_list_holds_only_what_one_may_read(letting_in: Callable[[Actor], Browser], incident: str) -> None:
    stranger = letting_in(Actor("stranger", roles=(("another", Role.FACILITATOR),)))
    reader = letting_in(Actor("reader", roles=((incident, Role.OBSERVER),)))
    assert stranger.get("/incidents") == {"incidents": []}
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
