"""A set as a value, which many events add to one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.growing_set import GrowingSet


def grown(members: list[int]) -> GrowingSet[int]:
    made: GrowingSet[int] = GrowingSet()
    for one in members:
        made = made.with_one(one)
    return made


@given(st.lists(st.integers(0, 30)))
def test_it_has_what_was_added_each_once_and_what_it_was_stays(members: list[int]) -> None:
    before = grown(members)
    after = before.with_one(31)
    assert sorted(before) == sorted(set(members)) and len(before) == len(set(members))
    assert 31 in after and 31 not in before and all(one in after for one in members)


def test_each_member_is_copied_a_few_times_however_many_follow() -> None:
    made: GrowingSet[int] = GrowingSet()
    copied = 0
    for one in range(4096):
        held, made = {id(part) for part in made.parts}, made.with_one(one)
        copied += sum(len(part) for part in made.parts if id(part) not in held)
    assert copied <= 4096 * 13
