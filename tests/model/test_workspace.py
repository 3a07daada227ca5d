"""Folded one by one, a ledger gives what its whole gives; a missed or repeated entry is noticed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.counted import counted_contributions
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb, not_withdrawn
from secondstory.model.ledger import Entry
from secondstory.model.talk import threads
from secondstory.model.workspace import Workspace, apply_entry, reduced

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for seq in range(1, draw(st.integers(0, 30)) + 1):
        actor = draw(st.sampled_from(("kim", "lee")))
        earlier = draw(st.sampled_from([entry.said.id for entry in entries] or ["none"]))
        at = NOON + timedelta(seconds=seq)
        if draw(st.booleans()):
            verb = draw(st.sampled_from((DecisionVerb.ACCEPT, DecisionVerb.REJECT, DecisionVerb.WITHDRAW)))
            text = earlier if verb is DecisionVerb.WITHDRAW else ""
            subject = draw(st.sampled_from(("event/a", "event/b")))
            said: Decision | Contribution = Decision(f"d-{seq}", "inc", subject, verb, text, "", actor, at)
        else:
            kind = draw(st.sampled_from(ContributionKind))
            text = earlier if kind is ContributionKind.WITHDRAW else f"words {seq}"
            subject = draw(st.sampled_from(("event/a", f"comment/{earlier}")))
            said = Contribution(f"c-{seq}", "inc", subject, kind, text, actor, at)
        entries.append(Entry(seq, said))
    return tuple(entries)


@given(ledgers())
def test_one_by_one_gives_what_the_whole_gives(entries: tuple[Entry, ...]) -> None:
    workspace = reduced(entries)
    decisions = tuple(entry.said for entry in entries if isinstance(entry.said, Decision))
    contributions = tuple(entry.said for entry in entries if isinstance(entry.said, Contribution))
    assert workspace.decisions == not_withdrawn(decisions)
    assert workspace.contributions == counted_contributions(contributions)
    assert workspace.threads() == threads(contributions)


def test_a_missed_or_repeated_entry_is_noticed() -> None:
    star = Contribution("c-1", "inc", "event/a", ContributionKind.STAR, "", "kim", NOON)
    once = apply_entry(Workspace(), Entry(1, star))
    for seq in (1, 3):
        with pytest.raises(ValueError, match="does not follow 1"):
            apply_entry(once, Entry(seq, star))
