"""git log: when a commit reached its branch, and what its message says of request and reviewers."""

import json
from datetime import UTC, datetime

import pytest

from secondstory.sources import git_log


def test_reads_the_recommended_format(read) -> None:
    parsed = read(git_log, "git_log/payment.gitlog")
    merge, _, squashed, first = parsed.tables[0][1].to_pylist()
    assert squashed["time"] == datetime(2026, 3, 6, 9, 58, 40, tzinfo=UTC)  # committed; it was written a day before
    assert (squashed["kind"], squashed["version"]) == ("code", "v2.3.2")
    told = json.loads(squashed["attributes"])
    assert (told["change.request"], told["change.reviewers"]) == ("#12", "Yusuf Kaya, Ida Lindholm")
    assert parsed.people == ("Ida Lindholm", "Yusuf Kaya")
    assert (squashed["actor"], squashed["title"]) == ("Dana Novak", "Shorter log lines for declined cards (#12)")
    assert json.loads(merge["attributes"])["change.request"] == "!34"
    assert "change.request" not in json.loads(first["attributes"])


@pytest.mark.parametrize(
    "date", ["Fri Mar 6 10:58:40 2026 +0100", "2026-03-06 10:58:40 +0100", "2026-03-06T10:58:40+01:00", "1772791120"]
)
def test_reads_dates_as_git_writes_them(rows, date) -> None:
    log = f"commit 14bc0fd2d9d18a5d8997dea82a3ad8f135078537\nAuthor: A B <a@example.com>\nDate:   {date}\n\n    x\n"
    (row,) = rows(git_log, log.encode(), "orders.gitlog")
    assert (row["time"], row["service"]) == (datetime(2026, 3, 6, 9, 58, 40, tzinfo=UTC), "orders")


def test_a_commit_without_a_date_and_text_before_the_first_are_rejects(read) -> None:
    good = b"commit 14bc0fd2d9\nAuthor: A <a@example.com>\nDate:   2026-03-06T10:58:40+01:00\n\n    x\n\n"
    parsed = read(git_log, b"warning: x\n" + good + b"commit 24bc0fd2d9\nAuthor: A <a@example.com>\n\n    y\n")
    assert parsed.tables[0][1].num_rows == 1
    assert [reject.line for reject in parsed.rejects] == [1, 8]
