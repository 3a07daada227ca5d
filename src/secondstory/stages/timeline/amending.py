"""What people decided about one entry, applied in the order in which they said it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from secondstory.model.amending import Edit, Entry
from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.errors import BadInput
from secondstory.model.timeline import Amended, EventKind, Note, TimelineEvent
from secondstory.model.window import Moment, Provenance, parse_time
from secondstory.texts import say

T = TypeVar("T")
_JOINING = (DecisionVerb.MERGE, DecisionVerb.LINK, DecisionVerb.ADD, DecisionVerb.MARK)


@dataclass
class Amending:
    """One entry while decisions are applied to it. `hidden_by`: the decision that hides it now."""

    event: TimelineEvent
    hidden_by: Decision | None = None
    redacted: bool = False
    lost: list[str] = field(default_factory=list)  # decisions whose text says nothing that can be applied

    def apply(self, decision: Decision) -> None:
        """One decision. Merges and links join two entries and are not applied here."""
        verb = decision.verb
        if verb in (DecisionVerb.REJECT, DecisionVerb.ACCEPT):
            self.hidden_by = decision if verb is DecisionVerb.REJECT else None
            if verb is DecisionVerb.ACCEPT and self._amended.told_by == decision.actor_id:
                self._amended = replace(self._amended, confirmed=True)
        elif verb is DecisionVerb.REWORD:
            self._edit(decision)
        elif verb is DecisionVerb.NOTE:
            note = Note(decision.text, decision.actor_id, decision.at, decision.id)
            self._amended = replace(self._amended, notes=(*self._amended.notes, note))
        elif verb is DecisionVerb.REDACT:
            self.redacted = True
        elif verb is DecisionVerb.MARK:
            self.lost.append(decision.id)
        if verb not in _JOINING:
            self.rest_on(decision.id)

    def rest_on(self, decision_id: str) -> None:
        """The entry rests on this decision too."""
        self.event = replace(self.event, decision_ids=(*self.event.decision_ids, decision_id))

    def link(self, message: str) -> None:
        """A message is evidence for the entry."""
        self._amended = replace(self._amended, linked=tuple(dict.fromkeys((*self._amended.linked, message))))

    def support(self, key: str) -> None:
        """The entry is evidence for what has this key."""
        self._amended = replace(self._amended, supports=tuple(dict.fromkeys((*self._amended.supports, key))))

    def take_in(self, other: TimelineEvent) -> None:
        """Another entry tells the same: it is named, and what it rests on supports this one."""
        self._amended = replace(self._amended, merged=(*self._amended.merged, other.key))
        evidence_ids = tuple(dict.fromkeys((*self.event.evidence_ids, *other.evidence_ids)))
        self.event = replace(self.event, evidence_ids=evidence_ids)

    def result(self) -> TimelineEvent:
        """The entry as decided. What was redacted stays so, whatever was said of it before or afterwards."""
        if not self.redacted:
            return self.event
        amended = replace(self._amended, notes=()) if self.event.amended is not None else None
        return replace(self.event, title=say("timeline.redacted"), body="", actor=None, attributes=(), amended=amended)

    @property
    def _amended(self) -> Amended:
        return self.event.amended or Amended()

    @_amended.setter
    def _amended(self, amended: Amended) -> None:
        self.event = replace(self.event, amended=amended)

    def _edit(self, decision: Decision) -> None:
        """A new version. By the person whose account it is it confirms it, by anybody else it asks them again."""
        edit = edit_in(decision.text)
        before = self.event
        words = {"recorded_title": before.title, "recorded_body": before.body}
        attributes = tuple(sorted({**words, **dict(before.attributes)}.items()))
        self.event = replace(
            before,
            title=before.title if edit.title is None else edit.title,
            body=before.body if edit.body is None else edit.body,
            service=before.service if edit.service is None else edit.service or None,
            attributes=before.attributes if before.kind is EventKind.ADDED else attributes,
        )
        if edit.when is not None:
            told = self._amended.told_by is not None or before.kind is EventKind.ADDED
            provenance = Provenance.TOLD if told else Provenance.DECIDED
            self.event = replace(self.event, moment=Moment(edit.when.earliest, edit.when.latest, provenance))
            self._amended = replace(
                self._amended, recorded=self._amended.recorded or before.moment, zone=edit.when.zone
            )
        if self._amended.told_by is not None:
            self._amended = replace(self._amended, confirmed=self._amended.told_by == decision.actor_id)


def added(decision: Decision) -> TimelineEvent | None:
    """The entry that a person added; None where the text names no time or says nothing.

    The text is an `Entry`, or a time (or `from/to`), a space and the sentence, as the command line's `decide` takes it.
    """
    entry = entry_in(decision.text)
    if entry is None:
        return _added_in_words(decision)
    own = entry.told_by is not None and entry.told_by == decision.actor_id
    return TimelineEvent(
        key=decision.subject,
        moment=Moment(entry.when.earliest, entry.when.latest, Provenance.TOLD),
        kind=EventKind.ADDED,
        service=entry.service,
        title=entry.title,
        body=entry.body,
        actor=entry.told_by,
        evidence_ids=(),
        decision_ids=(decision.id,),
        amended=Amended(zone=entry.when.zone, told_by=entry.told_by, confirmed=own),
    )


def entry_in(text: str) -> Entry | None:
    """The entry that an added one's text holds; None for bare words."""
    return _decoded(text, Entry)


def edit_in(text: str) -> Edit:
    """What a new version changes; bare words are a new title in place of title and text."""
    return _decoded(text, Edit) or Edit(title=text, body="")


def moment_in(text: str, provenance: Provenance) -> Moment | None:
    """The moment that `from/to`, or one time, names; None where it names none."""
    start, _, end = text.strip().partition("/")
    try:
        earliest = parse_time(start)
        return Moment(earliest, parse_time(end) if end else earliest, provenance)
    except ValueError:
        return None


def _added_in_words(decision: Decision) -> TimelineEvent | None:
    when, _, sentence = decision.text.partition(" ")
    moment = moment_in(when, Provenance.TOLD)
    if moment is None or not sentence.strip():
        return None
    return TimelineEvent(
        key=decision.subject,
        moment=moment,
        kind=EventKind.ADDED,
        service=None,
        title=sentence.strip(),
        body=decision.why,
        actor=None,
        evidence_ids=(),
        decision_ids=(decision.id,),
    )


def _decoded(text: str, kind: type[T]) -> T | None:
    if not text.startswith("{"):
        return None
    try:
        return decode(text.encode(), kind)
    except BadInput:
        return None
