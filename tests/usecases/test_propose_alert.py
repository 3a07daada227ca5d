"""An alert put forward becomes a proposed action of the document, with its rule, its lead and its false alarms."""

import pytest

from secondstory.model.actions import ActionItem, ActionsBody
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.codec import decode
from secondstory.model.decision import DecisionVerb
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.ports import World
from secondstory.usecases.analyse import analyse
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.detect import Line, detection_of
from secondstory.usecases.propose_alert import proposals_of, propose_line, withdraw_alert
from secondstory.usecases.read import document_of
from secondstory.usecases.replay import replay

from .conftest import only_incident

POOL = "OrdersDbClientConnectionCountHigh"
POOL_KEY = f"detection/threshold/{POOL}"


def pool_action(world: World, name: str) -> ActionItem:
    analyse(LOCAL_OWNER, world, name, refresh=False, progress=lambda _what: None)
    stored = document_of(LOCAL_OWNER, world, name, "actions")
    items = decode(stored.data, Document[ActionsBody]).body.items
    (found,) = [one for one in items if one.key == f"action/detect/{POOL}"]
    return found


def test_a_moved_line_takes_the_place_of_the_proposal_and_taking_it_back_restores_it(own_world: World) -> None:
    name = only_incident(own_world).id
    before = pool_action(own_world, name)
    assert before.decision_ids == ()
    held = propose_line(LOCAL_OWNER, own_world, name, Line(POOL_KEY, 8.0, None), "two samples are enough")
    assert [(one.rule, one.actor, one.why) for one in held.proposals] == [(POOL, "owner", "two samples are enough")]
    assert not held.in_document
    now = pool_action(own_world, name)
    assert "above 8 connections for 15 s" in now.title and len(now.decision_ids) == 1
    assert "> 8`, held for 15 s, fires by 11:50:08 CET" in now.criterion
    assert "before a person was told, with no false alarm in 4 min 51 s without a fault" in now.criterion
    assert now.criterion.endswith("Put forward by a person: “two samples are enough”")
    assert now.evidence_ids == before.evidence_ids
    assert proposals_of(LOCAL_OWNER, own_world, name).in_document
    assert replay(LOCAL_OWNER, own_world, name).same
    assert withdraw_alert(LOCAL_OWNER, own_world, name, POOL).proposals == ()
    assert pool_action(own_world, name) == before


def test_the_same_proposal_said_twice_is_one_and_another_line_replaces_it(own_world: World) -> None:
    name = only_incident(own_world).id
    for value in (8.0, 8.0, 5.0):
        held = propose_line(LOCAL_OWNER, own_world, name, Line(POOL_KEY, value, None), "")
    assert [one.alert.rule.expression.rpartition(" ")[2] for one in held.proposals] == ["5"]
    assert len(own_world.ledger.decisions(name)) == 2
    assert withdraw_alert(LOCAL_OWNER, own_world, name, POOL).proposals == ()


def test_an_alert_that_exists_is_proposed_only_with_its_line_moved(own_world: World) -> None:
    name = only_incident(own_world).id
    key = "detection/existing/GatewayErrorRatioHigh"
    with pytest.raises(BadInput, match="exists already"):
        propose_line(LOCAL_OWNER, own_world, name, Line(key, None, None), "")
    (held,) = propose_line(LOCAL_OWNER, own_world, name, Line(key, 0.02, None), "").proposals
    assert held.alert.watch == "GatewayErrorRatioHigh above 0.02 for 20 s"
    analyse(LOCAL_OWNER, own_world, name, refresh=False, progress=lambda _what: None)
    stored = document_of(LOCAL_OWNER, own_world, name, "actions")
    titles = [one.title for one in decode(stored.data, Document[ActionsBody]).body.items]
    assert "Move the line of an alert that exists: GatewayErrorRatioHigh above 0.02 for 20 s." in titles


def test_what_would_not_have_fired_or_is_not_known_is_refused(own_world: World) -> None:
    name = only_incident(own_world).id
    with pytest.raises(BadInput, match="would not have fired"):
        propose_line(LOCAL_OWNER, own_world, name, Line(POOL_KEY, 900.0, None), "")
    with pytest.raises(NotFound, match="no rule"):
        propose_line(LOCAL_OWNER, own_world, name, Line("detection/threshold/Nope", None, None), "")
    with pytest.raises(NotFound, match="Nobody put the rule"):
        withdraw_alert(LOCAL_OWNER, own_world, name, POOL)
    assert proposals_of(LOCAL_OWNER, own_world, name).proposals == ()


def test_a_decision_that_holds_no_alert_is_no_proposal(own_world: World) -> None:
    name = only_incident(own_world).id
    decide(LOCAL_OWNER, own_world, name, Verdict(f"action/detect/{POOL}", DecisionVerb.ADD, "an alert, please", ""))
    assert proposals_of(LOCAL_OWNER, own_world, name).proposals == ()
    assert pool_action(own_world, name).decision_ids == ()


def test_a_verdict_on_the_action_is_no_proposal_to_take_back(own_world: World) -> None:
    name = only_incident(own_world).id
    subject = f"action/detect/{POOL}"
    kept = decide(LOCAL_OWNER, own_world, name, Verdict(subject, DecisionVerb.REJECT, "", "too noisy"))
    with pytest.raises(NotFound, match="Nobody put the rule"):
        withdraw_alert(LOCAL_OWNER, own_world, name, POOL)
    assert own_world.ledger.decisions(name) == (kept,)


def test_a_proposed_rule_as_it_stands_has_the_figures_of_the_document(own_world: World) -> None:
    name = only_incident(own_world).id
    body = detection_of(LOCAL_OWNER, own_world, name)
    best = next(one for one in body.rules if one.key == POOL_KEY)
    (held,) = propose_line(LOCAL_OWNER, own_world, name, Line(POOL_KEY, None, None), "").proposals
    assert (held.alert.sooner_s, held.alert.false_alarms) == (best.sooner_s, best.false_alarms)
    assert held.alert.fault_free_s == body.fault_free_s
