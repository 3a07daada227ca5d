"""The promises of tests/conftest.py: continuous integration skips nothing, golden files change only when asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .source import ROOT

GOLDEN = """
from pathlib import Path

def test_text(golden):
    golden(Path(__file__).with_name("expected.txt"), "new")
"""


def pytest_run(folder: Path, test: str, *options: str, ci: str = "false") -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_it.py").write_text(test, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        *options,
        str(folder),
    ]
    # Plugins of this environment are no part of the promise, and loading them takes most of the time.
    env = {**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_skip_fails_in_continuous_integration_with_its_reason(tmp_path: Path) -> None:
    skipping = "import pytest\n\ndef test_a():\n    pytest.skip('no PostgreSQL here')\n"
    assert pytest_run(tmp_path, skipping).returncode == 0
    found = pytest_run(tmp_path, skipping, ci="true")
    assert found.returncode == 1
    assert "no PostgreSQL here" in found.stdout


def test_a_module_that_skips_itself_fails_there_too(tmp_path: Path) -> None:
    skipping = "import pytest\n\npytest.importorskip('no_such_module')\n"
    found = pytest_run(tmp_path, skipping, ci="true")
    assert found.returncode not in (0, 5)
    assert "no_such_module" in found.stdout


def test_a_golden_file_is_compared_and_rewritten_only_when_asked(tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    expected.write_text("old", encoding="utf-8")
    assert pytest_run(tmp_path, GOLDEN).returncode == 1
    assert expected.read_text(encoding="utf-8") == "old"
    assert pytest_run(tmp_path, GOLDEN, "--golden").returncode == 0
    assert expected.read_text(encoding="utf-8") == "new"
