"""Who will look whether an action works: `Jonas verifies`, `checked by Mei`, `and Priya can check it`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondstory.blameless.meeting.whose import Names, Whom
from secondstory.model.capture import Doubt, Slot, Unsure

_BEFORE = re.compile(r"(?:[,;.:-]|\b(?:and|with|while|then|but))\s*$", re.IGNORECASE)
_WORK = r"(?:it|that|this|them|both|the (?:work|result|fix|change))"
_AFTER = re.compile(
    r"^(?:'?ll)? ?(?:(?:will|to|can|should|could|is going to|gonna|then|also) )*(?:double[ -]?)?"
    rf"(?:verif(?:y|ies|ying|ier)\b|(?:checks?|checking|tests?|testing|reviews?|reviewing"
    rf"|confirms?)\b(?=(?: {_WORK}\b)"
    r"| ?(?:$|[,;.]))|signs? (?:it )?off\b|is the verifier\b|as verifier\b)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"[,;(]? ?\b(?:(?:and|to be|is|will be) )*(?:(?:verified|checked|signed off|reviewed|tested) by|verifier(?: is"
    r"|:)?|verification by)\s*$",
    re.IGNORECASE,
)
_HIMSELF = re.compile(r"\b(?:himself|herself|themselves|myself|oneself)\b", re.IGNORECASE)
_OBJECT = re.compile(rf"(?: (?:{_WORK}|himself|herself|themselves|myself|later|afterwards|after|together)\b)*")
_CLAUSE = re.compile(r"[^,;.]*")
_DUE_AFTER = re.compile(r"^ ?(?:by|until|before|due)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verified:
    """Who was named for it, or the doubt; `clause`: the words that were taken out, with dates of the verifying."""

    token: str | None = None
    doubt: Unsure | None = None
    clause: str = ""


def verified_in(text: str, names: Names) -> tuple[str, Verified]:
    """The text without the words about verifying, and who was named in them."""
    for whom in names.all_in(text):
        cut = _cut(text, whom)
        if cut is None:
            continue
        start, end = cut
        clause = text[start:end]
        rest = f"{text[:start].rstrip(' ,;:-')}{text[end:]}"
        if whom.why is Doubt.POINTED and _HIMSELF.search(clause):
            return rest, Verified(None, Unsure(Slot.VERIFIER, Doubt.SAME_AS_OWNER, clause.strip(" ,;")), clause)
        doubt = Unsure(Slot.VERIFIER, whom.why, whom.words, whom.offers) if whom.why is not None else None
        return rest, Verified(whom.token, doubt, clause)
    return text, Verified()


def _cut(text: str, whom: Whom) -> tuple[int, int] | None:
    """Which words speak of the verifying; None where this person is named for something else."""
    before, after = text[: whom.start], text[whom.end :]
    passive = _PASSIVE.search(before)
    if passive is not None:
        return passive.start(), whom.end
    lead, does = _BEFORE.search(before), _AFTER.match(after)
    if lead is None or does is None:
        return None
    end = whom.end + does.end()
    end = max(end, *(met.end() for met in [_OBJECT.match(text, end)] if met is not None))
    if _DUE_AFTER.match(text[end:]):
        return lead.start(), end
    rest = _CLAUSE.match(text, end)
    return lead.start(), rest.end() if rest is not None else end
