"""Comments as threads: who said what on which subject, what was edited, taken back or settled since. Pure fold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from secondstory.model.decision import Contribution, ContributionKind, still_contributed

ON = "comment/"
"""The first part of a subject key that is a comment itself."""
_MENTION = re.compile(r"(?<![\w@./-])@([a-z]+-[1-9]\d{0,5}|owner)(?![\w-])")


@dataclass(frozen=True)
class Remark:
    """One comment as it reads now. `text` is empty where it was taken back."""

    id: str
    text: str
    actor: str
    at: datetime
    edited_at: datetime | None
    withdrawn: bool
    mentions: tuple[str, ...]


@dataclass(frozen=True)
class Thread:
    """A comment on a subject and its replies, the oldest first. `settled_by`: who said that nothing is left to say."""

    id: str  # that of its first comment
    subject: str
    remarks: tuple[Remark, ...]
    settled_by: str | None


@dataclass(frozen=True)
class Talk:
    """Threads in the order in which they began; `next_cursor` asks for those after them."""

    threads: tuple[Thread, ...]
    next_cursor: str | None = None


def mentions(text: str) -> tuple[str, ...]:
    """The tokens that a text names with an @, such as `@responder-2`, each once, in order."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def threads(contributions: tuple[Contribution, ...]) -> tuple[Thread, ...]:
    """All threads in the order in which they began; one of which every comment was taken back is left out."""
    every = threads_ever(contributions)
    return tuple(thread for thread in every if not all(remark.withdrawn for remark in thread.remarks))


def threads_ever(contributions: tuple[Contribution, ...]) -> tuple[Thread, ...]:
    """All threads that there ever were, in the order in which they began."""
    said = sorted(contributions, key=lambda one: (one.at, one.id))
    held = still_contributed(tuple(said))
    kept = {one.id for one in held}
    comments = {one.id: one for one in said if one.kind is ContributionKind.COMMENT}
    edits = _edits(held, comments)
    replies: dict[str, list[Remark]] = {one.id: [] for one in comments.values() if not one.subject.startswith(ON)}
    for one in comments.values():
        root = one.subject.removeprefix(ON) if one.subject.startswith(ON) else one.id
        if root in replies:
            replies[root].append(_remark(one, edits.get(one.id), withdrawn=one.id not in kept))
    settled = _settled(held)
    return tuple(Thread(root, comments[root].subject, tuple(told), settled.get(root)) for root, told in replies.items())


def thread_with(contributions: tuple[Contribution, ...], comment_id: str) -> Thread | None:
    """The thread that a comment is or was in, without folding the others."""
    begun = next((one for one in contributions if one.id == comment_id), None)
    if begun is None or begun.kind is not ContributionKind.COMMENT:
        return None
    root = begun.subject.removeprefix(ON) if begun.subject.startswith(ON) else begun.id
    inside = {one.id for one in contributions if one.id == root or one.subject == ON + root}
    on = {ON + ident for ident in inside}
    those = tuple(one for one in contributions if one.id in inside or one.subject in on or one.text in inside)
    return next(iter(threads_ever(those)), None)


def _remark(comment: Contribution, edit: Contribution | None, *, withdrawn: bool) -> Remark:
    text = "" if withdrawn else (edit or comment).text
    first = Remark(comment.id, text, comment.actor_id, comment.at, None, withdrawn, mentions(text))
    return first if edit is None or withdrawn else replace(first, edited_at=edit.at)


def _edits(held: tuple[Contribution, ...], comments: dict[str, Contribution]) -> dict[str, Contribution]:
    """The last edit of each comment by whoever wrote it."""
    edits: dict[str, Contribution] = {}
    for one in held:
        comment = comments.get(one.subject.removeprefix(ON))
        if one.kind is ContributionKind.EDIT and comment is not None and comment.actor_id == one.actor_id:
            edits[comment.id] = one
    return edits


def _settled(held: tuple[Contribution, ...]) -> dict[str, str | None]:
    settled: dict[str, str | None] = {}
    for one in held:
        root = one.subject.removeprefix(ON)
        if one.kind is ContributionKind.RESOLVE:
            settled[root] = one.actor_id
        elif one.kind is ContributionKind.REOPEN or (one.kind is ContributionKind.COMMENT and root in settled):
            settled[root] = None  # who answers opens it again
    return settled
