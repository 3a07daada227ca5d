"""GitLab: deliveries of one deployment become one deploy, merges carry their reviewers and pipeline."""

import json
from datetime import UTC, datetime

from secondstory.sources import gitlab


def test_reads_deliveries_with_their_own_way_of_writing_times(read) -> None:
    parsed = read(gitlab, "gitlab/deliveries.jsonl")
    merge, deploy = parsed.tables[0][1].to_pylist()
    assert (merge["kind"], merge["actor"], merge["time"]) == (
        ("code", "Dana Novak", datetime(2026, 3, 6, 9, 58, 40, tzinfo=UTC))
    )
    assert json.loads(merge["attributes"])["change.reviewers"] == "Yusuf Kaya"
    assert parsed.people == ("Yusuf Kaya",)
    assert (deploy["kind"], deploy["service"], deploy["version"]) == ("deploy", "payment", "v2.3.2")
    assert deploy["time"] == datetime(2026, 3, 6, 10, 2, 30, tzinfo=UTC)
    assert json.loads(deploy["attributes"])["change.commit"] == json.loads(merge["attributes"])["change.commit"]


def test_reads_the_documented_answer(rows) -> None:
    created, succeeded = rows(gitlab, "gitlab/deployments.json")
    assert (created["title"], succeeded["title"]) == ("project 99d03678 (created)", "project a91957a8")
    assert json.loads(succeeded["attributes"])["previous_version"] == "99d03678"
    assert (succeeded["service"], succeeded["environment"], succeeded["actor"]) == (
        ("project", "production", "Administrator")
    )


def test_reads_merge_requests_and_passes_over_open_ones(rows) -> None:
    (merge,) = rows(gitlab, "gitlab/merge-requests.json")
    told = json.loads(merge["attributes"])
    assert (told["change.request"], told["change.checks"]) == ("!16", "1 of 1 passed")
    assert "change.tests" not in told  # a pipeline does not say whether tests were in it


def test_a_record_of_something_else_is_a_reject(read) -> None:
    parsed = read(gitlab, b'{"object_kind": "push", "ref": "main"}')
    assert [reject.count for reject in parsed.rejects] == [1]
    assert "merge_request" in parsed.rejects[0].reason
