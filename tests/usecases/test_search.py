"""Search finds what was said a moment ago, and of an incident that one may not read not even that it is there."""

from dataclasses import replace

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.codec import canonical_json
from secondstory.model.decision import ContributionKind, DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.incident_record import Field
from secondstory.ports import Sought, World
from secondstory.usecases.decide import Verdict, contribute, decide
from secondstory.usecases.incident_record import change
from secondstory.usecases.search import SearchPage, reindex, search
from secondstory.usecases.search.passages import VERSION

from .conftest import only_incident

ANY = Sought(())


def kinds(page: SearchPage) -> set[str]:
    return {one.kind for one in page.found}


def test_the_demo_is_found_by_its_title_events_evidence_document_and_explanations(own_world: World) -> None:
    assert kinds(search(LOCAL_OWNER, own_world, "checkout customers", ANY)) >= {"incident"}
    page = search(LOCAL_OWNER, own_world, "pool", Sought((), limit=50))
    assert kinds(page) >= {"event", "hypothesis", "action", "document", "evidence"}
    assert page.total == len(page.found) == sum(one.count for one in page.counts)
    (hit,) = search(LOCAL_OWNER, own_world, "QueuePool limit", ANY).found
    assert hit.kind == "evidence" and hit.key.startswith("E")
    assert "QueuePool" in {part.text for part in hit.snippet if part.marked}


def test_what_is_said_is_found_at_once_and_what_is_taken_back_no_more(own_world: World) -> None:
    name = only_incident(own_world).id
    assert search(LOCAL_OWNER, own_world, "giraffe", ANY).total == 0
    said = contribute(LOCAL_OWNER, own_world, name, "hypothesis/x", ContributionKind.COMMENT, "A giraffe, perhaps.")
    decide(LOCAL_OWNER, own_world, name, Verdict("cell/y", DecisionVerb.MARK, "failed", "The giraffe says so."))
    assert {(one.kind, one.key) for one in search(LOCAL_OWNER, own_world, "giraf", ANY).found} == {
        ("comment", "hypothesis/x"),
        ("decision", "cell/y"),
    }
    decide(LOCAL_OWNER, own_world, name, Verdict("-", DecisionVerb.WITHDRAW, said.id, ""))
    assert kinds(search(LOCAL_OWNER, own_world, "giraffe", ANY)) == {"decision"}


def test_a_retitled_incident_is_found_by_its_new_title_and_shown_by_it_everywhere(own_world: World) -> None:
    name = only_incident(own_world).id
    assert search(LOCAL_OWNER, own_world, "wallaby", ANY).total == 0
    change(LOCAL_OWNER, own_world, name, Field.TITLE, ("The wallaby outage", ""))
    found = search(LOCAL_OWNER, own_world, "wallaby outage", ANY).found
    assert "incident" in {one.kind for one in found}
    assert {one.incident_title for one in search(LOCAL_OWNER, own_world, "pool", ANY).found} == {"The wallaby outage"}


def test_the_index_is_built_anew_from_what_is_stored(own_world: World) -> None:
    before = search(LOCAL_OWNER, own_world, "pool", Sought((), limit=100))
    for part in own_world.search.changed(LOCAL_OWNER, "another"):  # an index that lost what it held
        own_world.search.replace(replace(part, state=part.state.replace("another", VERSION)), ())
    assert search(LOCAL_OWNER, own_world, "pool", ANY).total == 0
    told: list[tuple[str, float, float]] = []
    assert reindex(LOCAL_OWNER, own_world, lambda *step: told.append(step)) == 1
    assert search(LOCAL_OWNER, own_world, "pool", Sought((), limit=100)) == before
    assert [done for _, done, _ in told] == [0, 1] and {of for _, _, of in told} == {2}
    with pytest.raises(NotAllowed):
        reindex(Actor("guest"), own_world, lambda *_: None)


@pytest.mark.parametrize("role", [None, *Role])
def test_planted_markers_of_another_incident_reach_no_role(own_world: World, role: Role | None) -> None:
    mine = only_incident(own_world)
    other = replace(mine, id="other", title="Zebramarker in the title", restricted=True)
    own_world.incidents.save(other)
    own_world.documents.save("other", tuple(filter(None, [own_world.documents.latest(mine.id, "report")])))
    contribute(LOCAL_OWNER, own_world, "other", "event/1", ContributionKind.COMMENT, "zebramarker in a comment")
    decide(LOCAL_OWNER, own_world, "other", Verdict("event/1", DecisionVerb.REWORD, "zebramarker", "zebramarker"))
    assert search(LOCAL_OWNER, own_world, "zebramarker", ANY).total == 3
    actor = Actor("guest", roles=((mine.id, role),) if role else ())
    for words in ("zebramarker", "zebra", "pool", "checkout"):
        told = canonical_json(search(actor, own_world, words, Sought((), limit=100))).decode().lower()
        assert "zebramarker" not in told and '"other"' not in told
    hidden = search(actor, own_world, "zebramarker", ANY)
    assert (hidden.found, hidden.counts, hidden.total) == ((), (), 0)
    with pytest.raises(NotAllowed):
        search(actor, own_world, "zebramarker", Sought((), incident_id="other"))


def test_a_search_without_a_word_or_of_an_unknown_kind_says_what_to_give(world: World) -> None:
    for text in ("", "  ", "*** -- \"'"):
        with pytest.raises(BadInput, match="no word"):
            search(LOCAL_OWNER, world, text, ANY)
    with pytest.raises(BadInput, match="Choose of"):
        search(LOCAL_OWNER, world, "pool", Sought((), kinds=("person",)))
