"""Turns to decisions: something is put to the room, and the room agrees; or somebody entitled says it is done.

A call (`can we agree that …`, `any objections?`) needs one voice that agrees, a plain question inside the time for
decisions two. What is agreed to stands in the call, or next to it where the call only points (`is that a decision?`).
Agreement by silence and decisions that nobody says aloud are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy, words_of
from secondstory.blameless.meeting.turns import Stretch, turns_of
from secondstory.blameless.meeting.voices import role_of
from secondstory.model.conversation import Agreement
from secondstory.model.transcript import Cue
from secondstory.model.utterance import SpeakerRole

_CALL = re.compile(
    r"\b(?:(?:can|could|do|shall|should|may|will|would|are) (?:we|you|they)(?: all| everyone| everybody)? "
    r"(?:(?:want|like) to )?(?:now )?(?:agree|decide|settle on|commit to|adopt|agreed)"
    r"|(?:everybody|everyone|are we all|we all|all) (?:in )?(?:agree(?:d|ment)?|(?:happy|good|fine|ok(?:ay)?) with"
    r"|on board)"
    r"|is (?:that|this) (?:a decision|decided|agreed)|as a decision|(?:all |those )in favou?r"
    r"|(?:any|no|are there) (?:objections?|concerns)|any(?:one|body) against"
    r"|(?:let'?s|then|so|now) (?:we )?(?:decide|agree)(?: (?:that|on|to|this|things))?\b|i (?:propose|move) (?:that"
    r"|we"
    r"|to)"
    r"|(?:so|then|the|first|second|one|next) decisions?\b|(?<!which )(?<!what )decisions?(?: is| time| then|:)"
    r"|nearly made"
    r"|(?:two|three|several|a few) proposals|(?:^|[.] )proposal[,:])"
)
_DECLARES = re.compile(
    r"(?:^|[.?!,] |\b(?:okay|ok|great|good|lovely|right) )(?:decided|decision|agreed then|that'?s (?:decided"
    r"|agreed))\b"
)
_NOT_DECLARED = re.compile(
    r"\bdecisions? (?:first|then|time)\b|decisions\b|\b(?:who|not|was|were|is that an?) (?:our )?deci"
)
_PHASE = re.compile(
    r"(?:^|[.?!] )decisions?[.:]|\bdecisions? (?:first|then|time)\b"
    r"|\b(?:let'?s|to) decide\b|\bto decisions?\b|\bproposals? on the board"
)
_ASKS = re.compile(
    r"\b(?:(?:can|could|do|shall|should|would|will) we|(?:is|are) (?:we|everyone)|do we (?:want|stop|keep|make))\b"
    r"|\?$"
)
_ASKS_FACT = re.compile(
    r"(?:^|[.,] |\b(?:and|so|but) )(?:who|what|how|why|when|where|which|did|do you|can you|could you|is there)\b"
)
_OPEN_CALL = re.compile(r"objection|concerns|against")
_YES = re.compile(
    r"^(?:(?:and|so|well|then|in principle|god|oh|strongly|fully|very much|i'?m|i|we|it'?s|that'?s|me|with),? )*"
    r"(?:yes|yep|yeah|yup|yea|aye|agree(?:d)?|sure|fine|ok(?:ay)?|in favou?r|for it|go(?: for it| ahead)?|do it"
    r"|works? for me|sounds? "
    r"(?:good|right)|good(?: with)?|please|absolutely|definitely|can live with|would do the same|'d do the same"
    r"|happy with|\+1|"
    r"plus one|second(?:ed| that)|no objections?|none(?: from)?|no problem|not from me|me too|same here|let'?s do)\b"
)
_NO_OBJECTION = re.compile(r"^(?:no|none|nope|nothing)\b(?! way)")
_DOUBT = re.compile(
    r"\b(?:i object|i disagree|not sure|queasy|(?:don'?t|do not) (?:like|agree)|against (?:it|that)|reservations?)\b"
)
_REFUSED = re.compile(r"^(?:no(?!ne)\b|nope|never|absolutely not|i (?:object|disagree|can'?t agree))")
_FIAT = re.compile(
    r"^(?:(?:okay|ok|right|good|fine),? )?(?:then (?:let'?s |we )?(?!yes)\w+ (?:it|them|that|both)\b(?! back)|done\b)"
)
_NUMBERED = re.compile(r"(?:^|[.,:;]\s+|\band )(?:one|two|three|first|second|third|1|2|3)[,:.] ", re.IGNORECASE)
_LEAD = re.compile(
    r"^.*?\b(?:(?:can|could|do|shall|should|may) (?:we|you)(?: all)?(?: now)? (?:agree|decide|settle|commit"
    r"|adopt)(?: that| on| to)?"
    r"|do we (?:all )?(?:agree|want)(?: to decide now)?(?: that| to)?|is that a decision|so we decide(?: to| that)?"
    r"|(?:let'?s|i) (?:decide|propose|agree)(?: that| "
    r"on| to| things)?|decisions?(?: then| time| first)?)[ ,:.?]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[,. ]*(?:any objections?|is every(?:body|one) (?:in agreement|ok(?:ay)?)|does every(?:body|one) agree"
    r"|(?:that'?s|it'?s) an easy one"
    r"|all in favou?r|do we agree"
    r"|agreed|okay|right)\??$",
    re.IGNORECASE,
)
_DECLARED_LEAD = re.compile(r"\b(?:decision|decided)[,:] ", re.IGNORECASE)
_BACK_TURNS = 3
_OPENING_CUES = 5  # objections that are asked for there are to the agenda
_CONFIRM_CUES = 2
_REACH_TURNS = 7
_PHASE_TURNS = 12
_POINTING_WORDS = 2
_LONG_ANSWER = 18


def agreements_of(cues: tuple[Cue, ...], roles: dict[str, SpeakerRole]) -> tuple[Agreement, ...]:
    """Decisions in the order of their calls. `roles` by name, as `voices.roles_of` gives them."""
    turns = turns_of(cues)
    found: list[Agreement] = []
    taken, phase_until = -1, -1
    for place, turn in enumerate(turns):
        text = plain(turn.text)
        if _PHASE.search(text):
            phase_until = place + _PHASE_TURNS
        if place <= taken or turn.first <= _OPENING_CUES:
            continue
        strength = _strength(text, place <= phase_until)
        reached = _agreed(turns, place, strength) if strength else None
        if _declares(text):
            found.extend(() if _is_confirmed(found, turn) else (_declared(turns, place),))
        elif reached is not None:
            taken = reached[0]
            phase_until = max(phase_until, taken + _PHASE_TURNS)
            found.extend(_told(turns, place, reached))
        elif not strength and _FIAT.search(text) and role_of(roles, turn.cues[0]) is SpeakerRole.EXECUTIVE:
            found.append(_fiat(turns, place))
    return tuple(found)


def _strength(text: str, in_phase: bool) -> int:
    """How many voices a turn needs to count as agreed; 0: it puts nothing to the room."""
    if _CALL.search(text):
        return 1
    return 2 if in_phase and _ASKS.search(text) and not _ASKS_FACT.search(text) else 0


def _declares(text: str) -> bool:
    return _DECLARES.search(text) is not None and _NOT_DECLARED.search(text) is None


def _is_confirmed(found: list[Agreement], turn: Stretch) -> bool:
    """The declaration only confirms what was agreed right before."""
    return bool(found) and turn.first - found[-1].cue <= _CONFIRM_CUES


def _agreed(turns: tuple[Stretch, ...], place: int, needed: int) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """(last turn that agrees, those that agree, those that doubt); None where too few do or somebody refuses."""
    asks_objection = _OPEN_CALL.search(plain(turns[place].text)) is not None
    caller = turns[place].speaker
    agreeing: list[int] = []
    doubting: list[int] = []
    for here in range(place + 1, min(place + 1 + _REACH_TURNS, len(turns))):
        text = plain(turns[here].text)
        if agreeing and _CALL.search(text) and not _is_yes(text, asks_objection):
            break
        if _is_yes(text, asks_objection):
            agreeing.extend([here] if turns[here].speaker is None or turns[here].speaker != caller else [])
        elif _REFUSED.match(text) and not agreeing:
            return None
        elif agreeing and (len(words_of(text)) > _LONG_ANSWER or turns[here].speaker == (caller or "")):
            break  # the room, or who called, moves on
        if _DOUBT.search(text):
            doubting.append(here)
    speakers = {turns[here].speaker or f"turn {here}" for here in agreeing}
    if len(speakers) < needed:
        return None
    return agreeing[-1], tuple(agreeing), tuple(doubting)


def _is_yes(text: str, asks_objection: bool) -> bool:
    return _YES.match(text) is not None or (asks_objection and _NO_OBJECTION.match(text) is not None)


def _told(
    turns: tuple[Stretch, ...], place: int, reached: tuple[int, tuple[int, ...], tuple[int, ...]]
) -> Iterator[Agreement]:
    last, agreeing, doubting = reached
    names = tuple(dict.fromkeys(turns[here].speaker or "" for here in agreeing if turns[here].speaker))
    doubts = tuple(dict.fromkeys(turns[here].speaker or "" for here in doubting if turns[here].speaker))
    for text in _proposed(turns, place, agreeing[0]):
        yield Agreement(turns[last].last, turns[place].first, text, names, doubts)


def _proposed(turns: tuple[Stretch, ...], place: int, first_yes: int) -> tuple[str, ...]:
    """What is agreed to: the call itself, each numbered part of it, or what it points to."""
    whole = turns[place].text
    numbered = [part for part in _NUMBERED.split(whole)[1:] if content_words(part)]
    if len(numbered) > 1:
        return tuple(tidy(part) for part in numbered)
    text = _body(whole)
    between = [turns[here].text for here in range(place + 1, first_yes) if len(content_words(turns[here].text)) > 2]
    puts_aside = between and not _ASKS.search(plain(whole)) and not between[0].rstrip().endswith("?")
    if len(content_words(text)) > _POINTING_WORDS and not puts_aside:
        return (tidy(text),)
    if puts_aside:
        return (tidy(between[0]),)
    near = between[:1] or [turns[place - 1].text if place else ""]
    return (tidy(f"{near[0]} {text}".strip()),)


def _body(text: str) -> str:
    """The sentence that is put to the room, without the words that call for agreement."""
    parts = [_TAIL.sub("", _LEAD.sub("", part)) for part in sentences(text)]
    calls = [
        place for place, part in enumerate(sentences(text)) if _CALL.search(plain(part)) or _ASKS.search(plain(part))
    ]
    kept = parts[calls[0] :] if calls else parts
    if not content_words(" ".join(kept)):
        kept = parts
    return " ".join(part for part in kept if content_words(part))


def _declared(turns: tuple[Stretch, ...], place: int) -> Agreement:
    """Somebody says that it is decided: what stands behind these words, else the nearest proposal before."""
    turn = turns[place]
    behind = _DECLARED_LEAD.split(turn.text, maxsplit=1)[-1] if _DECLARED_LEAD.search(turn.text) else ""
    told = next((part for part in sentences(behind) if len(content_words(part)) > 1 and not part.endswith("?")), "")
    near = turns[max(place - _BACK_TURNS, 0) : place]
    before = [one for one in near if len(content_words(one.text)) > 1 and not _YES.match(plain(one.text))]
    proposals = [one for one in before if _CALL.search(plain(one.text)) or _ASKS.search(plain(one.text))]
    origin = (proposals or before or [turn])[-1]
    text = told or _body(origin.text) or origin.text
    return Agreement(turn.first, origin.first, tidy(text), tuple(filter(None, (turn.speaker,))), ())


def _fiat(turns: tuple[Stretch, ...], place: int) -> Agreement:
    turn = turns[place]
    before = turns[place - 1].text if place else ""
    text = sentences(turn.text)[0] if sentences(turn.text) else turn.text
    told = f"{sentences(before)[-1] if before else ''} {text}" if len(content_words(text)) <= _POINTING_WORDS else text
    return Agreement(turn.last, turn.first, tidy(told), tuple(filter(None, (turn.speaker,))), ())
