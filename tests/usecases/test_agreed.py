"""The agreed plan in what goes out: drafts follow it, a published version and its letter keep what held then."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from secondstory.model.action_state import ActionState
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.causes import Part
from secondstory.model.people import Member
from secondstory.model.plan import LessonKind
from secondstory.model.report import Rows
from secondstory.model.text import ReviewState
from secondstory.ports import World
from secondstory.usecases.actions import Written, add_action, advance, answer_ownership, edit_action, propose_owner
from secondstory.usecases.circulate import Mailing, circulate
from secondstory.usecases.export_report import export_report
from secondstory.usecases.factors import accept_hypothesis, accept_risk, write_factor, write_lesson
from secondstory.usecases.mail import set_address
from secondstory.usecases.plan import plan_of
from secondstory.usecases.publish import publish, published_file
from secondstory.usecases.review import move, read_review
from secondstory.usecases.text import Edit, edit_text, read_text

from .conftest import only_incident

LEFT_OVER = "Nobody has agreed to them yet."


@pytest.fixture
def incident(own_world: World) -> str:
    return only_incident(own_world).id


def words(world: World, incident: str, form: str = "markdown") -> str:
    (file,) = export_report(LOCAL_OWNER, world, incident, (form,))
    return file.data.decode()


def stand(world: World, incident: str) -> tuple[str, ...]:
    """What the table of agreed actions says of the first one."""
    sections = read_text(LOCAL_OWNER, world, incident).document.body.sections
    tables = [block for section in sections for block in section.blocks if isinstance(block, Rows)]
    return next(table.rows[0].cells for table in tables if table.look == "agreed")


def approve(world: World, incident: str) -> None:
    move(LOCAL_OWNER, world, incident, ReviewState.IN_REVIEW)
    move(LOCAL_OWNER, world, incident, ReviewState.APPROVED)


def test_the_document_says_what_is_agreed_without_another_analysis(own_world: World, incident: str) -> None:
    stored = read_text(LOCAL_OWNER, own_world, incident).document
    assert "Contributing factors" not in words(own_world, incident)
    plan = plan_of(LOCAL_OWNER, own_world, incident)
    accept_hypothesis(LOCAL_OWNER, own_world, incident, plan.candidates[0].key, (Part.INITIATING, "shown in E07"))
    write_factor(LOCAL_OWNER, own_world, incident, ("Nothing watched the pool.", Part.HID_IT, ()))
    write_lesson(LOCAL_OWNER, own_world, incident, (LessonKind.LUCKY, "It was a quiet hour.", ("E01",)))
    add_action(LOCAL_OWNER, own_world, incident, Written(), plan.proposals[0].key)
    accept_risk(LOCAL_OWNER, own_world, incident, ("L1",), ("Rare enough.", plan.today + timedelta(days=90)))
    told = words(own_world, incident)
    assert told.index("## Contributing factors") < told.index("Nothing watched the pool.") < told.index("## Actions")
    assert "hid it" in told and "It was a quiet hour." in told and "Rare enough." in told
    agreed, _, left = told[told.index("## Actions") :].partition(LEFT_OVER)
    assert plan.proposals[0].title in agreed and plan.proposals[0].title not in left
    assert all(one.title in left for one in plan.proposals[1:])
    now = read_text(LOCAL_OWNER, own_world, incident).document
    assert now.hash != stored.hash and dict(now.envelope.inputs)["report"] == stored.hash
    as_json = orjson.loads(words(own_world, incident, "json"))
    assert as_json["hash"] == now.hash and "factors" in {one["key"] for one in as_json["body"]["sections"]}
    text = next(one for one in read_text(LOCAL_OWNER, own_world, incident).sections if one.key == "actions")
    own = text.markdown.replace("::table{agreed-actions}", "")
    edit_text(LOCAL_OWNER, own_world, incident, Edit("actions", text.head, own))
    untold = [one for one in read_review(LOCAL_OWNER, own_world, incident).checks if "does not show" in one.reason]
    assert [(one.section, one.blocks) for one in untold] == [("actions", False)]
    cited = next(row for row in stored.body.evidence)
    assert any(cited.id in claim["evidence_ids"] for claim in _claims(as_json))


def test_an_approval_is_of_words_and_a_version_keeps_how_far_each_action_was(own_world: World, incident: str) -> None:
    own_world.members.save(Member(incident, "responder-2", Role.RESPONDER, own_world.clock.now()))
    responder = Actor("responder-2", roles=((incident, Role.RESPONDER),))
    write_factor(LOCAL_OWNER, own_world, incident, ("Nothing watched the pool.", Part.HID_IT, ()))
    add_action(LOCAL_OWNER, own_world, incident, Written(title="Alert on the pool of `orders`.", answers=("F1",)))
    add_action(LOCAL_OWNER, own_world, incident, Written(title="Write a page nobody needs."))
    advance(LOCAL_OWNER, own_world, incident, "A2", (ActionState.CANCELLED, "nobody needs it"))
    propose_owner(LOCAL_OWNER, own_world, incident, "A1", "responder-2")
    approve(own_world, incident)
    answer_ownership(responder, own_world, incident, "A1", (True, ""))
    assert read_review(LOCAL_OWNER, own_world, incident).review.state is ReviewState.APPROVED
    publish(LOCAL_OWNER, own_world, incident)
    kept = published_file(LOCAL_OWNER, own_world, incident, 1, "md").data.decode()
    assert stand(own_world, incident)[1] == "responder-2" and "responder-2" in kept
    advance(responder, own_world, incident, "A1", (ActionState.IMPLEMENTED, ""))
    assert stand(own_world, incident)[3] == "implemented, not verified"
    assert published_file(LOCAL_OWNER, own_world, incident, 1, "md").data.decode() == kept
    assert read_review(LOCAL_OWNER, own_world, incident).review.state is ReviewState.PUBLISHED
    edit_action(LOCAL_OWNER, own_world, incident, "A1", Written(title="Alert on the pool of `orders` within a minute."))
    assert read_review(LOCAL_OWNER, own_world, incident).review.changed

    set_address(LOCAL_OWNER, own_world, "responder-2", "r2@example.org")
    circulate(LOCAL_OWNER, own_world, incident, 1, Mailing(("responder-2",)))
    (due,) = own_world.mailbag.due(own_world.clock.now(), own_world.clock.now())
    day = plan_of(LOCAL_OWNER, own_world, incident).plan.actions[0].due
    assert f"- A1 Alert on the pool of orders: responder-2, due {day}, open\n" in due.letter.text
    assert "Write a page" not in due.letter.text and "Proposed by the analysis, not agreed yet" in due.letter.text


def _claims(document: dict[str, Any]) -> list[dict[str, Any]]:
    (section,) = [one for one in document["body"]["sections"] if one["key"] == "factors"]
    return [claim for block in section["blocks"] for claim in block.get("claims", ())]
