"""Whose an action is, and what is left to do when the words about the owner are taken out.

Read in this order: who is spoken of as refusing or as reporting is passed over; then the subject of the sentence
(`Priya adds`, `I'll take`, `Mei, can you`); then words that give it to somebody (`goes to Jonas`, `put me down for`).
A second person with work of their own makes it a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from secondstory.blameless.meeting.commitments import promised_at
from secondstory.blameless.meeting.whose import Names, Whom, bare, is_token, joined
from secondstory.model.capture import Doubt

_LEADS = re.compile(
    r"^(?:(?:and|so|okay|ok|right|then|well|yeah|yes|yep|sure|now|also|ideally|perhaps|maybe|please|i think|i guess"
    r"|i suggest|i propose|i'?d say|i would say|gladly|fine|great|cool)\b[,:]? *)+",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^(?:can|could|will|would|should|shall|may|does|do)\s+", re.IGNORECASE)
_REFUSES = re.compile(
    r"^(?P<head>not me|(?:i|we) (?:can'?t|cannot|can not|won'?t|couldn'?t|don'?t have (?:the )?time)\b[^,.;]*?)"
    r"(?:[,;.]+ ?(?:so|but|and|then)?|\s+(?:so|but))\s+(?=\S)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"^.*?\b(?:do|take|have|own|get to|make|finish)\b", re.IGNORECASE)
_REPORTS = re.compile(
    r"^ (?:said|says|asked|asks|thinks|thought|suggests?|suggested|mentioned|propose[sd]?|wants|would like|agreed)"
    r"(?: that| if| whether)? ",
    re.IGNORECASE,
)
_FROM = re.compile(r"^ (?:from|in|of|at|over in) (?:the )?\w+(?= )", re.IGNORECASE)
_AND = re.compile(r"^(?:,| and| &| plus| with| together with| or)\s+", re.IGNORECASE)
_YOU = re.compile(
    r"^,? (?:(?:can|could|would|will|do|are) you|you)(?: (?:please|maybe|also))*(?: want to"
    r"| like to)? ",
    re.I,
)
_CALLED = re.compile(r"^(?:,|:| -) ?", re.IGNORECASE)
_DENIES = re.compile(
    r"^ (?:\w+ )?(?:won'?t|can'?t|cannot|isn'?t|doesn'?t|didn'?t|will not|should ?n[o']t|must not"
    r"|never)\b",
    re.I,
)
_WILL = re.compile(
    r"^(?:'?(?:ll|d|s|m|re))?(?: (?:will|would|can|could|should|shall|must|may|might|has to|have to|had to|needs? to"
    r"|wants? to|want|like to|liked to|is going to|am going to|are going to|going to|is gonna|gonna|to|agrees? to"
    r"|agreed to|offers? to|offered to|volunteers? to|volunteered to|is happy to|are happy to|happy to|promised to|is"
    r" (?:able|due|supposed|meant) to|also|really|just|then|probably|actually|gladly|definitely|please|now|is|am"
    r"|are))+(?= )",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"^ (?:\w+ly |already |just )?(?:\w{2,}ed|was|were|had|did|wrote|took|went|ran|saw|made|found|broke|knew|came"
    r"|told)\b"
    r"(?! (?:it|the limit) to\b)",
    re.IGNORECASE,
)
_DONE_WORD = (
    r"(?:\w{2,}ed|been|done|seen|known|run|read|set|put|made|told|kept|caught|thought|written|taken|gone|given|had"
    r"|found|left|let|held|said|built|stopped|spoken|understood)\b"
)
_UNREAL = re.compile(
    r"^ (?:should|could|would|might|must|ought to)(?:n'?t| not)?(?: have|'ve| of) (?:\w+ly |already |at least )?"
    + _DONE_WORD,
    re.IGNORECASE,
)
_SO = re.compile(r"[,;.] ?(?:so|and|but|then)? +(?=\S)", re.IGNORECASE)
_LEFT_OUT = re.compile(
    rf"\b(?:should|could|ought to)(?: have|'ve| of) (?:already |at least )?(?P<done>(?!been\b){_DONE_WORD} .+)$", re.I
)
_NO_VERB = re.compile(r"^ (?:of|for|on|in|at|from|to the|with|by|about|'s)\b|^'s |^$", re.IGNORECASE)
_HOLDS = re.compile(
    r"^(?:takes?|takes? on|taking|needs?|owns?|own|has|have|having|gets?|picks? up|looks? after|handles?"
    r"|responsible for"
    r"|on|down for)(?: (?:care of))? +(?=(?:the|a|an|that|this|our|its|it|them|both|all|care|\w+ing"
    r"|\w+)\b)(?!\w+ed\b)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"^(?:have|has|get|gets) (?:the |a |an |it |that )?.*\b(?:done|ready|finished|up|out"
    r"|in place)$",
    re.I,
)
_GIVES = re.compile(
    r"(?:\b(?:goes|go|over|assign(?:ed)?(?: (?:it|this|that))?|gives?(?: (?:it|this|that))?|given|hand(?:ed"
    r"|s)?(?: (?:it"
    r"|this|that))?|belongs) to|(?:\b(?:is|are|sits|stays|lies|that'?s|it'?s)|'s) (?:with|on|for|up to)"
    r"|\bowner(?: is|:|=)?"
    r"|\b(?:owned|led|done|taken) by|^for|^on|\baction (?:on|for)|\bput|\bcount|@)\s*$",
    re.IGNORECASE,
)
_DOWN = re.compile(r"^ (?:down for|in for|on)\b", re.IGNORECASE)
_I = ("i", "i'll", "ill", "i'd", "id", "i'm", "im")
_MINE = re.compile(r"(?:,|\b(?:that'?s|that is|is|it'?s|this is|this one'?s|be))\s*$", re.IGNORECASE)
_THEN = re.compile(r"^\s*(?:,|:|-|then|to)+\s*", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:[,;.]|\b(?:and|so|but|then|while))\s*$", re.IGNORECASE)
_DOES = re.compile(
    r"^(?:'?ll| (?:will|can|could|should|would|to|has to|needs to|is going to))\b"
    r"|^ (?:takes?|has|owns?|does|leads?|writes?|adds?|makes?|runs?|sets?|puts?|\w+(?:[^s\W]s|es))\b(?! (?:that"
    r"|which|of)\b)",
    re.IGNORECASE,
)
_KNOWN_VERB = re.compile(
    r"^ (?:takes?|has|owns?|does|leads?|writes?|adds?|makes?|runs?|sets?|puts?|checks?|moves?|fixes|raises?|reviews?"
    r"|documents?|drafts?|investigates?|looks?|talks?|asks?|schedules?|rehearses?|creates?|builds?|prepares?|proposes?"
    r"|updates?|removes?|measures?|finds?|tells?|shows?)\b",
    re.I,
)
_THIRD = re.compile(r"^(?P<verb>[a-zA-Z]+?)(?P<end>ies|(?<=ss)es|(?<=sh)es|(?<=ch)es|(?<=x)es|(?<=o)es|s)\b(?<!ss)")


@dataclass(frozen=True)
class Owned:
    """Whose it is or why that is open, and the words that say what is to be done."""

    task: str
    token: str | None = None
    words: str = ""
    why: Doubt | None = Doubt.NOBODY
    offers: tuple[str, ...] = ()
    team: str = ""


def owned_in(text: str, names: Names) -> Owned:
    """Read a sentence whose date and verifier are taken out already."""
    body = _LEADS.sub("", text)
    refused = _REFUSES.match(body)
    if refused is not None:
        rest = owned_in(body[refused.end() :], names)
        topic = _OBJECT.sub("", refused["head"]) if len(rest.task.split()) < 2 else rest.task
        return replace(rest, task=topic.strip() or rest.task)
    reported = _reported(body, names)
    if reported is not None:
        return owned_in(reported, names)
    found = _subject(body, names) or _given(body, names) or _promise(body, names) or Owned(body)
    return _alone(found, body, names)


def left_out(text: str) -> str:
    """What somebody `should have` done, as `checked the pool`; "" where the words say nothing of the kind."""
    met = _LEFT_OUT.search(text.rstrip(" .;!"))
    return met["done"] if met is not None else ""


def _promise(body: str, names: Names) -> Owned | None:
    """`Lock timeout, five seconds. I can do this`: whoever speaks takes on what stands before."""
    place = promised_at(bare(body))
    whom = names.at(body, place) if place is not None else None
    if whom is None or whom.words.lower() not in _I:
        return None
    return _owned(whom, body)


def _reported(body: str, names: Names) -> str | None:
    """What somebody said that another does: `Jonas said that Mei would own the breaker`."""
    whom = names.at(body, 0)
    says = _REPORTS.match(body[whom.end :]) if whom is not None else None
    if whom is None or says is None:
        return None
    rest = body[whom.end + says.end() :]
    return rest if names.at(rest, 0) is not None else None


def _subject(body: str, names: Names) -> Owned | None:
    """Whoever the sentence begins with, or is asked by its first words."""
    asks = _ASKS.match(body)
    start = asks.end() if asks is not None else 0
    whom = names.at(body, start)
    if whom is None:
        return None
    more = _AND.match(body[whom.end :])
    second = names.at(body, whom.end + more.end()) if more is not None else None
    if second is not None and not _is_addressed(body, second):
        whom = joined(whom, second)
    rest = body[whom.end :]
    rest = rest[from_.end() :] if (from_ := _FROM.match(rest)) is not None else rest
    if (you := _YOU.match(rest)) is not None:
        return _owned(whom, rest[you.end() :])
    if _UNREAL.match(rest):  # what should have been is nobody's task; what follows from it may be
        so = _SO.search(rest)
        follows = _subject(rest[so.end() :], names) if so is not None else None
        return follows or Owned(body, None, whom.words, Doubt.NOBODY)
    if _DENIES.match(rest):
        return Owned(body, None, whom.words, Doubt.NOBODY)
    if (called := _CALLED.match(rest)) is not None and asks is None:
        return _owned(whom, _told(rest[called.end() :]))
    if whom.why is Doubt.POINTED and (named := _named_last(rest, names)) is not None:
        return _owned(named, _told(rest[: named.start]))
    is_sure = is_token(whom.words) or _WILL.match(rest) is not None or _KNOWN_VERB.match(rest) is not None
    if whom.why is Doubt.UNKNOWN and not is_sure:
        return None
    if _NO_VERB.match(rest):
        return None
    if _PAST.match(rest) and asks is None and whom.why is None:
        return Owned(body, None, whom.words, Doubt.NOBODY, (whom.token,) if whom.token else ())
    return _owned(whom, _told(rest))


def _is_addressed(body: str, second: Whom) -> bool:
    """`Mei, you …`: the second word is no second person."""
    return second.why is Doubt.POINTED and body[: second.start].rstrip().endswith(",")


def _named_last(rest: str, names: Names) -> Whom | None:
    """`could you do the dashboard, Tomás`."""
    known = [one for one in names.all_in(rest) if one.token is not None and not rest[one.end :].strip(" ,.?!")]
    return known[-1] if known else None


def _told(rest: str) -> str:
    """The verb and what follows, as one would write it on a list: `adds an alert` is `add an alert`."""
    will = _WILL.match(rest)
    text = (rest[will.end() :] if will is not None else rest).strip(" ,")
    text = re.sub(r"^(?:on|down for) (?=the|a|an|that)", "", text) if will is not None else text
    if not _DONE.match(text):
        text = _HOLDS.sub("", text)
    if will is None and (third := _THIRD.match(text)) is not None and text == rest.strip(" ,"):
        end = "y" if third["end"] == "ies" else ""
        text = f"{third['verb']}{end}{text[third.end() :]}"
    return text


def _owned(whom: Whom, task: str) -> Owned:
    return Owned(task.strip(" ,.?"), whom.token, whom.words, whom.why, whom.offers, whom.team)


def _given(body: str, names: Names) -> Owned | None:
    """Words that give it to somebody: `goes to Jonas`, `is mine`, `that's on Alex then the paging policy`."""
    for whom in names.all_in(body):
        before, after = body[: whom.start], body[whom.end :]
        if whom.words.lower() == "mine" and (mine := _MINE.search(before)) is not None:
            return _owned(whom, f"{before[: mine.start()]} {after}")
        gives, down = _GIVES.search(before), _DOWN.match(after)
        if gives is not None:
            rest = after[down.end() :] if down is not None else after
            return _owned(whom, f"{before[: gives.start()]} {_THEN.sub('', rest)}".strip())
    last = _named_last(body, names)
    if last is not None and re.search(r"[,(@-]\s*$", body[: last.start]):
        return _owned(last, body[: last.start].rstrip(" ,(@-"))
    return None


def _alone(found: Owned, body: str, names: Names) -> Owned:
    """The owner, unless somebody else in the sentence has work of their own too."""
    for other in names.all_in(body):
        is_other = other.token is not None and other.token not in (found.token, *found.offers)
        if not is_other or not _CLAUSE.search(body[: other.start]) or not _DOES.match(body[other.end :]):
            continue
        if found.token is None and found.why is not Doubt.SEVERAL:
            kept = _CLAUSE.sub("", found.task[: found.task.find(other.words)] or found.task)
            return replace(found, task=kept, token=other.token, words=other.words, why=None, offers=(), team="")
        offers = tuple(dict.fromkeys((*((found.token,) if found.token else found.offers), str(other.token))))
        return replace(found, token=None, words=f"{found.words} and {other.words}", why=Doubt.SEVERAL, offers=offers)
    return found
