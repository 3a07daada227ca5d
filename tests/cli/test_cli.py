"""The verbs as a person uses them: tables, JSON, exit codes, and errors that say the next step."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.cli.session import OUT

ROOT = Path(__file__).parents[2]
STRETCH = "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z"


class Shell:
    """Runs verbs in one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.environment = {"SECONDSTORY_DATA_DIR": str(data_dir)}
        OUT.width = 200

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(APP, arguments, env=self.environment)
        assert done.exit_code == code, f"{arguments}: {done.exit_code}\n{done.output}\n{done.exception!r}"
        return done.output


@pytest.fixture
def shell(own_demo_dir: Path) -> Shell:
    return Shell(own_demo_dir)


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


def test_show_demo_prints_every_document(shell: Shell) -> None:
    documents = json.loads(shell("show", "demo", "--json"))
    assert sorted(documents) == ["actions", "causes", "detection", "evidence", "impact", "report", "timeline"]
    first = documents["causes"]["body"]["hypotheses"][0]
    assert (first["service"], first["mechanism"], first["part"]) == ("orders", "pool_exhausted", "initiating")


def test_the_demo_analyses_itself_anew_where_its_files_are_read_differently(shell: Shell) -> None:
    shell("import", str(ROOT / "examples" / "pool-exhaustion"), "--alias", "orders=ordering")
    assert "the connection pool of ordering runs out" in " ".join(shell("show", "demo", "--section", "causes").split())


def test_the_demo_checks_its_own_page(shell: Shell) -> None:
    printed = shell("demo", "--check")
    assert "http://127.0.0.1:" in printed
    assert "The page answers" in printed


def test_a_report_is_written_in_every_format(shell: Shell, tmp_path: Path) -> None:
    paths = [Path(path) for path in json.loads(shell("report", "demo", "--out", str(tmp_path / "out"), "--json"))]
    assert sorted(path.suffix for path in paths) == [".html", ".json", ".md"]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_importing_again_adds_nothing(shell: Shell) -> None:
    told = json.loads(shell("import", str(ROOT / "examples" / "pool-exhaustion"), "--json"))
    assert told["import"]["rows"] == []


def test_a_person_rejects_the_first_hypothesis_and_it_stays_rejected(shell: Shell) -> None:
    name = json.loads(shell("show", "--json"))[0]["id"]
    before = json.loads(shell("show", name, "--json"))
    first = before["causes"]["body"]["hypotheses"][0]["key"]
    shell("decide", name, first, "reject", "--why", "We reproduced it without the pool.")
    shell("analyse", name)
    after = json.loads(shell("show", name, "--json"))
    standing = {each["key"]: each["standing"] for each in after["causes"]["body"]["hypotheses"]}
    assert standing[first] == "rejected"
    assert after["evidence"]["hash"] == before["evidence"]["hash"]
    assert after["causes"]["hash"] != before["causes"]["hash"]


def test_a_decision_on_something_that_is_not_there_is_kept_and_shown(shell: Shell) -> None:
    told = shell("decide", "demo", "hypothesis/nothing", "accept", "--why", "We think so.")
    assert "Nothing found so far has the key 'hypothesis/nothing'" in told
    assert "\n  hypothesis/orders/" in told and "\n  milestone/detected\n" in told
    shell("analyse", "demo")
    causes = json.loads(shell("show", "demo", "--json"))["causes"]["body"]
    assert len(causes["orphaned_decisions"]) == 1


def test_sections_are_shown_one_by_one(shell: Shell) -> None:
    assert "orders" in shell("show", "demo", "--section", "causes")
    assert "Choose one of" in shell("show", "demo", "--section", "nowhere", code=3)


