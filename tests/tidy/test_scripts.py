"""The scripts behind the verbs, on a machine that lacks something and on results that are bad."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .source import ROOT

JUNIT = '<testsuites><testsuite><testcase name="a"/><testcase name="b">{}</testcase></testsuite></testsuites>'


def machine_with(folder: Path, *programs: str) -> dict[str, str]:
    """An environment whose PATH has coreutils and stubs of `programs`, nothing else."""
    for tool in ("bash", "env", "id", "basename"):
        (folder / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
    for program in programs:
        stub = folder / program
        stub.write_text(f"#!{shutil.which('bash')}\nexit 0\n", encoding="utf-8")
        stub.chmod(0o755)
    return {"PATH": str(folder)}


def prerequisites(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "prerequisites.sh")
    return subprocess.run(
        [shutil.which("bash") or "bash", script], env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install -y git python3 python3-venv"),
        ("dnf", "dnf install -y git python3.12"),
        ("brew", "brew install git python@3.12"),
    ],
)
def test_what_is_missing_is_mended_by_one_command(tmp_path: Path, manager: str, command: str) -> None:
    found = prerequisites(machine_with(tmp_path, manager, "make"))
    assert found.returncode == 1
    assert "Missing here: git python." in found.stderr
    assert found.stderr.rstrip().endswith(command)
    assert found.stdout == ""


def test_where_nothing_is_missing_the_python_is_named(tmp_path: Path) -> None:
    found = prerequisites(machine_with(tmp_path, "git", "make", "python3"))
    assert found.returncode == 0
    assert found.stdout.strip() == str(tmp_path / "python3")


@pytest.mark.parametrize(
    ("inside", "line", "code"),
    [
        ("", "tests: 2 passed, 0 failed", 0),
        ("<failure/>", "tests: 1 passed, 1 failed", 1),
        ("<error/>", "tests: 1 passed, 1 failed", 1),
        ("<skipped/>", "tests: 1 passed, 0 failed, 1 skipped", 0),
    ],
)
def test_the_closing_line_counts_what_ran(tmp_path: Path, inside: str, line: str, code: int) -> None:
    results = tmp_path / "junit.xml"
    results.write_text(JUNIT.format(inside), encoding="utf-8")
    found = count(results)
    assert (found.stdout.strip(), found.returncode) == (line, code)


def test_no_results_are_a_failure(tmp_path: Path) -> None:
    assert count(tmp_path / "absent.xml").returncode == 1
    (tmp_path / "none.xml").write_text("<testsuites/>", encoding="utf-8")
    assert count(tmp_path / "none.xml").returncode == 1


def count(results: Path) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "count_tests.py")
    return subprocess.run([sys.executable, script, str(results)], capture_output=True, text=True, check=False)
