"""GitHub: statuses become one deploy, merges carry reviewers and checks, what GitHub does not say stays unknown."""

import json
from datetime import UTC, datetime

import pytest

from secondstory.model.errors import BadInput
from secondstory.sources import github


def at(day: int, hour: int, minute: int, second: int) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


def attributes(row: dict) -> dict[str, str]:
    return json.loads(row["attributes"])


def test_all_statuses_of_a_deployment_are_one_deploy_from_when_it_began(rows) -> None:
    first, second, back = rows(github, "github/deliveries.jsonl")
    assert [row["time"] for row in (first, second, back)] == [at(5, 16, 0, 2), at(6, 10, 2, 30), at(6, 10, 41, 0)]
    assert (second["kind"], second["service"], second["version"], second["environment"]) == (
        ("deploy", "payment", "v2.3.2", "production")
    )
    assert (second["actor"], back["actor"]) == ("dnovak", "automation")
    told = attributes(second)
    assert (told["change.request"], told["change.checks"], told["change.tests"]) == (
        ("#12", "1 of 1 passed", "1 of 1 passed")
    )
    assert (told["state"], told["finished_at"]) == ("success", "2026-03-06T10:06:01Z")
    assert attributes(back)["previous_version"] == "v2.3.2"
    assert "change.reviewers" not in told


def test_reads_the_published_example(rows) -> None:
    (row,) = rows(github, "github/deployment-status.json")
    assert (row["service"], row["version"], row["actor"]) == ("Hello-World", "f95f852b", "Codertocat")
    assert "change.request" not in attributes(row)


def test_a_listed_merge_tells_reviewers_and_checks(read) -> None:
    parsed = read(github, "github/merged.json")
    reviewed, unreviewed = parsed.tables[0][1].to_pylist()
    told = attributes(reviewed)
    assert (reviewed["kind"], reviewed["actor"], reviewed["service"]) == ("code", "Dana Novak", "payment")
    assert told["change.reviewers"] == "ykaya, ilindholm"
    assert told["change.checks"] == "2 of 3 passed; failed: lint"
    assert parsed.people == ("ilindholm", "ykaya")
    assert attributes(unreviewed)["change.reviewers"] == "none"


def test_a_plain_pull_request_does_not_tell_who_reviewed(rows) -> None:
    (row,) = rows(github, "github/pull-request.json")
    assert attributes(row)["change.request"] == "#12"
    assert "change.reviewers" not in attributes(row)


def test_a_pull_request_that_was_not_merged_tells_nothing(read) -> None:
    parsed = read(github, json.dumps([{"number": 1, "merged_at": None}]).encode())
    assert (parsed.tables, parsed.rejects) == ((), ())


def test_a_cut_off_file_keeps_what_came_before(read) -> None:
    whole = json.dumps([{"number": n, "merged_at": "2026-03-06T09:58:40Z", "title": "x"} for n in (1, 2, 3)]).encode()
    parsed = read(github, whole[:-20])
    assert parsed.tables[0][1].num_rows == 2
    assert [(reject.count, reject.reason) for reject in parsed.rejects] == [(1, "The record is damaged or cut off.")]


def test_a_damaged_line_costs_only_itself_and_is_named(read) -> None:
    lines = [json.dumps({"number": n, "merged_at": "2026-03-06T09:58:40Z"}) for n in (1, 2, 3)]
    parsed = read(github, "\n".join((lines[0], lines[1][:9], lines[2], '{"zen": "x"}')).encode())
    assert parsed.tables[0][1].num_rows == 2
    assert [reject.line for reject in parsed.rejects] == [2, 4]
    assert "deployment_status" in parsed.rejects[1].reason


def test_a_file_without_any_object_says_so(read) -> None:
    with pytest.raises(BadInput, match="file is no readable JSON document"):
        read(github, b"[1, 2")
