"""Comments fold to threads: replies, edits by their author, taking back, settling; and who is named."""

from datetime import UTC, datetime, timedelta

import pytest

from secondstory.model.counted import counted_contributions
from secondstory.model.decision import Contribution, ContributionKind
from secondstory.model.talk import mentions, thread_with, threads

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
C = ContributionKind


def said(number: int, kind: ContributionKind, subject: str, text: str = "", actor: str = "kim") -> Contribution:
    return Contribution(f"c-{number}", "inc", subject, kind, text, actor, NOON + timedelta(minutes=number))


def test_replies_follow_their_comment_and_an_edit_is_its_authors_alone() -> None:
    (thread,) = threads(
        (
            said(1, C.COMMENT, "event/a", "First."),
            said(2, C.COMMENT, "comment/c-1", "Reply.", "lee"),
            said(3, C.EDIT, "comment/c-1", "Mine now.", "lee"),
            said(4, C.EDIT, "comment/c-2", "Better reply.", "lee"),
            said(5, C.STAR, "event/a"),
        )
    )
    assert (thread.id, thread.subject, thread.settled_by) == ("c-1", "event/a", None)
    assert [remark.text for remark in thread.remarks] == ["First.", "Better reply."]
    assert [remark.edited_at for remark in thread.remarks] == [None, NOON + timedelta(minutes=4)]


def test_a_thread_without_words_is_gone_but_a_reply_keeps_the_place_of_what_was_taken_back() -> None:
    begun = (said(1, C.COMMENT, "event/a", "First."), said(2, C.COMMENT, "comment/c-1", "Reply.", "lee"))
    taken = (*begun, said(3, C.WITHDRAW, "-", "c-1"))
    assert [(remark.text, remark.withdrawn) for remark in threads(taken)[0].remarks] == [("", True), ("Reply.", False)]
    assert threads((*taken, said(4, C.WITHDRAW, "-", "c-2", "lee"))) == ()
    others = (*begun, said(3, C.WITHDRAW, "-", "c-1", "lee"))
    assert not threads(others)[0].remarks[0].withdrawn


def test_one_thread_alone_reads_as_among_all() -> None:
    every = (
        said(1, C.COMMENT, "event/a", "First."),
        said(2, C.COMMENT, "event/a", "Another."),
        said(3, C.COMMENT, "comment/c-1", "Reply.", "lee"),
        said(4, C.EDIT, "comment/c-3", "Better.", "lee"),
        said(5, C.WITHDRAW, "-", "c-1"),
        said(6, C.RESOLVE, "comment/c-1"),
        said(7, C.STAR, "event/a"),
    )
    assert [thread_with(every, one) for one in ("c-1", "c-2", "c-3")] == [threads(every)[place] for place in (0, 1, 0)]
    assert [thread_with(every, one) for one in ("c-4", "c-7", "c-9")] == [None, None, None]


def test_a_settled_thread_is_opened_by_whoever_answers_or_says_so() -> None:
    settled = (said(1, C.COMMENT, "event/a", "First."), said(2, C.RESOLVE, "comment/c-1", actor="lee"))
    assert threads(settled)[0].settled_by == "lee"
    assert threads((*settled, said(3, C.REOPEN, "comment/c-1")))[0].settled_by is None
    assert threads((*settled, said(3, C.COMMENT, "comment/c-1", "But.")))[0].settled_by is None
    assert threads((*settled, said(3, C.WITHDRAW, "-", "c-2", "lee")))[0].settled_by is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@responder-2 and @owner, and @responder-2 again", ("responder-2", "owner")),
        ("mail kim@responder-2, @responder-2x, @responder, @@owner, @responder-02", ()),
        ("(@scribe-11).", ("scribe-11",)),
    ],
)
def test_tokens_after_an_at_are_mentions(text: str, named: tuple[str, ...]) -> None:
    assert mentions(text) == named


def test_talk_and_what_was_taken_back_reach_no_stage() -> None:
    star, vote = said(1, C.STAR, "event/a"), said(2, C.VOTE, "hypothesis/b", "for")
    talk = (
        said(3, C.COMMENT, "event/a", "First."),
        said(4, C.EDIT, "comment/c-3", "x"),
        said(5, C.RESOLVE, "comment/c-3"),
    )
    assert counted_contributions((star, vote, *talk, said(6, C.WITHDRAW, "-", "c-1"))) == (vote,)
