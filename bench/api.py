"""How fast the API answers: every GET that the pages send, over loopback to `secondstory serve`, as JSON.

Idea: a server process of its own on a copy of the demo; one client, one request after the other on one connection, as
many for each operation as asked, after a few that are not counted. `first_ms` is the first of these: nothing is kept
yet, so it reads and decodes what the later ones find in memory.
Units: milliseconds from sending the request to the last byte of its answer. `server_cpu_ms`: processor time of the
server a request, which a busy machine does not change.
When it misleads: all other figures grow on a busy machine; `load` is its number of waiting processes before and after.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.wiring import open_world
from serving import served

RESULT = Path(__file__).parent / "results" / "api.json"
TARGET_MS = 50.0
WARM_UP = 5
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
KINDS = ("evidence", "timeline", "impact", "causes", "actions", "report")


@contextmanager
def demo_served() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server on the demo, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        with open_world(Settings(data_dir=Path(folder))) as world:
            ensure_demo(LOCAL_OWNER, world, lambda _what: None)
        with served(Path(folder)) as running:
            yield running


def operations(client: httpx.Client) -> dict[str, str]:
    """Name and path of every GET of the pages, with what the demo holds put in, as the pages ask for it."""

    def answer(path: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = client.get(path).json()
        return found

    incident = answer("/incidents")["incidents"][0]["id"]
    at = f"/incidents/{quote(incident)}"
    recording = quote(answer("/recordings")["recordings"][0]["name"])
    label = max(answer(f"{at}/evidence")["evidence"], key=lambda item: item["rows"])["label"]
    trace = answer(f"{at}/exemplars")["exemplars"][0]["trace_id"]
    spans = client.get(f"{at}/requests", params={"trace_id": trace}).json()["traces"][0]["spans"]
    user = next(span["attributes"]["enduser.id"] for span in spans if "enduser.id" in span["attributes"])
    return {
        "session": "/session",
        "health": "/health",
        "incidents": "/incidents",
        "incident": at,
        **{f"document {kind}": f"{at}/documents/{kind}" for kind in KINDS},
        "evidence": f"{at}/evidence",
        "evidence, one piece": f"{at}/evidence/{label}",
        "signals, one screen": f"{at}/signals?width=1200&limit=50",
        "signals, all": f"{at}/signals?width=1200&limit=500",
        "signals, in the list of incidents": f"{at}/signals?width=96&limit=1",
        "exemplars": f"{at}/exemplars",
        "requests by trace": f"{at}/requests?trace_id={trace}",
        "requests by attribute": f"{at}/requests?attribute=enduser.id&value={quote(user)}",
        "report.html": f"{at}/report.html",
        "report.md": f"{at}/report.md",
        "recordings": "/recordings",
        "mapping": f"/recordings/{recording}/mapping",
        "sources": "/sources",
        "jobs": "/jobs",
    }


def measured(client: httpx.Client, path: str, requests: int, pid: int) -> dict[str, float]:
    """Times of one operation."""
    times: list[float] = []
    for number in range(WARM_UP + requests):
        if number == WARM_UP:
            cpu = cpu_s(pid)
        began = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{path}: {answer.text}"
    return {
        **spread(times[WARM_UP:]),
        "server_cpu_ms": round((cpu_s(pid) - cpu) * 1000 / requests, 2),
        "bytes": int(answer.headers["content-length"]),
    }


def spread(values: list[float]) -> dict[str, float]:
    """Median, 95 % and largest."""
    ranked = sorted(values)

    def at(part: float) -> float:
        return round(ranked[min(len(ranked) - 1, int(part * len(ranked)))], 2)

    return {"p50_ms": at(0.5), "p95_ms": at(0.95), "max_ms": at(1.0)}


def cpu_s(pid: int) -> float:
    """Processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def main() -> None:
    """Measure, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--requests", type=int, default=200, help="for each operation")
    chosen = asked.parse_args()
    load = os.getloadavg()[0]
    with demo_served() as (process, url), httpx.Client(follow_redirects=True, timeout=60) as client:
        client.get(url).raise_for_status()
        client.base_url = httpx.URL(url.partition("?")[0] + "api/v1")
        found = operations(client)
        rows = {name: measured(client, path, chosen.requests, process.pid) for name, path in found.items()}
    slowest = max(rows, key=lambda name: rows[name]["p95_ms"])
    result = {
        "requests": chosen.requests,
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "target_p95_ms": TARGET_MS,
        "slowest": slowest,
        "slowest_p95_ms": rows[slowest]["p95_ms"],
        "missed": [name for name, row in rows.items() if row["p95_ms"] > TARGET_MS],
        "operations": rows,
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    for name, row in rows.items():
        print(f"{name:36}", *(f"{key} {value:9}" for key, value in row.items()))
    print(json.dumps({name: value for name, value in result.items() if name != "operations"}))


if __name__ == "__main__":
    main()
