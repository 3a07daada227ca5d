"""The word to executives by a real mail server: only to them, once, in our own voice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from secondstory.blameless.lint.linter import lint_text
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Incident, Severity
from secondstory.model.people import Member
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.usecases.mail import deliver, set_address
from secondstory.usecases.meeting_plan.executives import send_executive_note

from .conftest import HandClock, Letterbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_executives_get_it_once_and_nobody_else(mail_world: World, clock: HandClock, letterbox: Letterbox) -> None:
    clock.time = NOW
    stretch = Window(NOW - timedelta(days=1), NOW - timedelta(hours=22))
    mail_world.incidents.save(Incident("inc", "Checkout fails", Severity.SEV2, "UTC", stretch, ("none",)))
    with pytest.raises(NotFound, match="executive"):
        send_executive_note(LOCAL_OWNER, mail_world, "inc")
    for token, role in (("executive-1", Role.EXECUTIVE), ("responder-1", Role.RESPONDER)):
        mail_world.members.save(Member("inc", token, role, clock.now()))
        set_address(LOCAL_OWNER, mail_world, token, f"{token}@example.org")
    with pytest.raises(BadInput, match="No mail server"):
        send_executive_note(LOCAL_OWNER, replace(mail_world, post=None), "inc")
    for _ in range(2):
        assert send_executive_note(LOCAL_OWNER, mail_world, "inc").sent == ("executive-1",)
        deliver(LOCAL_OWNER, mail_world)
    (letter,) = letterbox.arrived
    assert (
        letterbox.recipients == ["executive-1@example.org"] and letter["Subject"] == "Before the review: Checkout fails"
    )
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    for asked in ("Findings so far", "What the meeting is not", "not a search for a person", "The one ask"):
        assert asked in text
    assert not [one.words for one in lint_text("letter", text).findings if one.severity]
