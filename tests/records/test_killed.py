"""A process that writes is killed at any moment: what was acknowledged is there. The bench does it 1,000 times."""

from pathlib import Path

from bench.durability import killed

ROUNDS = 20


def test_no_acknowledged_entry_is_lost_by_a_killed_process(tmp_path: Path) -> None:
    outcome = killed(tmp_path, ROUNDS, seed=7)
    assert outcome.acknowledged >= ROUNDS
    assert (outcome.lost, outcome.in_order, outcome.sound) == ((), True, True)
