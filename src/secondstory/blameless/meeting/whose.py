"""Who is named in a spoken sentence: those in the room by the names they have there, and the words that name nobody.

`I` is who speaks. A team, `someone`, `we`, `he`, two people, a name that two have and a name that nobody has give no
person but a doubt: an action belongs to one person who was asked, and the room can say who in a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from secondstory.blameless.people import NO_NAME
from secondstory.model.capture import Around, Attendee, Doubt

_SELF = r"i'?ll|i'?m|i'?d|i've|i\b|me\b|my\b|mine\b|myself\b"
_TEAM = (
    r"(?:(?:the|our|your|their) )?(?:[a-z][a-z-]+ ){0,2}(?:team|squad|crew|group|department|guys|folks|guild)\b"
    r"|(?:the )?(?:platform|infra(?:structure)?|sre|devops|ops|security|qa|support|dbas?|database|data|mobile"
    r"|frontend"
    r"|backend|networking|network|payments|billing|storage|operations|engineering|product|marketing|legal)\b"
)
_ANYBODY = r"(?:some|any|no)(?:one|body)\b|no one\b|whoever\b|who\b"
_US = r"we'?ll|we'?re|we'?ve|we\b|us\b|let's|all of us|everyone\b|everybody\b"
_POINTED = (
    r"you'?ll|you'?ve|you'?re|you\b|he'?ll|he'?s|he\b|she'?ll|she'?s|she\b|they'?ll|they'?re|they\b|him\b"
    r"|her\b(?= ?$)|them\b|himself|herself|themselves"
)
_NAME = re.compile(r"[A-Z][^\W\d_]{2,}(?: [A-Z][^\W\d_]+)?")
_DOUBTS = {"team": Doubt.TEAM, "anybody": Doubt.ANYBODY, "us": Doubt.ALL_OF_US, "pointed": Doubt.POINTED}
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNKNOWN_TOKEN = re.compile(r"(?:facilitator|scribe|responder|executive|observer)-\d+(?![\w-])", re.IGNORECASE)
_TOKEN = re.compile(r"^(?P<role>[a-z]+)-(?P<place>\d+)$")
_NO_SUBJECT = re.compile(
    r"(?:Add|Write|Fix|Make|Set|Check|Move|Put|Cap|Limit|Remove|Document|Test|Turn|Raise|Action|Please|Can|Could|Will"
    r"|Would|Should|Let|Okay|Right|So|Then|Yes|Yeah|Not|No|To|By|On|In|For|At|All|One|Two|We|I|He|She|They|It|Its"
    r"|Maybe|Perhaps|Also|Next|First|An?|My|Our|Your|Their|His|Her|Due|Before|After|Until|Owner|Nobody|Anyone"
    r"|Anybody|Whoever|If|Because|Since|Ask|Asked|Have|Get|Give|Keep|Run|Use|Do|Don|Somebody|Ideally"
    r"|Talk|Speak|Look|Try|Review|Agree|Decide|Find|Tell|Train|Retrain|Build|Create|Update|Define|Send|Share|Wire"
    r"|Measure|Monitor|Alert|Page|Publish|Schedule|Rehearse|Investigate|Replace|Lower|Split|Switch|Tune|Verify|Warn)"
)


@dataclass(frozen=True)
class Whom:
    """Words that stand for somebody, in [start, end): one token, or why there is none and who it may be."""

    start: int
    end: int
    words: str
    token: str | None
    why: Doubt | None = None
    offers: tuple[str, ...] = ()
    team: str = ""


class Names:
    """How the people of a room are called, as one pattern; built once a sentence."""

    def __init__(self, around: Around) -> None:
        self._speaker = around.speaker
        self._of = _callings(around.people)
        known = "|".join(re.escape(name) for name in sorted(self._of, key=len, reverse=True))
        forms = (
            *((("known", rf"(?:{known})(?!\w|-\w)"),) if known else ()),
            ("self", _SELF),
            ("team", _TEAM),
            ("anybody", _ANYBODY),
            ("us", _US),
            ("pointed", _POINTED),
        )
        self._pattern = re.compile(r"(?<![\w'-])(?:" + "|".join(f"(?P<{name}>{form})" for name, form in forms) + ")")

    def at(self, text: str, start: int) -> Whom | None:
        """Who is named right here; a word with a capital letter that nobody has counts as a name."""
        met = self._pattern.match(bare(text), start)
        if met is not None:
            return self._whom(met, text)
        token = _UNKNOWN_TOKEN.match(text, start)
        if token is not None:
            return Whom(*token.span(), token[0], None, Doubt.UNKNOWN)
        name = _NAME.match(text, start)
        if name is None or NO_NAME.fullmatch(name[0]) or _NO_SUBJECT.fullmatch(name[0].split()[0]):
            return None
        return Whom(*name.span(), name[0], None, Doubt.UNKNOWN)

    def all_in(self, text: str) -> tuple[Whom, ...]:
        """Everybody who is named, in order; words that nobody knows are left out."""
        return tuple(self._whom(met, text) for met in self._pattern.finditer(bare(text)))

    def _whom(self, met: re.Match[str], text: str) -> Whom:
        (start, end), kind = met.span(), str(met.lastgroup)
        words = text[start:end]
        if kind == "known":
            tokens = self._of[met[0]]
            return (
                Whom(start, end, words, tokens[0])
                if len(tokens) == 1
                else Whom(start, end, words, None, Doubt.SAME_NAME, tokens)
            )
        if kind == "self":
            return Whom(start, end, words, self._speaker or None, None if self._speaker else Doubt.NO_SPEAKER)
        team = re.sub(r"^(?:the|our|your|their) ", "", words, flags=re.IGNORECASE) if kind == "team" else ""
        return Whom(start, end, words, None, _DOUBTS[kind], team=team)


def joined(first: Whom, second: Whom) -> Whom:
    """Two who are named together: nobody yet, for an action has one owner."""
    offers = tuple(one.token for one in (first, second) if one.token)
    start, end = first.start, second.end
    return Whom(start, end, f"{first.words} and {second.words}", None, Doubt.SEVERAL, offers, first.team or second.team)


def is_token(words: str) -> bool:
    """True for a role token, of somebody known or not: no system is called so."""
    return _UNKNOWN_TOKEN.fullmatch(words) is not None


def tokens_in(text: str) -> tuple[str, ...]:
    """Role tokens that stand in the words, each once."""
    return tuple(dict.fromkeys(_UNKNOWN_TOKEN.findall(text)))


def bare(text: str) -> str:
    """Small letters without accents, each where it stood: captions write Tomás as `tomas`."""
    return "".join(_bare_sign(sign) for sign in text)


def _bare_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign)[0].lower()
    return plain if len(plain) == 1 else sign


def _callings(people: tuple[Attendee, ...]) -> dict[str, tuple[str, ...]]:
    """Whole names, parts of names and role tokens, to who has them."""
    found: dict[str, list[str]] = {}
    for one in people:
        whole = [bare(" ".join(name.split())) for name in one.names if name.strip()]
        parts = [part for name in whole for part in name.split() if len(part) > 1]
        for calling in dict.fromkeys([*whole, *parts, *_spoken(one.token)]):
            found.setdefault(calling, []).append(one.token)
    return {name: tuple(tokens) for name, tokens in found.items()}


def _spoken(token: str) -> tuple[str, ...]:
    """`responder-3` as it is said: `responder 3`, `responder three`."""
    met = _TOKEN.match(token)
    if met is None:
        return ()  # such as `owner`, a word of its own
    place = int(met["place"])
    said = (f"{met['role']} {_COUNTS[place]}",) if place < len(_COUNTS) else ()
    return (token, f"{met['role']} {place}", *said)
