"""Sayings to action items: who takes what on, by when, and whether they offered it or were asked.

A promise of work counts where something else speaks for it too: a date, the time for actions, or a question that it
answers. Promises about the talk itself (`I'll be brief`) and about the minutes (`I'll send the draft`) are none. In the
time for actions a thing with a date is enough (`session descriptions, by Friday`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondstory.blameless.meeting.due import due_in, without_due
from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy, words_of
from secondstory.blameless.meeting.turns import Stretch, sayings_of
from secondstory.model.conversation import Commitment, Consent
from secondstory.model.transcript import Cue

_PURPOSE = r"(?<!so )(?<!if )(?<!that )(?<!what )(?<!as )(?<!all )(?<!where )"  # "so i can sleep" promises nothing
_NO_WORK_DO = (
    r"(?:not|find|think|have|need|want|agree|know|see|believe|like|mean|my own|understand|feel|say|it|that|so)\b"
)
_PROMISE = re.compile(
    rf"\b(?:{_PURPOSE}(?:i'?ll|i (?:will|can|could(?! have)|shall)|i'?m (?:going to|doing|taking)|i am (?:going to"
    rf"|doing|taking))"
    r"|i take(?! (?:it |that |all of it )?back)"
    rf"|i do(?! {_NO_WORK_DO})"
    r"|i (?:make|load|rewrite|write|own|need until)"
    r"|i'?d (?:like to (?:do(?! it| this)|take|try|volunteer)|try|make|write|take)"
    r"|(?:could|can|may) i (?:do|take|volunteer|have)|let me (?:do|take|own)|we'll|we will)\b"
)
_WE_DO = re.compile(r" (?:get (?!there|to|back)|add|do|make|fix)")
_MINE = re.compile(
    r"\b(?:(?:is|are|'s|that) (?:mine|with me|on me|my action)|my action|(?:put|count) me down|that'?s mine)\b"
)
_TALK = re.compile(
    r"^(?:(?:just|gladly|also|only|now|really|then|probably|quickly|not) )*(?:"
    r"admit|agree|answer|approve|argue|ask|be|begin|bring (?:it|that|up)|catch|come back to|confirm|cut|clear it"
    r"|expect|explain|guess|"
    r"hear|help|hope|imagine|invite|join|jump|keep|let|like|live|look forward|love|move on|need|never|always|note"
    r"|nudge|"
    r"observe|offer|pair|park|push|work with|rather|read|remember|repeat|say|see|share|show|skip|sleep|speak|start"
    r"|steal|stop|"
    r"talk about|tell|think|trade|understand|wait|want|worry|accept|get to|pass|hand|"
    r"do the (?:technical|timeline|next|first|cause)|find (?:it|that)|give (?:you|him|her|them) (?:what\b|(?:the"
    r"|a) (?!written))|"
    r"go (?:and|first|around|next|on|back)|put (?:it|that|this|both|them|all|a (?:coin|question))|"
    r"take (?:that|it) (?:back|to)|write (?:it|both|that) (?:up|as|down))\b"
)
_MINUTES = re.compile(
    r"\b(?:send|circulate|share|write|draft|publish|post|have)\b.{0,20}"
    r"\b(?:write-?up|drafts?|minutes|notes|summary|document|report|recap|doc this)\b"
)
_CLOSES = re.compile(
    r"\b(?:thank(?:s| you) (?:all|everyone|everybody)|that'?s us|we'?re at time|(?:the|write|,) (?:draft"
    r"|write-?up) (?:is|goes)"
    r"|drafts?'?s out|see y(?:ou|a)|bye|go home|comments (?:are )?(?:open|welcome))\b"
)
_CALLS = re.compile(
    r"\b(?:action(?:s| items?| points?)|owners?\b|who does what|who takes what|what do we (?:change|do) first"
    r"|next steps"
    r"|follow-?ups|who(?:'d| would| wants to| will)? (?:like to )?(?:take|own)s? (?:what|this|that|it|which)"
    r"|dates?,? go)"
)
_NO_CALL = re.compile(r"action candidate|not an action|process owner|the owner|an owner|owner of")
_ASKS_ONE = re.compile(
    r"\b(?:(?:could|can|will|would) (?:you|someone|somebody)|do you want to|(?:somebody|someone) to \w+"
    r"|who (?:could|can|will|would|wants to|fancies|takes|owns)\b(?! what)|(?:want|happy|able|like) to (?:take|own"
    r"|do)"
    r"|you'?d want to take|make that happen|that'?d be yours|is that yours|you who signs)\b|^\w+, (?:can|could) you"
)
_TALK_ASKED = re.compile(
    r"\b(?:timeline|walk us|tell us|talk|hear me|say|explain|kick off|read|confirm|go on|start|the technical)\b"
)
_ASKS_ALL = re.compile(r"\b(?:can|could) (?:we all|someone promise|anyone)|let'?s all|who is|how (?:do|is|are)\b")
_POINTS = re.compile(
    r"\b(?:i'?ll|i can|i will|i could) (?:(?:\w+ ){0,2}(?:it|this|them|those|both)|(?:\w+ )+and \w+ it|\w+ that)\b"
)
_LEAD = re.compile(
    r"^(?:(?:and|so|yes|yeah|yep|sure|okay|ok|well|then|right),? )*(?:(?:i'?ll|i will|i can|i could|i'?d like to"
    r"|i'?m going to"
    r"|(?:can|could|may) i|let me|i take|i do|i)(?: also| just| then)? )(?=\w)",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^(?:(?:ah|oh|well|right|so|and|okay|yeah) )*"
    r"(?:yes|yep|yeah|sure|ok(?:ay)?|of course|gladly|happy to|will do|you'?ve got)\b"
)
_WILL = re.compile(r"^(?:(?:ah|oh|well|right|so|and) )*i(?:'?ll| can| could)\b")
_NO = re.compile(r"^(?:no\b|nope|not me|i can'?t|i cannot|sorry,? (?:i|no)|not mine|i'?d rather not)")
_STORY = re.compile(
    r"\b(?:was|were|had|did|didn'?t|took|went|saw|got|came|ran|called|told|said|paged|rolled|started|looked|thought"
    r"|lost"
    r"|ago|yesterday|last (?:week|night|month|year|time|spring|summer|autumn|winter))\b"
)
_CONDITION = re.compile(r"^(?:if|when|unless|because|since|whether)\b")
_WANTS = re.compile(r"\b(?:i|you) (?:need|want)\b(?! until)")  # what somebody lacks is nobody's promise
_EVIDENCE = re.compile(r"\bevidence called for\b")  # what is looked up for the room is no repair
_IF = re.compile(r"\b(?:if|would have|i'?d have|should have|could have|when) ?$")
_PHASE_CUES = 12
_RUN_CUES = 5  # after a first promise with a date others follow
_CALL_WORDS = 22
_WHEN_CUES = 3
_BACK_SAYINGS = 30  # a topic that lies further back is another one
_POINTING_WORDS = 2
_FEW = 12
_ENDS_SOON = re.compile(r"^\W*(?:\w+\W+){0,4}$")
_SHORT = 5
_NEEDED = 3


@dataclass(frozen=True)
class _Room:
    """What stands around a saying."""

    sayings: tuple[Stretch, ...]
    place: int
    in_phase: bool
    is_called: bool  # somebody asked for actions; else promises with dates run

    @property
    def said(self) -> Stretch:
        return self.sayings[self.place]

    def asked(self) -> Stretch | None:
        """Somebody else's request right before, that this saying may answer."""
        for here in range(self.place - 1, max(self.place - 3, -1), -1):
            before = self.sayings[here]
            is_other = before.speaker is None or before.speaker != self.said.speaker
            text = plain(before.text)
            is_near_question = here == self.place - 1 and text.endswith("?")
            if is_other and (_ASKS_ONE.search(text) or is_near_question) and not _TALK_ASKED.search(text):
                return before
        return None

    def topic(self, upto: Stretch) -> str:
        """The nearest words before that say what it is about."""
        for said in reversed(self.sayings[max(self.place - _BACK_SAYINGS, 0) : self.place]):
            if said.first <= upto.first and len(content_words(said.text)) > _POINTING_WORDS:
                return said.text
        return ""


