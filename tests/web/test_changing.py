"""What a browser changes: uploads, jobs, mappings, incidents; and what outlives a killed server."""

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from bench.serving import served

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import Unavailable
from secondstory.web.serving import serving
from secondstory.web.worker import QueueThread

from .conftest import Browser

GOOD = b'{"time":"2026-03-01T12:00:01Z","msg":"done","app":"orders","team":"payments"}\n'
JSON = {"Content-Type": "application/json"}
HALF = GOOD + b"{broken\n" + GOOD.replace(b":01Z", b":02Z") + b"[1,2]\n"


def upload(browser: Browser, name: str, **files: bytes) -> Any:
    parts = [("files", (f"{stem}.jsonl", data)) for stem, data in files.items()]
    answer = browser.client.post("/api/v1/imports", files=parts, data={"name": name})
    assert answer.status_code == 202, answer.text
    return answer.json()["job"]


def test_a_half_broken_upload_tells_what_was_kept_and_what_was_not(own_browser: Browser) -> None:
    job = upload(own_browser, "mixed", app=HALF, other=GOOD, noise=b"\x00\x01\x02")
    assert (job["state"], job["subject"]) == ("waiting", "mixed")
    own_browser.work()
    assert own_browser.get(f"/jobs/{job['id']}")["state"] == "done"
    told: Any = own_browser.get(f"/imports/{job['id']}/summary")
    files = {file["path"]: file for file in told["files"]}
    assert (files["app.jsonl"]["kept"], files["app.jsonl"]["source"]) == (2, "json_lines")
    assert [reject["line"] for reject in files["app.jsonl"]["rejects"]] == [2]
    assert sum(reject["count"] for reject in files["app.jsonl"]["rejects"]) == 2
    assert files["noise.jsonl"]["failures"] or files["noise.jsonl"]["rejects"]
    assert any("app.jsonl" in gap["detail"] for gap in told["gaps"])
    assert {use["label"]: use["becomes"] for use in told["labels"]}["app"] == "service"


def test_a_corrected_mapping_reads_the_same_files_again(own_browser: Browser) -> None:
    upload(own_browser, "logs", app=GOOD)
    own_browser.work()
    assert own_browser.get("/recordings/logs/mapping")["readable_again"] is True
    given = {"labels": {"service": ["team"]}, "aliases": [{"seen": "payments", "meant": "payment"}]}
    answer = own_browser.client.put("/api/v1/recordings/logs/mapping", json=given)
    assert answer.status_code == 200 and len(answer.json()["jobs"]) == 1
    own_browser.work()
    after = {each["name"]: each for each in own_browser.get("/recordings")["recordings"]}["logs"]  # type: ignore[attr-defined]  # JSON
    assert after["services"] == ["payment"] and after["rows"] == [{"table": "logs", "rows": 1}]
    for wrong in (b'{"labels": {"colour": ["x"]}}', b'{"labels": {"service": ["\\ud800"]}}'):
        refused = own_browser.client.put("/api/v1/recordings/logs/mapping", content=wrong, headers=JSON)
        assert refused.status_code == 422 and refused.json()["field"] in refused.json()["detail"]


def test_an_upload_cannot_leave_its_folder(own_browser: Browser, own_demo_dir: Path) -> None:
    before = set(own_demo_dir.parent.rglob("*"))
    names = ("../../out.jsonl", "/abs.jsonl", "..\\win.jsonl", "a/b/c.jsonl", "..", "same.jsonl", "same.jsonl")
    parts = [("files", (name, GOOD)) for name in names]
    assert own_browser.client.post("/api/v1/imports", files=parts, data={"name": "odd"}).status_code == 202
    made = {path for path in own_demo_dir.parent.rglob("*") if path.is_file()} - before
    (folder,) = (own_demo_dir / "uploads").iterdir()
    assert len({path for path in made if path.is_relative_to(folder)}) == len(names)
    assert all(path.is_relative_to(folder) or path.name.startswith("records.db") for path in made)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("files", "data"), [([], {"name": "x"}), ([("files", ("a.jsonl", GOOD))], {"name": "a\x00b"})])
def test_an_upload_without_files_or_with_an_impossible_name_is_refused(
    own_browser: Browser, own_demo_dir: Path, files: Any, data: Any
) -> None:
    answer = own_browser.client.post("/api/v1/imports", files=files, data=data)
    assert answer.status_code == 400 and answer.json()["next"]
    assert own_browser.get("/jobs") == {"jobs": []} and not (own_demo_dir / "uploads").exists()


def test_a_waiting_import_is_cancelled_and_stays_so(own_browser: Browser) -> None:
    job = upload(own_browser, "never", app=GOOD)
    assert own_browser.client.delete(f"/api/v1/jobs/{job['id']}").json()["state"] == "cancelled"
    own_browser.work()
    assert own_browser.get(f"/jobs/{job['id']}")["state"] == "cancelled"
    assert own_browser.client.get(f"/api/v1/imports/{job['id']}/summary").status_code == 404
    assert "never" not in {each["name"] for each in own_browser.get("/recordings")["recordings"]}  # type: ignore[attr-defined]  # JSON


