"""A sentence that is captured in the meeting, to what would be kept: what, who, until when, who looks whether it works.

`read_capture` never guesses. A part that the words leave open comes back as unsure, with its reason and what it may
be; the room answers in a word. Actions are read for owner, date and verifier; evidence that is called for only for
whom it is asked of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from secondstory.blameless.meeting.dates import Dated, dates_in
from secondstory.blameless.meeting.owning import Owned, owned_in
from secondstory.blameless.meeting.remedies import remedy_of
from secondstory.blameless.meeting.speech import content_words, tidy
from secondstory.blameless.meeting.verifying import verified_in
from secondstory.blameless.meeting.whose import Names
from secondstory.model.capture import Around, Doubt, Reading, Slot, Unsure
from secondstory.model.room import ItemKind

_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_FILLER = re.compile(
    r"\b(?:u+h+|u+m+|e+r+m?|a+h+|h+m+|you know|i mean|sort of|kind of|by like|like,)(?<!by like)\b,?[ ]?"
    r"|(?<=\bby )like ",
    re.IGNORECASE,
)
_KIND_WORDS = {
    ItemKind.ACTION: r"(?:new |next )?action(?: item| point)?s?(?: (?=for\b|on\b))?",
    ItemKind.DECISION: r"(?:decision|decided|we (?:have )?decided|we agreed?|agreed)(?: that| is| to)?",
    ItemKind.ACCOUNT: r"account|told",
    ItemKind.PARKED: r"park(?:ing lot)?(?: it| this| that)?|for later|let'?s park(?: it| this| that)?",
    ItemKind.HYPOTHESIS: r"hypothesis|possible cause|maybe it was|could it be(?: that)?",
    ItemKind.FACTOR: r"(?:possible |contributing )?factor",
    ItemKind.EVIDENCE: r"evidence(?: called for)?|we (?:need|want) to (?:see|know)|can we see",
}
_DUE_LEAD = re.compile(
    r"(?:[,;(-]|\b(?:by|until|till|before|due|on|for|in|at|let'?s say|say|like|latest|no later than|done|deadline|is"
    r"|target|it'?s|around|about|and|within|then))\s*$",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"^(?:,? (?:at the latest|the latest|latest|please|then|okay|ok|right|yeah)\b"
    r"|\))+",
    re.IGNORECASE,
)


def read_capture(kind: ItemKind, text: str, around: Around) -> Reading:
    """What the sentence would be kept as, in the room and on the day that `around` tells."""
    said = _without_kind(kind, _cleaned(text))
    if kind is ItemKind.ACTION:
        return _action(said, around)
    if kind is ItemKind.EVIDENCE:
        return _evidence(said, around)
    return Reading(kind, tidy_sentence(said), unsure=() if said else (Unsure(Slot.TEXT, Doubt.POINTS_BACK),))


def tidy_sentence(text: str) -> str:
    """As `speech.tidy`, but a question keeps its mark."""
    return tidy(text) + ("?" if text.rstrip().endswith("?") else "")


def _action(said: str, around: Around) -> Reading:
    names = Names(around)
    rest, verifier = verified_in(said, names)
    found = dates_in(rest, around)
    owned = owned_in(_without(rest, found), names)
    due, due_words, due_doubt = _due(found, dates_in(verifier.clause, around))
    kind, strength = remedy_of(owned.task)
    reading = Reading(
        kind=ItemKind.ACTION,
        text=tidy(owned.task) if _says_what(owned.task) else tidy(_without(said, ())),
        owner=owned.token,
        owner_words=owned.words,
        team=owned.team,
        due=due,
        due_words=due_words,
        action_kind=kind,
        strength=strength,
        unsure=(*_unsure_text(owned), *_unsure_owner(owned), *((due_doubt,) if due_doubt else ())),
    )
    return _with_verifier(reading, verifier.token, verifier.doubt)


def _with_verifier(reading: Reading, token: str | None, doubt: Unsure | None) -> Reading:
    """Who looks whether an action works is not who does it."""
    if doubt is not None:
        return replace(reading, unsure=(*reading.unsure, doubt))
    if token is not None and token == reading.owner:
        return replace(reading, unsure=(*reading.unsure, Unsure(Slot.VERIFIER, Doubt.SAME_AS_OWNER, token)))
    return replace(reading, verifier=token)


def _evidence(said: str, around: Around) -> Reading:
    """A question for data; `can Mei show …` and `ask the platform team …` say of whom it is asked."""
    names = Names(around)
    owned = owned_in(said.rstrip(" ?"), names)
    is_asked = owned.token is not None or owned.why is Doubt.TEAM
    return Reading(
        kind=ItemKind.EVIDENCE,
        text=tidy_sentence(said),
        owner=owned.token,
        owner_words=owned.words if is_asked else "",
        team=owned.team,
        unsure=_unsure_owner(owned),
    )


def _unsure_text(owned: Owned) -> tuple[Unsure, ...]:
    return () if _says_what(owned.task) else (Unsure(Slot.TEXT, Doubt.POINTS_BACK, owned.task.strip()),)


def _says_what(task: str) -> bool:
    return bool(content_words(task))


def _unsure_owner(owned: Owned) -> tuple[Unsure, ...]:
    return () if owned.why is None else (Unsure(Slot.OWNER, owned.why, owned.words, owned.offers),)


def _due(found: tuple[Dated, ...], beside: tuple[Dated, ...]) -> tuple[date | None, str, Unsure | None]:
    """The one day that is named; `beside` are those that were said of the verifying."""
    words = ", ".join(one.words for one in found)
    sure = {one.day: one for one in found if one.day is not None}
    doubts = [one for one in found if one.why is not None and (one.offers or one.why is not Doubt.NO_DAY)]
    if len(sure) == 1 and not doubts:
        one = next(iter(sure.values()))
        return one.day, one.words, None
    offers = tuple(day.isoformat() for day in dict.fromkeys((*sure, *(day for one in found for day in one.offers))))
    if not found:
        later = tuple(one.day.isoformat() for one in beside if one.day is not None)
        return None, "", Unsure(Slot.DUE, Doubt.NO_DATE, "", later)
    if len(found) == 1 or (len(doubts) == 1 and not sure) or not (sure or doubts):
        one = doubts[0] if doubts else found[0]
        return None, words, Unsure(Slot.DUE, one.why or Doubt.NO_DAY, one.words, offers)
    return None, words, Unsure(Slot.DUE, Doubt.TWO_DAYS, words, offers)


def _without(text: str, found: tuple[Dated, ...]) -> str:
    """The text without its dates and the small words that lead to them."""
    for one in reversed(found):
        before = text[: one.start].rstrip()
        while (lead := _DUE_LEAD.search(before)) is not None:
            before = before[: lead.start()].rstrip()
        after = _LATEST.sub("", text[one.end :])
        text = f"{before}{'' if after[:1] in ('', ',', ';', '.') else ' '}{after.lstrip()}"
    return re.sub(r"(?<=[.,;]),|(?<= ),|\s+(?=[,.;])", "", " ".join(text.split())).strip(" ,;:-.")


def _cleaned(text: str) -> str:
    return " ".join(_FILLER.sub("", text.translate(_SIGNS)).split())


def _without_kind(kind: ItemKind, said: str) -> str:
    """Some type the kind as a word too: `action: Priya adds …`."""
    form = re.compile(rf"^(?:{_KIND_WORDS.get(kind, kind.value)})(?:[:,-]+ ?| (?=for\b|on\b))", re.IGNORECASE)
    return form.sub("", said) or said
