"""Decisions that join two entries: duplicates merged into one, messages linked as evidence."""

from __future__ import annotations

from collections.abc import Mapping

from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.timeline import SetAside, TimelineEvent
from secondstory.stages.timeline.amending import Amending


def merge(entries: Mapping[str, Amending], decisions: tuple[Decision, ...]) -> tuple[list[SetAside], list[str]]:
    """What was merged away, and the decisions that say so of something that is not there or would close a circle.

    `decisions` in order of time: the last merge of an entry holds, and of merges that go round in a circle the later
    one is left out. What an entry takes in goes on to where it was merged itself.
    """
    last = {one.subject: one for one in decisions if one.verb is DecisionVerb.MERGE}
    holding: dict[str, Decision] = {}
    lost = [one.id for one in decisions if one.verb is DecisionVerb.MERGE and one.text not in entries]
    for subject, decision in sorted(last.items(), key=lambda item: (item[1].at, item[1].id)):
        if subject not in entries or decision.text not in entries:
            continue
        if _end(decision.text, holding) == subject:
            lost.append(decision.id)
            continue
        holding[subject] = decision
    aside = []
    for subject, decision in sorted(holding.items()):
        into = _end(subject, holding)
        entries[into].take_in(entries[subject].event)
        entries[into].rest_on(decision.id)
        event = entries[subject].result()
        aside.append(SetAside(event, decision.why, decision.actor_id, decision.at, decision.id, into))
    return aside, lost


def link(entries: Mapping[str, Amending], decisions: tuple[Decision, ...]) -> list[str]:
    """Link messages as evidence; gives the decisions that link to an entry which is not there."""
    lost = []
    for decision in decisions:
        if decision.verb is not DecisionVerb.LINK or decision.subject not in entries:
            continue
        if decision.text in entries:
            _link(entries[decision.subject].event, entries[decision.text], decision)
        elif not decision.text.startswith("hypothesis/"):  # whether that one still stands is for the causes to say
            lost.append(decision.id)
            continue
        entries[decision.subject].support(decision.text)
        entries[decision.subject].rest_on(decision.id)
    return lost


def _link(message: TimelineEvent, to: Amending, decision: Decision) -> None:
    to.link(message.key)
    to.rest_on(decision.id)


def _end(key: str, holding: Mapping[str, Decision]) -> str:
    while key in holding:
        key = holding[key].text
    return key
