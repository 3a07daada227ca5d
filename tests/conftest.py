"""What every test may use: golden files, and the promise that continuous integration skips nothing."""

import os
import shutil
import signal
from collections.abc import Callable, Generator
from pathlib import Path

import hypothesis
import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.wiring import open_world

# How long an example takes says nothing on a busy machine; in CI the examples are the same every time.
hypothesis.settings.register_profile("ours", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("ours")

# Whoever starts tests in the background may have them ignore Ctrl-C, and with them every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

NO_SKIPS = os.environ.get("CI") == "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files with what the tests see")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """`golden(path, text)` holds `text` equal to the file at `path`; under --golden it writes the file instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: run `make golden`, then read the new file as prose."
        expected = path.read_text(encoding="utf-8")
        assert text == expected, f"{path} differs. If the new text is right: `make golden`, and read the diff."

    return compare


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if NO_SKIPS and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A test that did not run has shown nothing, so under CI=true it counts as failed, with its reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"Skipped under CI=true, where every test must run: {reason}"


@pytest.fixture(scope="session")
def demo_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the shipped example is imported and analysed; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("demo")
    with open_world(Settings(data_dir=folder)) as world:
        ensure_demo(LOCAL_OWNER, world, lambda _what: None)
    return folder


@pytest.fixture
def own_demo_dir(demo_dir: Path, tmp_path: Path) -> Path:
    """A copy of `demo_dir` of the test's own."""
    return Path(shutil.copytree(demo_dir, tmp_path / "data"))