def commitments_of(cues: tuple[Cue, ...]) -> tuple[Commitment, ...]:
    """Action items in the order of the cues in which somebody takes them on, or is asked and does not."""
    sayings = sayings_of(cues)
    found: list[Commitment] = []
    called_until = run_until = -1
    for place, said in enumerate(sayings):
        text = plain(said.text)
        if _CLOSES.search(text):
            called_until = run_until = -1
            continue
        if len(words_of(text)) <= _CALL_WORDS and _CALLS.search(text) and not _NO_CALL.search(text):
            called_until = place + _PHASE_CUES
        one = _commitment(_Room(sayings, place, place <= max(called_until, run_until), place <= called_until))
        if one is not None:
            found.append(one)
            called_until = max(called_until, place + _PHASE_CUES) if place <= called_until else called_until
            run_until = place + _RUN_CUES if one.due is not None else run_until
    return tuple(found)


def _commitment(room: _Room) -> Commitment | None:
    text = plain(room.said.text)
    if not words_of(text) or _MINUTES.search(text):
        return None
    asked = room.asked()
    if asked is not None and _EVIDENCE.search(plain(asked.text)):
        return None
    if asked is not None and _ASKS_ONE.search(plain(asked.text)) and _NO.match(text) and len(words_of(text)) <= _FEW:
        told = tidy(room.topic(asked))
        return Commitment(room.said.last, told, None, None, Consent.DECLINED) if room.in_phase and told else None
    promise = promised_at(text)
    due = due_in(room.said.text) or (_due_later(room) if promise is not None else None)
    is_yes = asked is not None and _answers(text, asked)
    if not _is_enough(room, promise=promise, has_due=due is not None, is_yes=is_yes):
        return None
    body = _body(room.said.text, promise)
    points = _POINTS.search(plain(body)) is not None and not content_words(body[: _before(body)])
    if points or len(content_words(body)) <= (1 if is_yes else 0):
        body = f"{room.topic(asked or room.said)} {body}"
    if not content_words(body):
        return None
    consent = Consent.ACCEPTED if is_yes else Consent.VOLUNTEERED
    return Commitment(room.said.last, tidy(_LEAD.sub("", tidy(body))), room.said.speaker, due, consent)


