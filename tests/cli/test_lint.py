"""`secondstory lint` as a person, a build and a hook use it: exit codes, JSON, SARIF, standard input, several files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from secondstory.cli.app import APP
from secondstory.cli.session import OUT

ROOT = Path(__file__).parents[2]
BAD = "# Review\n\nWe should have tested the pool limit.\n"
GOOD = "# Review\n\nThe pool ran full at 10:02, and no alert looks at its fill level.\n"


def lint(*arguments: str, given: str | None = None) -> Result:
    OUT.width = 200
    return CliRunner().invoke(APP, ["lint", *arguments], input=given)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad one.md"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.md"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_clean_text_is_exit_code_0_and_findings_are_1(good: Path, bad: Path) -> None:
    clean = lint(str(good))
    assert clean.exit_code == 0 and "Nothing to reword" in clean.stdout
    both = lint(str(good), str(bad))
    assert both.exit_code == 1
    assert f"{bad}:3:1  counterfactual, severity 2" in both.stdout
    assert "“We should have tested”" in both.stdout and "The pool limit was not tested." in both.stdout


def test_what_cannot_be_read_is_exit_code_2_and_the_others_are_read_all_the_same(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\xff\xfe")
    done = lint(str(tmp_path / "picture.md"), str(tmp_path / "none.md"), str(tmp_path), "a\0b", str(bad))
    assert done.exit_code == 2
    assert "no UTF-8 text" in done.stderr and "No such file" in done.stderr and "it is a folder" in done.stderr
    assert "We should have tested" in done.stdout
    assert lint().exit_code == 2
    assert lint("--json", "--sarif", str(bad)).exit_code == 2


def test_severity_decides_what_counts(bad: Path) -> None:
    assert lint(str(bad), "--min-severity", "3").exit_code == 0
    assert lint("-", given="In hindsight it was low.\n").exit_code == 1
    assert lint("-", "--min-severity", "2", given="In hindsight it was low.\n").exit_code == 0


def test_standard_input_is_read_and_named(bad: Path) -> None:
    done = lint("-", given=BAD)
    assert done.exit_code == 1 and "standard input:3:1" in done.stdout


def test_another_language_is_said_to_be_left_alone() -> None:
    done = lint("-", given="Wir hätten das testen müssen, und niemand hat auf die Anzeige gesehen.\n")
    assert done.exit_code == 0 and "not in English" in done.stderr


def test_json_holds_every_field_and_the_rules(bad: Path) -> None:
    told = json.loads(lint("--json", str(bad)).stdout)
    (finding,) = told["texts"][0]["findings"]
    assert finding | {"reason": "", "suggestion": ""} == {
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 22,
        "rule": "counterfactual",
        "severity": 2,
        "words": "We should have tested",
        "sentence": "We should have tested the pool limit.",
        "reason": "",
        "suggestion": "",
    }
    assert {"blame", "counterfactual", "jargon"} <= {rule["name"] for rule in told["rules"]}


def test_sarif_holds_to_the_rules_of_2_1_0(bad: Path, good: Path, tmp_path: Path) -> None:
    log = json.loads(lint("--sarif", str(bad), str(good), str(tmp_path / "none.md")).stdout)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "secondstory" and all(rule["shortDescription"]["text"] for rule in rules)
    assert len({rule["id"] for rule in rules}) == len(rules)
    (call,) = run["invocations"]
    assert call["executionSuccessful"] is False and call["toolExecutionNotifications"][0]["message"]["text"]
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "counterfactual"
    assert result["level"] in {"none", "note", "warning", "error"} and result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 22}
    assert " " not in place["artifactLocation"]["uri"]
    assert run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == place["artifactLocation"]["uri"]


def test_the_demo_is_read_with_its_actions(own_demo_dir: Path) -> None:
    done = CliRunner().invoke(
        APP, ["lint", "--incident", "demo", "--json"], env={"SECONDSTORY_DATA_DIR": str(own_demo_dir)}
    )
    assert done.exit_code == 0, done.output
    names = [text["name"] for text in json.loads(done.stdout)["texts"]]
    assert names[0] == "document" and any(name.startswith("action ") for name in names)


def test_what_the_plan_lacks_is_in_sarif_too(own_demo_dir: Path) -> None:
    given = {"SECONDSTORY_DATA_DIR": str(own_demo_dir)}
    for said in (
        ("factors", "lesson", "demo", "badly", "The pool was full."),
        ("actions", "add", "demo", "Add a test."),
    ):
        assert CliRunner().invoke(APP, said, env=given).exit_code == 0
    done = CliRunner().invoke(APP, ["lint", "--incident", "demo", "--sarif"], env=given)
    assert done.exit_code == 1, done.output
    (run,) = json.loads(done.stdout)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    lacking = [one for one in run["results"] if one["ruleId"].startswith("plan-")]
    assert {one["ruleId"] for one in lacking} >= {"plan-closure", "plan-owner", "plan-criterion"}
    assert all(rules[one["ruleIndex"]] == one["ruleId"] and one["message"]["text"] for one in lacking)
    (open_one,) = [one for one in lacking if one["ruleId"] == "plan-closure"]
    assert open_one["level"] == "error"
    assert open_one["locations"][0]["logicalLocations"][0]["name"] == "L1"


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = only
    return found


def test_the_hook_is_whole_and_names_a_verb_that_there_is() -> None:
    told = hook()
    assert {"id", "name", "entry", "language", "types"} <= set(told)
    assert told["entry"] == "secondstory lint" and told["types"] == ["markdown"]


def test_the_hook_stops_a_commit_in_a_repository(tmp_path: Path) -> None:
    """What the hook names is run as git runs it: from the top, with the changed files of its type as arguments."""
    verb = hook()["entry"].removeprefix("secondstory ")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "--quiet"], cwd=tmp_path, check=True)
    script = tmp_path / ".git" / "hooks" / "pre-commit"
    script.write_text(
        "#!/bin/sh\ngit diff --cached --name-only --diff-filter=AM -z -- '*.md'"
        f" | xargs -0 '{sys.executable}' -m secondstory {verb}\n",
        encoding="utf-8",
    )
    script.chmod(0o755)

    def commit(text: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "the review.md").write_text(text, encoding="utf-8")
        subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)
        return subprocess.run([*git, "commit", "-m", "Add"], cwd=tmp_path, capture_output=True, text=True, check=False)

    stopped = commit(BAD)
    assert stopped.returncode != 0 and "the review.md:3:1" in stopped.stdout + stopped.stderr
    assert commit(GOOD).returncode == 0
