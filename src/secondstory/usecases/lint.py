"""Lints texts: files as they are given, and what people and the product wrote on one incident."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondstory.access import Verb, require
from secondstory.blameless.lint.linter import ALLOWANCE, lint_rules, lint_text
from secondstory.model.actions import ActionsBody
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.document import Document
from secondstory.model.lint import LintedText
from secondstory.model.plan import Plan, Warned
from secondstory.model.talk import threads
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.export_report import export_report
from secondstory.usecases.plan import plan_of


@dataclass(frozen=True)
class RuleTold:
    """One rule, for whoever reads a finding."""

    name: str
    says: str


@dataclass(frozen=True)
class Linted:
    """Texts with their findings, and the rules that were asked."""

    texts: tuple[LintedText, ...]
    rules: tuple[RuleTold, ...]
    plan: tuple[Warned, ...] = ()  # what the incident's plan lacks


def lint_given(given: Iterable[tuple[str, str]]) -> Linted:
    """Findings in texts that somebody brings, as (name, text). Nothing of them is kept, and no incident is read for
    it, so that it takes no right."""
    return _linted(given)


def lint_incident(actor: Actor, world: World, incident_id: str) -> Linted:
    """Findings in what was written on an incident, as far as there is any, and what its plan lacks."""
    require(actor, Verb.EXPORT, incident_id)
    get_incident(world, incident_id)
    now = plan_of(actor, world, incident_id)
    agreed = _agreed(now.plan)
    written = [
        *_document(actor, world, incident_id),
        *_actions(world, incident_id),
        *agreed,
        *_said(world, incident_id),
    ]
    return replace(_linted(written), plan=now.warnings)


def document_text(actor: Actor, world: World, incident_id: str) -> str:
    """The incident's document as Markdown. Raises NotFound where it was never made."""
    return export_report(actor, world, incident_id, ("markdown",))[0].data.decode()


def _linted(given: Iterable[tuple[str, str]]) -> Linted:
    rules = [RuleTold(rule.name, rule.summary) for rule in lint_rules()]
    return Linted(
        tuple(lint_text(name, text) for name, text in given), (*rules, RuleTold(ALLOWANCE, say("lint.allowance")))
    )


def _document(actor: Actor, world: World, incident_id: str) -> Iterable[tuple[str, str]]:
    if world.documents.latest(incident_id, "report") is not None:
        yield say("lint.of_document"), document_text(actor, world, incident_id)


def _actions(world: World, incident_id: str) -> Iterable[tuple[str, str]]:
    stored = world.documents.latest(incident_id, "actions")
    for item in decode(stored.data, Document[ActionsBody]).body.items if stored is not None else ():
        yield say("lint.of_action", item=item.key), f"{item.title}\n\n{item.criterion}"


def _agreed(plan: Plan) -> Iterable[tuple[str, str]]:
    for one in plan.actions:
        yield say("lint.of_action", item=one.label), f"## {one.label}, action\n\n- {one.title}\n\n{one.criterion}"
    for factor in plan.factors:
        yield say("lint.of_factor", item=factor.label), factor.words
    for lesson in plan.lessons:
        yield say("lint.of_lesson", item=lesson.label), lesson.words


def _said(world: World, incident_id: str) -> Iterable[tuple[str, str]]:
    for decision in not_withdrawn(world.ledger.decisions(incident_id)):
        words = (_words(decision), decision.why)
        if any(words):
            yield say("lint.of_decision", id=decision.id), "\n\n".join(text for text in words if text)
    for thread in threads(world.ledger.contributions(incident_id)):
        for remark in thread.remarks:
            if remark.text:
                yield say("lint.of_contribution", id=remark.id), remark.text


def _words(decision: Decision) -> str:
    """What a person wrote; a hypothesis is kept as JSON, a mark as an interval, and neither is a sentence."""
    worded = decision.verb in (DecisionVerb.REWORD, DecisionVerb.ADD)
    return decision.text if worded and not decision.text.startswith(("{", "[")) else ""