def _answers(text: str, asked: Stretch) -> bool:
    """True where the saying says yes to what was asked; a promise alone answers only a request to take something."""
    bare = re.sub(r"[.,!?]", "", text)
    is_asked = _ASKS_ONE.search(plain(asked.text)) is not None
    return _YES.match(bare) is not None or (is_asked and _WILL.match(bare) is not None)


def _before(body: str) -> int:
    """Where the promise begins in the words that are kept; their end where there is none."""
    place = promised_at(plain(body))
    return place if place is not None else len(body)


def _is_enough(room: _Room, *, promise: int | None, has_due: bool, is_yes: bool) -> bool:
    text = plain(room.said.text)
    if promise is not None:
        return 2 + has_due + room.in_phase + is_yes >= _NEEDED
    if is_yes:
        return has_due and len(words_of(text)) <= 2 * _SHORT
    is_thing = bool(content_words(without_due(room.said.text))) and "?" not in text
    is_told = any(form.search(text) for form in (_STORY, _CONDITION, _WANTS, _PROMISE, _ASKS_ALL))
    is_late = room.is_called or _ENDS_SOON.search(_after_due(room.said.text)) is not None
    return room.in_phase and has_due and is_thing and is_late and not is_told


def _after_due(text: str) -> str:
    due = due_in(text)
    return text[text.rfind(due) + len(due) :] if due is not None else ""


def promised_at(text: str) -> int | None:
    """Where the promise of work begins in the text; None where there is none."""
    for one in _PROMISE.finditer(text):
        rest = text[one.end() :]
        is_talk = _TALK.match(rest.lstrip()) is not None or _IF.search(text[: one.start()]) is not None
        is_ours = one[0] not in ("we'll", "we will") or _WE_DO.match(rest) is not None
        if not is_talk and is_ours and rest.strip(" .,!?"):
            return one.start()
    mine = _MINE.search(text)
    return mine.start() if mine is not None else None


def _due_later(room: _Room) -> str | None:
    """The date that the same person gives in one of the next cues, when asked."""
    for said in room.sayings[room.place + 1 : room.place + 1 + _WHEN_CUES]:
        if said.speaker is not None and said.speaker == room.said.speaker:
            short = len(words_of(said.text)) <= _SHORT
            return due_in(said.text) if short else None
    return None


def _body(text: str, promise: int | None) -> str:
    """The sentences that say what will be done, without the date: the promise, and what it points back or on to."""
    parts = sentences(text)
    if promise is None:
        telling = [without_due(part) for part in parts if content_words(without_due(part))]
        return " ".join(telling[:2])
    first = next((place for place, part in enumerate(parts) if promised_at(plain(part)) is not None), 0)
    before = first - 1 if first > 0 and _POINTS.search(plain(parts[first])) else first
    after = first + 2 if len(content_words(without_due(parts[first]))) <= _POINTING_WORDS else first + 1
    return " ".join(without_due(part) for part in parts[before:after])