def test_doctor_finds_a_key_that_others_can_read(shell: Shell, own_demo_dir: Path) -> None:
    assert "fails" not in shell("doctor")
    (own_demo_dir / "sealed.key").chmod(0o644)
    assert "chmod 600" in shell("doctor", code=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("analyse", "nothing"), "There is no incident 'nothing'"),
        (("show", "nothing"), "There is no incident 'nothing'"),
        (("import", "no/such/path"), "no/such/path"),
        (("open", "x", "-r", "none", "-w", "2026-01-01/2026-01-02"), "names no offset"),
        (("open", "x", "-r", "none", "-w", "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z"), "no recording 'none'"),
        (("open", "x", "-r", "r", "-w", "w", "--severity", "SEV9"), "no severity 'SEV9'. Choose one of: SEV1, SEV2"),
        (("open", "x", "-r", "r", "-w", "w", "--time-zone", "Europe/Bonn"), "no time zone 'Europe/Bonn'. Give an IANA"),
    ],
)
def test_a_mistake_is_told_with_what_was_tried(empty: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert told in " ".join(empty(*arguments, code=3).split())


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff\x13" * 4000])
def test_an_import_that_reads_nothing_says_so_and_fails(empty: Shell, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "friday"
    path.mkdir()
    if content is not None:
        (path / "friday.log").write_bytes(content)
    printed = empty("import", str(path), code=3)
    assert "Nothing could be read from" in printed
    assert "secondstory open" not in printed
    assert "Known recordings: none yet" in empty("open", "x", "-r", "friday", "-w", STRETCH, code=3)


def test_an_import_says_how_to_open_an_incident_over_what_it_read(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "changes.csv"
    path.write_text("time,kind,service,title\n2026-03-06T10:02:00.5Z,deploy,orders,orders 1.8.1\n")
    printed = empty("import", str(path), "--recording", "made by hand")
    command = next(line for line in printed.splitlines() if "secondstory open NEW-ID" in line)
    assert command.endswith("--recording 'made by hand' --window 2026-03-06T10:02:00Z/2026-03-06T10:02:01Z")
    empty(*shlex.split(command)[1:])


def test_a_table_too_wide_for_the_terminal_is_told_record_by_record(shell: Shell) -> None:
    OUT.width = 80
    printed = shell("show", "demo", "--section", "actions")
    assert "      Strength: stronger\n" in printed


def test_times_are_told_in_the_zone_of_the_incident_and_values_with_their_unit(shell: Shell) -> None:
    printed = " ".join(shell("show", "demo", "--section", "causes").split())
    assert "was changed at 11:49:15 CET, before" in printed
    assert "UTC" not in printed.replace("(UTC+1)", "")
    assert "Latency, slowest 5 % of gateway went from 71.6 ms to 6.94 s" in printed


def test_stopped_while_it_still_loads_it_ends_without_a_traceback() -> None:
    program = (
        "import os, signal, sys\n"
        "class Loading:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'secondstory.cli.app': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Loading())\n"
        "from secondstory.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Stopped before anything was done.\n")


def test_bad_lines_are_counted_and_told_once(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "changes.csv"
    path.write_text("time,kind,service,title\n2026-03-06T10:02:00Z,deploy,orders,orders 1.8.1\nat ten,deploy,a,b\n")
    printed = empty("import", str(path))
    assert printed.count("The time cannot be read") == 1
    assert "at ten" not in printed  # what a cell held may be a secret
    assert ".." not in printed


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert str(taken) in Shell(taken)("show", code=3).replace("\n", "")


def test_incidents_can_be_copied_from_a_narrow_list(shell: Shell) -> None:
    OUT.width = 70
    name = json.loads(shell("show", "--json"))[0]["id"]
    assert name in shell("show")


def test_an_unknown_verb_and_no_verb_are_usage_errors(empty: Shell) -> None:
    empty("blame", code=2)
    assert "import" in empty(code=2)


def test_the_laboratory_lists_its_scenarios(empty: Shell) -> None:
    names = [scenario["name"] for scenario in json.loads(empty("gameday", "list", "--json"))]
    assert "pool-exhaustion" in names
    assert len(names) >= 6


def test_what_a_recording_is_called_neither_leads_out_of_the_folder_nor_reads_as_markup(
    empty: Shell, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    stretch = "start = 2026-01-01T10:00:00Z\nend = 2026-01-01T11:00:00Z\n"
    title = r"odd \[/b] :warning: \u001b[31m title"
    (made / "incident.toml").write_text(
        f'id = "../../odd"\ntitle = "{title}"\n[window]\n{stretch}'.replace("\\[", "\\\\[")
    )
    empty("import", str(made), "--recording", "made[/i]")
    assert r"odd \[/b] :warning: [31m title" in empty("show")
    empty("analyse", "../../odd")
    (path,) = json.loads(empty("report", "../../odd", "--format", "json", "--out", str(tmp_path / "a" / "b"), "--json"))
    assert Path(path).resolve().parent == tmp_path / "a" / "b"


def test_an_incident_is_not_moved_to_another_recording(empty: Shell, tmp_path: Path) -> None:
    (tmp_path / "incident.toml").write_text(
        'id = "inc"\n[window]\nstart = 2026-01-01T10:00:00Z\nend = 2026-01-01T11:00:00Z\n'
    )
    empty("import", str(tmp_path / "incident.toml"), "--recording", "one")
    told = empty("import", str(tmp_path / "incident.toml"), "--recording", "two", code=3)
    assert "open over recording one" in told and "--recording one" in told
    empty("import", str(tmp_path / "incident.toml"), "--recording", "one")


def test_a_preview_stores_nothing_and_a_corrected_mapping_is_remembered(empty: Shell, tmp_path: Path) -> None:
    line = '{"time": "2026-03-01T12:00:00Z", "msg": "done", "app": "payments-svc", "team": "shop"}\n'
    (tmp_path / "app.jsonl").write_text(line)
    given = ("import", str(tmp_path / "app.jsonl"), "--recording", "outage")
    printed = empty(*given, "--preview", "--alias", "payments-svc=payment")
    assert "Nothing is stored yet" in printed
    told = json.loads(empty(*given, "--preview", "--json", "--map", "service=team,app"))
    assert [name["meant"] for name in told["services"]] == ["shop"]
    assert not told["remembered"]
    empty(*given, "--alias", "payments-svc=payment")
    told = json.loads(empty(*given, "--preview", "--json"))
    assert [name["meant"] for name in told["services"]] == ["payment"]
    assert told["remembered"]


def test_a_mapping_that_cannot_be_read_says_how_to_write_it(empty: Shell, tmp_path: Path) -> None:
    (tmp_path / "app.jsonl").write_text("{}\n")
    assert "--map service=job,app" in empty("import", str(tmp_path), "--map", "service", code=3)
    assert "--alias payments-svc=payment" in empty("import", str(tmp_path), "--alias", "=payment", code=3)


def test_a_hypothesis_is_added_marked_judged_voted_on_and_taken_back(shell: Shell) -> None:
    shown = shell("matrix", "show", "demo")
    assert "Calls from checkout to orders" in shown
    assert "Ask of the leader: If orders were not where it begins" in shown
    count = len(json.loads(shell("matrix", "show", "demo", "--json"))["causes"]["hypotheses"])
    where = "payment#process.cpu.utilization"
    added = json.loads(shell("matrix", "add", "demo", where, "The bank was slow.", "--mechanism", "latency", "--json"))
    own = added["causes"]["hypotheses"][-1]
    assert (own["service"], own["indicator"], own["words"]) == (*where.split("#"), "The bank was slow.")
    name = f"H{count + 1}"
    marked = shell("matrix", "mark", "demo", name, "P1", "held", "--why", "We saw it.")
    assert "held*" in marked
    assert "We saw it." in marked
    assert "secondstory analyse" in marked
    assert "1 for, 0 against" in shell("matrix", "vote", "demo", name, "for")
    assert "rejected" in shell("matrix", "judge", "demo", name, "rejected", "--why", "Reproduced without it.")
    for _ in range(3):
        shell("matrix", "undo", "demo")
    assert json.loads(shell("matrix", "show", "demo", "--json"))["said"] == []


def test_what_is_not_in_the_matrix_is_said(shell: Shell) -> None:
    assert "There is no hypothesis 'H99'" in shell("matrix", "vote", "demo", "H99", "for", code=3)
    assert "There is no prediction 'P99'" in shell("matrix", "mark", "demo", "H1", "P99", "held", "--why", "x", code=3)
    assert "could be taken back" in shell("matrix", "undo", "demo", code=3)
    assert "cannot be put forward" in shell("matrix", "add", "demo", " ", "It began here.", code=3)


def test_a_value_becomes_an_amount_in_the_document_and_is_listed_with_who_gave_it(shell: Shell) -> None:
    assert "Nobody said what anything is worth" in shell("worth", "demo")
    assert "is no value for one request" in shell("worth", "demo", "request", "much", "--why", "x", code=3)
    assert "A value needs a reason" in shell("worth", "demo", "request", "2..4 EUR", code=3)
    given = shell("worth", "demo", "request", "2..4 EUR", "--why", "average order")
    assert "2..4 EUR" in given and "Next: secondstory analyse" in given
    shell("analyse", "demo")
    told = shell("show", "demo", "--section", "impact")
    assert "2,177 to 4,368 EUR" in told and "average order" in told
    (held,) = json.loads(shell("worth", "demo", "--json"))
    assert (held["unit"], held["actor_id"]) == ("request", "owner")
    assert "Nobody said" in shell("worth", "demo", "request", "--withdraw")


def test_an_alert_is_put_forward_by_name_and_stands_among_the_actions(shell: Shell) -> None:
    pool = "OrdersDbClientConnectionCountHigh"
    assert "Nobody put an alert forward" in shell("propose", "demo")
    assert "has no replayed rule 'Nope'" in shell("propose", "demo", "Nope", code=3)
    assert "would not have fired" in shell("propose", "demo", pool, "--line", "900", code=3)
    given = shell("propose", "demo", pool, "--line", "8", "--why", "two samples are enough")
    assert pool in given and "0 in 4 min 51 s" in given and "Next: secondstory analyse" in given
    shell("analyse", "demo")
    actions = json.loads(shell("show", "demo", "--json"))["actions"]["body"]["items"]
    (action,) = [one for one in actions if one["decision_ids"]]
    assert "above 8 connections for 15 s" in action["title"] and "two samples are enough" in action["criterion"]
    (held,) = json.loads(shell("propose", "demo", "--json"))["proposals"]
    assert (held["rule"], held["actor"]) == (pool, "owner")
    assert "Nobody put an alert forward" in shell("propose", "demo", pool, "--withdraw")


def test_a_setting_that_does_not_fit_is_named(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDSTORY_TELEMETRY_ENGINE", "oracle")
    told = shell("show", code=3)
    assert "SECONDSTORY_TELEMETRY_ENGINE does not fit" in told and "'duckdb' or 'spark'" in told


def test_the_impact_is_printed_with_its_phases_windows_and_what_was_hit(shell: Shell) -> None:
    told = shell("show", "demo", "--section", "impact")
    for words in ("Parts of the response", "Diagnosing", "How fast it burned", "What the terms mean", "POST /checkout"):
        assert words in told
