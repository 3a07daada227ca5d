"""The API keeps what its description says: requests are drawn from it, right and wrong, alone and in sequences."""

import os
from pathlib import Path

from bench.api_contract import hold_to_description, settings_with_mail

from secondstory.wiring import open_world

EXAMPLES = int(os.environ.get("SECONDSTORY_CONTRACT_EXAMPLES", "5"))
"""Requests for each operation beside those at the edges of its schemas; `bench/api_contract.py` sends hundreds."""


def test_every_answer_is_one_that_the_description_names(own_demo_dir: Path) -> None:
    with open_world(settings_with_mail(own_demo_dir)) as world:
        outcome = hold_to_description(world, EXAMPLES, seed=1)
    assert len(outcome.cases) >= 20 and min(outcome.cases.values()) >= EXAMPLES
    assert {label: kinds for label, kinds in outcome.kinds.items() if min(kinds) >= 300} == {}  # each can be done
    assert outcome.failures == []
