"""Who may do what, for every role and verb."""

import pytest

from secondstory.access import Verb, may, require
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import NotAllowed

ALLOWED = {
    Role.FACILITATOR: {
        *("READ", "ANALYSE", "DECIDE", "CONTRIBUTE", "EXPORT", "UNSEAL"),
        *("ADMIT", "AUDIT", "RESTRICT", "HOLD", "REVIEW", "PUBLISH", "LEAD"),
    },
    Role.SCRIBE: {"READ", "ANALYSE", "DECIDE", "CONTRIBUTE", "EXPORT", "REVIEW"},
    Role.RESPONDER: {"READ", "CONTRIBUTE", "EXPORT", "REVIEW"},
    Role.EXECUTIVE: {"READ", "CONTRIBUTE", "EXPORT", "REVIEW"},
    Role.OBSERVER: {"READ"},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", Verb)
def test_a_role_may_what_the_table_says_in_its_own_incident_only(role: Role, verb: Verb) -> None:
    actor = Actor("kim", roles=(("inc-1", role),))
    assert may(actor, verb, "inc-1") == (verb.name in ALLOWED[role])
    assert not may(actor, verb, "inc-2")
    assert not may(actor, verb, None)


@pytest.mark.parametrize("verb", Verb)
def test_the_owner_may_everything_and_a_stranger_nothing(verb: Verb) -> None:
    assert may(LOCAL_OWNER, verb, None)
    assert not may(Actor("stranger"), verb, "inc-1")


def test_a_refusal_says_who_what_and_whom_to_ask() -> None:
    with pytest.raises(NotAllowed, match=r"kim may not decide in incident inc-1\. Ask the incident's facilitator"):
        require(Actor("kim"), Verb.DECIDE, "inc-1")