def test_an_incident_is_opened_analysed_and_then_read(own_browser: Browser) -> None:
    given = {
        "title": "Checkout, again",
        "recording": "pool-exhaustion",
        "window": {"start": "2026-11-21T10:48:24Z", "end": "2026-11-21T10:54:33Z"},
        "time_zone": "Europe/Berlin",
        "alarm_service": "gateway",
    }
    answer = own_browser.client.post("/api/v1/incidents", json=given)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["id"], made["status"], made["alarm_service"]) == ("checkout-again-2026-11-21-1148", "open", "gateway")
    assert own_browser.client.post("/api/v1/incidents", json=given).status_code == 400
    job = own_browser.client.post(f"/api/v1/incidents/{made['id']}/analyse", json={}).json()["job"]
    own_browser.work()
    assert own_browser.get(f"/jobs/{job['id']}")["state"] == "done"
    assert own_browser.get(f"/incidents/{made['id']}")["first_cause"] == "the connection pool of orders runs out"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"recording": "none"}, 400),
        ({"time_zone": "Mars/Olympus"}, 400),
        ({"time_zone": "../../etc/passwd"}, 400),
        ({"window": {"start": "2026-01-02T00:00:00Z", "end": "2026-01-01T00:00:00Z"}}, 400),
        ({"window": {"start": "2026-01-02T00:00:00Z", "end": "2062-01-03T00:00:00Z"}}, 400),
        ({"window": {"start": "1026-01-02T00:00:00Z", "end": "1026-01-03T00:00:00Z"}}, 400),
        ({"window": {"start": "0001-01-01T00:00:00+14:00", "end": "2026-01-02T00:00:00Z"}}, 422),
        ({"window": {"start": "2026-01-01T00:00:00", "end": "2026-01-02T00:00:00Z"}}, 422),
        ({"severity": "SEV0"}, 422),
        ({"title": ""}, 422),
        ({"colour": "red"}, 422),
    ],
)
def test_an_incident_that_cannot_be_opened_says_why(own_browser: Browser, change: Any, status: int) -> None:
    window = {"start": "2026-01-01T00:00:00Z", "end": "2026-01-02T00:00:00Z"}
    given = {"title": "T", "recording": "pool-exhaustion", "window": window, **change}
    answer = own_browser.client.post("/api/v1/incidents", json=given)
    assert answer.status_code == status and answer.json()["detail"] and answer.json()["next"]


def test_the_queue_of_a_server_works_in_the_background_and_leaves_what_it_cannot_end(own_browser: Browser) -> None:
    begun, go_on = threading.Event(), threading.Event()
    queue = QueueThread(LOCAL_OWNER, own_browser.world)
    own_browser.app.state.wake = lambda: (begun.set(), queue.wake())
    queue.start()
    job = upload(own_browser, "background", app=GOOD)
    assert begun.wait(10)
    for _ in range(600):
        if own_browser.get(f"/jobs/{job['id']}")["state"] == "done":
            go_on.set()
            break
        threading.Event().wait(0.05)
    queue.stop()
    assert go_on.is_set()


class Outside:
    """A browser of a server in another process."""

    def __init__(self, url: str) -> None:
        self.base = url.split("?")[0]
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.opener.open(url, timeout=20).read()
        self.csrf = self.ask("GET", "/session")["csrf"]

    def ask(self, method: str, path: str, data: bytes | None = None, kind: str = "application/json") -> Any:
        headers = {"Content-Type": kind, "X-CSRF-Token": getattr(self, "csrf", "")}
        request = Request(f"{self.base}api/v1{path}", data=data, headers=headers, method=method)
        return json.loads(self.opener.open(request, timeout=20).read())


@contextmanager
def server(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], Outside]]:
    with served(data_dir) as (process, address):
        yield process, Outside(address)


def test_a_killed_server_loses_no_job(own_demo_dir: Path, incident: str) -> None:
    with server(own_demo_dir) as (process, outside):
        job = outside.ask("POST", f"/incidents/{incident}/analyse", b'{"refresh": true}')["job"]
        process.send_signal(signal.SIGKILL)
        process.wait()
    with server(own_demo_dir) as (process, outside):
        assert outside.ask("GET", f"/jobs/{job['id']}")["state"] in ("waiting", "running", "done")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


def test_a_taken_port_is_told(own_browser: Browser) -> None:
    with (
        serving(own_browser.world, 0, 8) as served,
        pytest.raises(Unavailable, match="cannot be used"),
        serving(own_browser.world, int(served.address.rsplit(":", 1)[1].strip("/")), 8),
    ):
        pass
