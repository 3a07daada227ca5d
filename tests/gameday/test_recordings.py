"""The shipped recordings hold what they promise: the pool runs empty where it should, and the shop recovers."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FAULTY = (
    ROOT / "examples/pool-exhaustion",
    *(
        ROOT / "tests/recordings/gameday" / name
        for name in ("second-seed", "renamed-services", "innocent-deploy", "noisy-neighbour", "unrecorded-setting")
    ),
)
QUIET = ROOT / "tests/recordings/gameday/quiet-day"


@pytest.fixture(scope="module", params=FAULTY, ids=lambda folder: folder.name)
def faulty(request: Any, read_recording: Any) -> Any:
    return read_recording(request.param)


@pytest.fixture(scope="module")
def quiet(read_recording: Any) -> Any:
    return read_recording(QUIET)


def test_the_pool_is_used_up_within_the_true_onset_and_only_there(faulty: Any) -> None:
    service, onset = faulty.truth[0]["service"], faulty.truth[0]["onset"]
    most = max(sample.value for sample in faulty.pool() if (sample.service, sample.name) == (service, "max"))
    used = [
        sample for sample in faulty.pool() if (sample.service, sample.name, sample.state) == (service, "count", "used")
    ]
    first_full = min(sample.at for sample in used if sample.value == most)
    assert datetime.fromisoformat(onset["earliest"]) < first_full <= datetime.fromisoformat(onset["latest"])
    assert used[-1].value < most / 2
    others = {sample.service for sample in faulty.pool() if sample.name == "timeouts" and sample.value > 0}
    assert others == {service}


def test_the_gateway_fails_after_the_onset_and_works_again_at_the_end(faulty: Any) -> None:
    gateway = faulty.incident["entry_services"][0]
    onset = datetime.fromisoformat(faulty.truth[0]["onset"]["earliest"])
    recovered = faulty.incident["window"]["end"]
    spans = [span for span in faulty.server_spans() if span.service == gateway]
    before = [span.status >= 500 for span in spans if span.ended < onset]
    during = [span.status >= 500 for span in spans if onset <= span.ended < recovered]
    after = [span.status >= 500 for span in spans if span.ended >= recovered]
    assert sum(before) / len(before) < 0.01
    assert sum(during) / len(during) > 0.10
    assert sum(after) / len(after) < 0.01


def test_a_page_fired_first_at_the_gateway_and_was_resolved(faulty: Any) -> None:
    alarm = faulty.incident["alarm"]
    states = [(row["attributes"], row["time"]) for row in faulty.occurrences if row["kind"] == "alert"]
    assert alarm["service"] == faulty.incident["entry_services"][0]
    assert alarm["time"] > datetime.fromisoformat(faulty.truth[0]["onset"]["earliest"])
    assert alarm["time"] in [datetime.fromisoformat(time) for said, time in states if '"firing"' in said]
    assert sum('"firing"' in said for said, _ in states) == sum('"resolved"' in said for said, _ in states)


def test_people_talked_and_repaired(faulty: Any) -> None:
    kinds = {row["kind"] for row in faulty.occurrences}
    assert {"alert", "page", "chat", "command", "status", "orchestrator"} <= kinds
    chat = " ".join(row["body"] or row["title"] for row in faulty.occurrences if row["kind"] == "chat")
    assert "sorry" in chat
    assert "connections in use" in chat


def test_the_trigger_is_a_recorded_deploy_or_there_is_none(faulty: Any) -> None:
    truth = faulty.truth[0]
    deploys = [row for row in faulty.occurrences if row["kind"] == "deploy" and row["service"] == truth["service"]]
    if truth["trigger"] is None:
        assert deploys == []
        return
    assert truth["trigger"]["time"] == deploys[0]["time"]
    assert '"test_note"' in deploys[0]["attributes"]
    assert "rollback" in deploys[-1]["title"]


def test_the_innocent_deploy_lies_between_the_trigger_and_the_first_alert(read_recording: Any) -> None:
    recording = read_recording(ROOT / "tests/recordings/gameday/innocent-deploy")
    deploys = [row["service"] for row in recording.occurrences if row["kind"] in ("deploy", "alert")]
    assert deploys[:4] == ["payment", "orders", "cart", "gateway"]


def test_the_noisy_neighbour_kept_a_processor_busy_before_and_after_the_onset(read_recording: Any) -> None:
    recording = read_recording(ROOT / "tests/recordings/gameday/noisy-neighbour")
    ratios = recording.cpu_ratios("catalogue")
    usual = sorted(recording.cpu_ratios("payment"))[len(ratios) // 2]
    for half in (ratios[: len(ratios) // 2], ratios[len(ratios) // 2 :]):
        assert max(half) > 5 * usual


def test_on_the_quiet_day_nothing_is_wrong(quiet: Any) -> None:
    assert quiet.truth == []
    assert "alarm" not in quiet.incident
    assert not any(row["kind"] == "page" for row in quiet.occurrences)
    assert max(sample.value for sample in quiet.pool() if sample.state == "used") < 10
    spans = [span for span in quiet.server_spans() if span.service == "gateway"]
    assert sum(span.status >= 500 for span in spans) / len(spans) < 0.01


@pytest.mark.parametrize("folder", [*FAULTY, QUIET], ids=lambda folder: folder.name)
def test_every_recording_tells_of_six_services_and_forty_customers(folder: Path, read_recording: Any) -> None:
    recording = read_recording(folder)
    spans = recording.server_spans()
    assert len({span.service for span in spans}) == 6
    assert len({span.user for span in spans if span.user}) == 40
    window, telemetry = recording.incident["window"], recording.incident["telemetry"]
    assert telemetry["start"] <= window["start"] < window["end"] <= telemetry["end"]
    assert window["start"] - telemetry["start"] > timedelta(minutes=1)
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 4_000_000


@pytest.mark.parametrize("folder", [*FAULTY, QUIET], ids=lambda folder: folder.name)
def test_nothing_that_ships_tells_where_it_was_made(folder: Path, read_recording: Any) -> None:
    recording = read_recording(folder)
    written = "".join(f"{body}{attributes}" for body, attributes, _ in recording.log_texts())
    written += "".join(file.read_text() for file in folder.iterdir() if file.is_file())
    for place in ("site-packages", "/home/", str(ROOT)):
        assert place not in written


def test_errors_carry_the_stack_trace_and_the_trace_they_belong_to(faulty: Any) -> None:
    raised = [each for each in faulty.log_texts() if each[1].get("exception.type") == "TimeoutError"]
    assert raised
    for _, attributes, trace_id in raised:
        assert attributes["exception.stacktrace"].startswith("Traceback (most recent call last):")
        assert len(trace_id) == 16


def test_no_rule_looked_at_the_pool(faulty: Any) -> None:
    rules = yaml.safe_load((faulty.folder / "rules.yaml").read_text())["groups"][0]["rules"]
    assert not any("connection" in rule["expr"] for rule in rules)


def test_objectives_are_openslo_documents(faulty: Any) -> None:
    documents = list(yaml.safe_load_all((faulty.folder / "slo.yaml").read_text()))
    assert {document["apiVersion"] for document in documents} == {"openslo/v1"}
    assert [document["kind"] for document in documents] == ["Service", "SLO", "SLO"]
    for document in documents[1:]:
        assert document["spec"]["budgetingMethod"] == "Occurrences"
        assert 0 < document["spec"]["objectives"][0]["target"] < 1
        assert document["spec"]["timeWindow"] == [{"duration": "28d", "isRolling": True}]
