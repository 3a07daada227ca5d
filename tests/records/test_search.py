"""The index finds whole and half words on both databases, keeps no trace of what was replaced, and hides what is not
one's own, in hits, counts and snippets alike."""

from dataclasses import replace

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.ports import Hits, Indexed, Passage, Sought
from secondstory.records.database import Database
from secondstory.records.incidents import SqlIncidents
from secondstory.records.search import SqlSearchIndex

from .test_stores import incident


@pytest.fixture
def index(database: Database) -> SqlSearchIndex:
    for name in ("one", "two"):
        SqlIncidents(database).save(incident(name))
    filled = SqlSearchIndex(database)
    filled.replace(
        Indexed("one", "found", "a"),
        (
            Passage("event", "event/1", "Deploy of orders-api", "release 4.2.1 by responder-2"),
            Passage(
                "document", "what", "What happened", "The connection pool of orders-api was full; \x02no\x03 queue."
            ),
            Passage("evidence", "E01", "Log lines", 'don\'t "quote" C:\\temp\\x 100% caf\u00e9'),
        ),
    )
    filled.replace(Indexed("two", "found", "a"), (Passage("event", "event/1", "Secret", "zebrapool of orders"),))
    return filled


def keys(hits: Hits) -> list[tuple[str, str]]:
    return [(hit.incident_id, hit.key) for hit in hits.hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("pool",), ["what"]),
        (("connections",), ["what"]),  # another form of the word
        (("ord", "pool"), []),  # only the last word may be half typed
        (("pool", "ord"), ["what"]),
        (("orders-api",), ["event/1", "what"]),  # the title counts more
        (("4.2.1",), ["event/1"]),
        (('"quote"',), ["E01"]),
        (("don't",), ["E01"]),
        (("C:\\temp\\x",), ["E01"]),
        (("100%",), ["E01"]),
        (("OR", "pool"), []),
        (("pool*", "-queue"), ["what"]),
        (("nothing",), []),
    ],
)
def test_every_word_must_be_there_and_no_sign_means_anything(
    index: SqlSearchIndex, words: tuple[str, ...], found: list[str]
) -> None:
    hits = index.find(LOCAL_OWNER, Sought(words, incident_id="one"))
    assert sorted(key for _, key in keys(hits)) == sorted(found)


def test_what_matched_is_marked_and_marks_in_the_text_are_none(index: SqlSearchIndex) -> None:
    (hit,) = index.find(LOCAL_OWNER, Sought(("queue",))).hits
    assert "\x02queue\x03" in hit.snippet and hit.snippet.count("\x02") == 1
    title = index.find(LOCAL_OWNER, Sought(("deploy",))).hits[0].title
    assert title == "\x02Deploy\x03 of orders-api"


def test_pages_and_kinds_narrow_the_hits_and_counts_stay_whole(index: SqlSearchIndex) -> None:
    everything = index.find(LOCAL_OWNER, Sought(("orders",)))
    assert everything.counts == (("document", 1), ("event", 2)) and len(everything.hits) == 3
    first = index.find(LOCAL_OWNER, Sought(("orders",), limit=1))
    rest = index.find(LOCAL_OWNER, Sought(("orders",), limit=5, offset=1))
    assert keys(first) + keys(rest) == keys(everything)
    narrowed = index.find(LOCAL_OWNER, Sought(("orders",), kinds=("document",)))
    assert keys(narrowed) == [("one", "what")] and narrowed.counts == everything.counts


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_finds_counts_or_reads_what_is_of_another_incident(index: SqlSearchIndex, role: Role | None) -> None:
    actor = Actor("guest", roles=(("one", role),) if role else ())
    for words in (("zebrapool",), ("secret",), ("zeb",)):
        for sought in (Sought(words), Sought(words, incident_id="two"), Sought(words, kinds=("event",))):
            assert index.find(actor, sought) == Hits((), ())
    mine = index.find(actor, Sought(("orders",)))
    assert {hit.incident_id for hit in mine.hits} == ({"one"} if role else set())
    assert sum(count for _, count in mine.counts) == len(mine.hits)
    assert {part.incident_id for part in index.changed(actor, "1")} == ({"one"} if role else set())


def test_a_part_that_is_replaced_leaves_nothing_behind_and_is_indexed_once(
    index: SqlSearchIndex, database: Database
) -> None:
    before = index.changed(LOCAL_OWNER, "1")
    assert {(part.incident_id, part.part) for part in before} == {
        (name, part) for name in ("one", "two") for part in ("found", "said")
    }
    for part in before:
        index.replace(part, (Passage("event", "event/2", "New", "words"),) if part.part == "found" else ())
    assert index.changed(LOCAL_OWNER, "1") == ()
    assert index.find(LOCAL_OWNER, Sought(("zebrapool",))) == Hits((), ())
    assert len(index.find(LOCAL_OWNER, Sought(("words",))).hits) == 2
    SqlIncidents(database).save(replace(incident("one"), title="Another"))
    assert [(part.incident_id, part.part) for part in index.changed(LOCAL_OWNER, "1")] == [
        ("one", "found"),
        ("one", "said"),
    ]
    assert len(index.changed(LOCAL_OWNER, "2")) == 4, "another way of indexing indexes all anew"
