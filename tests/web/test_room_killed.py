"""The server is killed in the middle of a meeting: what was acknowledged is there, and all are back.

The bench does it ten times and measures how soon.
"""

from pathlib import Path

from bench.room_killed import killed

PEOPLE, KILLS = 20, 1


def test_a_killed_server_loses_no_acknowledged_event_and_all_come_back(tmp_path: Path) -> None:
    outcome = killed(tmp_path, PEOPLE, KILLS)
    assert len(outcome.acknowledged) >= PEOPLE * (KILLS + 1)
    assert (outcome.lost, outcome.is_whole, outcome.is_same) == (set(), True, True)
