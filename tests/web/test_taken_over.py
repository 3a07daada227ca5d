"""After a kill, or an end while a meeting is on, the owner's open page is let in again; else it is not."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from bench.serving import served as served_apart

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.codec import encode
from secondstory.model.incident import Incident, Severity
from secondstory.model.window import Window
from secondstory.usecases.room.lead import Asked, end_meeting, start_meeting
from secondstory.usecases.room.log import is_any_on
from secondstory.web.door import CSRF_HEADER
from secondstory.web.local import NAME, Local, announcement
from secondstory.web.serving import serving
from secondstory.wiring import open_world

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def gone() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@contextmanager
def served(folder: Path, port: int) -> Iterator[Local]:
    with open_world(Settings(data_dir=folder)) as world, serving(world, port, 8):
        local = announcement(folder)
        assert local is not None
        yield local


def let_in(before: Local) -> int:
    """How the server answers a change by the page that was open before."""
    with httpx.Client(cookies={before.cookie_name: before.cookie}, headers={CSRF_HEADER: before.csrf}) as page:
        return page.put(f"{before.address}api/v1/policy/calendar", json={"summary_hours": 24}).status_code


def left(folder: Path, local: Local, mode: int = 0o600) -> None:
    """The file as a kill leaves it."""
    (folder / NAME).write_bytes(encode(local, Local))
    (folder / NAME).chmod(mode)


def meets(folder: Path) -> None:
    """Begin a meeting, or end the one that is on."""
    with open_world(Settings(data_dir=folder)) as world:
        window = Window(BEGIN, BEGIN + timedelta(minutes=1))
        world.incidents.save(Incident("outage", "Outage", Severity.SEV2, "UTC", window, ("outage",)))
        if is_any_on(LOCAL_OWNER, world):
            end_meeting(LOCAL_OWNER, world, "outage")
        else:
            start_meeting(LOCAL_OWNER, world, "outage", Asked("Outage"))


def test_a_server_that_is_stopped_in_a_meeting_lets_its_owner_back_in_until_the_meeting_is_over(
    tmp_path: Path, port: int
) -> None:
    """Real ones: stopped by Ctrl-C, and as a deploy stops them; the meeting ends before the last one does."""
    meets(tmp_path)
    with served_apart(tmp_path, port) as (process, url):
        with httpx.Client() as page:
            assert page.get(url, follow_redirects=False).status_code == 303
        before = announcement(tmp_path)
        assert before is not None and let_in(before) == 200
        stop(process, signal.SIGINT)
    with served_apart(tmp_path, port) as (process, _url):
        assert let_in(before) == 200
        stop(process, signal.SIGTERM)
    with served(tmp_path, port):
        assert let_in(before) == 200
        meets(tmp_path)
    with served(tmp_path, port):
        assert let_in(before) == 401  # it was ended when nothing was on


def stop(process: subprocess.Popen[str], sign: signal.Signals) -> None:
    process.send_signal(sign)
    process.wait()


def test_the_owner_comes_back_after_a_kill_and_not_after_an_end(tmp_path: Path, port: int) -> None:
    with served(tmp_path, port) as before:
        assert let_in(before) == 200
    with served(tmp_path, port):
        assert let_in(before) == 401  # it was ended in order
    left(tmp_path, replace(before, pid=gone()))
    with served(tmp_path, port):
        assert let_in(before) == 200


@pytest.mark.parametrize("fault", ["readable", "elsewhere", "running"])
def test_a_file_that_may_be_anothers_lets_nobody_in(tmp_path: Path, port: int, fault: str) -> None:
    with served(tmp_path, port) as before:
        pass
    told = replace(before, pid=os.getppid() if fault == "running" else gone())
    told = replace(told, address="http://127.0.0.1:1/") if fault == "elsewhere" else told
    left(tmp_path, told, 0o644 if fault == "readable" else 0o600)
    with served(tmp_path, port):
        assert let_in(before) == 401
