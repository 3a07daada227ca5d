"""Puts an alert forward as an action, with what its replay gives, and takes it back; the ledger keeps both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actions import ActionsBody
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.decision import Decision, DecisionVerb, standing
from secondstory.model.detection import Outcome, ReplayedRule, RuleKind
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.proposed_alert import ProposedAlert, alert_action_key, alert_in
from secondstory.ports import World
from secondstory.stages.detection import watched
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide, withdraw_all
from secondstory.usecases.detect import Line, detection_of, move_line


@dataclass(frozen=True)
class Proposed:
    """An alert that somebody put forward: which, why, who and when."""

    rule: str
    alert: ProposedAlert
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class Proposals:
    """The alerts put forward now, by name. `in_document` False: the stored actions are from before it."""

    proposals: tuple[Proposed, ...]
    in_document: bool


def proposals_of(actor: Actor, world: World, incident_id: str) -> Proposals:
    """The alerts that people put forward and nobody took back."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    held = _held(world, incident_id)
    told = tuple(Proposed(alert.rule.name, alert, one.why, one.actor_id, one.at) for one, alert in held)
    return Proposals(told, {one.id for one, _alert in held} == _in_document(world, incident_id))


def propose_line(actor: Actor, world: World, incident_id: str, line: Line, why: str) -> Proposals:
    """Put forward a replayed rule, as it is or with its line moved. Raises BadInput on what answers nothing here."""
    require(actor, Verb.DECIDE, incident_id)
    before = next((one for one in detection_of(actor, world, incident_id).rules if one.key == line.key), None)
    tried = move_line(actor, world, incident_id, line).replayed
    if before is not None and before.rule.kind is RuleKind.EXISTING and tried.rule == before.rule:
        raise BadInput(say("proposing.exists", rule=tried.rule.name), say("proposing.exists_next"))
    return _propose(actor, world, incident_id, tried, why)


def withdraw_alert(actor: Actor, world: World, incident_id: str, rule: str) -> Proposals:
    """Take back the alert of this name, and all that it replaced. Raises NotFound where nobody put it forward."""
    require(actor, Verb.DECIDE, incident_id)
    # What people say of the action itself, such as that they reject it, is no proposal and stays.
    verbs = (DecisionVerb.ADD,)
    if not withdraw_all(actor, world, incident_id, alert_action_key(rule), say("proposing.withdrawn"), verbs):
        raise NotFound(say("proposing.none", rule=rule), say("proposing.none_next", incident=incident_id))
    return proposals_of(actor, world, incident_id)


def _propose(actor: Actor, world: World, incident_id: str, tried: ReplayedRule, why: str) -> Proposals:
    if tried.outcome is not Outcome.FIRED or tried.fires is None:
        told = say("proposing.not_fired", rule=tried.rule.name, reason=tried.reason)
        raise BadInput(told, say("proposing.not_fired_next"))
    alert = ProposedAlert(
        rule=tried.rule,
        watch=watched(tried.rule),
        fires=tried.fires,
        sooner_s=tried.sooner_s,
        false_alarms=tried.false_alarms,
        fault_free_s=detection_of(actor, world, incident_id).fault_free_s,
        evidence_ids=tried.evidence_ids,
    )
    text = encode(alert, ProposedAlert).decode()
    held = {one.subject: one.text for one, _alert in _held(world, incident_id)}
    if held.get(alert.key) != text:  # said twice, it is one proposal
        decide(actor, world, incident_id, Verdict(alert.key, DecisionVerb.ADD, text, why.strip()))
    return proposals_of(actor, world, incident_id)


def _held(world: World, incident_id: str) -> list[tuple[Decision, ProposedAlert]]:
    found = sorted(standing(world.ledger.decisions(incident_id)).items())
    return [(one, alert) for _subject, one in found if (alert := alert_in(one)) is not None]


def _in_document(world: World, incident_id: str) -> set[str]:
    document = world.documents.latest(incident_id, "actions")
    if document is None:
        return set()
    return {one for item in decode(document.data, Document[ActionsBody]).body.items for one in item.decision_ids}
