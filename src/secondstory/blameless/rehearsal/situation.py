"""What an answer is given to, and the answer taken apart: words, sentences, facts met, figures, people addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from secondstory.blameless.rehearsal.words import STOP
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.rehearsal import HardMoment
from secondstory.model.utterance import Span

_WORD = re.compile(r"[^\W_]+(?:[-'’.:,][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?;]*(?:[.,:](?=\S)[^.!?;]*)*[.!?;]*")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_CLOCK = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$")
_PROCEDURE_MINUTES = 15  # a break, a round or a writing minute of this length is an offer, not a claim
_NOT_THINGS = ("role", "role_b", "paraphrase", "agenda_step", "unknown")


@dataclass(frozen=True)
class Situation:
    """A cue in a room. `roles` are titles that may be addressed, `speaker` is the title of who spoke the cue.

    `earlier` holds the answers before, the latest last.
    """

    cue: str
    moment: HardMoment
    sheet: FactSheet
    roles: tuple[str, ...]
    speaker: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """True where the cue tells of a silence, in brackets."""
        return self.moment is HardMoment.SILENCE and self.cue.startswith("(")

    @cached_property
    def cue_stems(self) -> frozenset[str]:
        """Content words of the cue, without those whom it names."""
        return frozenset(stem for stem in stems(self.cue) if stem not in self.named_stems)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Whom the cue names: capitalised words that are no role, no fact and no ordinary first word."""
        known = {stem for role in self.roles for stem in stems(role)} | self.fact_stems
        found = []
        for at, match in enumerate(_WORD.finditer(self.cue)):
            text = match.group().removesuffix("'s").removesuffix("’s")
            first = at == 0 or self.cue[: match.start()].rstrip()[-1:] in tuple(".!?(")
            if not text[:1].isupper() or text.lower() in STOP or stem(text) in known or text.isupper():
                continue
            if not first or _like_a_name(text, self.cue):
                found.append(text)
        return tuple(found)

    @cached_property
    def named_stems(self) -> frozenset[str]:
        """The stems of `named`."""
        return frozenset(stem(name) for name in self.named)

    @cached_property
    def things(self) -> tuple[tuple[str, ...], ...]:
        """Every fact of the room as the stems of its words."""
        values = {
            value for scene in self.sheet.scenes for slot, value in scene.slots if slot not in _NOT_THINGS
        }  # fmt: skip
        return tuple(sorted({tuple(stems(value, keep_all=True)) for value in values} - {()}))

    @cached_property
    def fact_stems(self) -> frozenset[str]:
        """All content words of the room's facts."""
        return frozenset(word for thing in self.things for word in thing if word not in STOP)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure that may be said: those of facts, roles and cue, and the minutes between two times on record."""
        facts = [value for scene in self.sheet.scenes for _, value in scene.slots]
        said = {figure for text in (*facts, *self.roles, self.cue) for figure in _figures(text)}
        said |= {_minute(figure) for figure in said}  # who says 10:02 for 10:02:31 is right; any other second is not
        clocks = sorted(minute for figure in said if (minute := _minute_of_day(figure)) is not None)
        between = {str(later - earlier) for at, earlier in enumerate(clocks) for later in clocks[at + 1 :]}
        return frozenset(said | between | {"12:00" if "noon" in self.cue.lower() else ""})


@dataclass(frozen=True)
class Found:
    """A fact of the room in an answer: its words, and whether they tell a figure."""

    span: Span
    whole: bool  # all its words, not only one of them
    is_figure: bool


@dataclass(frozen=True)
class Answer:
    """An answer with what a scorer looks at."""

    text: str
    situation: Situation

    @cached_property
    def lower(self) -> str:
        """In small letters, with straight apostrophes; same length as the text."""
        lowered = self.text.replace("’", "'").lower()
        return lowered if len(lowered) == len(self.text) else self.text

    @cached_property
    def words(self) -> tuple[re.Match[str], ...]:
        """Its words with their places."""
        return tuple(_WORD.finditer(self.text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its content words."""
        return frozenset(stems(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, without white space around them."""
        return tuple(
            Span(match.start() + len(match.group()) - len(match.group().lstrip()), match.end())
            for match in _SENTENCE.finditer(self.text)
            if match.group().strip(" \n\t.!?;")
        )

    @cached_property
    def questions(self) -> tuple[Span, ...]:
        """The sentences that end in a question mark."""
        return tuple(span for span in self.sentences if self.quote(span).rstrip(" \"'”").endswith("?"))

    @cached_property
    def facts(self) -> tuple[Found, ...]:
        """Facts of the room that it names, the first mention of each, in order of place."""
        found: dict[tuple[int, int], Found] = {}
        placed = [(stem(match.group()), match) for match in self.words]
        for thing in self.situation.things:
            hit = _whole(thing, placed) or _run(thing, placed) or _part(thing, placed)
            if hit is not None:
                key = (hit.span.start, hit.span.end)
                found[key] = max(found.get(key, hit), hit, key=lambda one: one.whole)
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def cue_words(self) -> tuple[Span, ...]:
        """Content words that it shares with the cue."""
        shared = self.situation.cue_stems
        return tuple(Span(m.start(), m.end()) for m in self.words if _content(m.group()) and stem(m.group()) in shared)

    @cached_property
    def addressed(self) -> tuple[Span, ...]:
        """Roles that it names, other than the one who spoke the cue."""
        spans = []
        for role in self.situation.roles:
            at = self.lower.find(role.lower())
            if role != self.situation.speaker and at >= 0:
                spans.append(Span(at, at + len(role)))
        return tuple(sorted(spans, key=lambda span: span.start))

    @cached_property
    def foreign_figures(self) -> tuple[Span, ...]:
        """Figures that nobody has on record."""
        return tuple(
            Span(match.start(), match.end())
            for match in _FIGURE.finditer(self.text)
            if _plain(match.group()) not in self.situation.figures and not self._offers_time(match)
        )

    def _offers_time(self, figure: re.Match[str]) -> bool:
        """True for «5 minutes of writing»: how long something is to take, which is no claim."""
        after = self.lower[figure.end() : figure.end() + 10].lstrip(" -")
        return figure.group().isdigit() and int(figure.group()) <= _PROCEDURE_MINUTES and after.startswith("min")

    def quote(self, span: Span) -> str:
        """The words at `span`."""
        return self.text[span.start : span.end]

    def spans(self, pattern: re.Pattern[str]) -> tuple[Span, ...]:
        """Where a word class is met."""
        return tuple(Span(m.start(), m.end()) for m in pattern.finditer(self.lower) if m.end() > m.start())

    def within(self, pattern: re.Pattern[str], span: Span) -> Span | None:
        """The first place in `span` where a word class is met."""
        match = pattern.search(self.lower, span.start, span.end)
        return Span(match.start(), match.end()) if match and match.end() > match.start() else None


def stem(word: str) -> str:
    """A rough stem, enough to see that «fires» and «fired» are one word; figures stay as they are."""
    text = word.lower().replace("’", "'").removesuffix("'s").strip("'.,:")
    if any(sign.isdigit() for sign in text):
        return _minute(_plain(text))
    for ending in ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "es", "ly", "s"):
        if text.endswith(ending) and len(text) - len(ending) >= 3:
            text = text.removesuffix(ending)
            break
    return text.removesuffix("e") if len(text) > 4 else text


def stems(text: str, *, keep_all: bool = False) -> list[str]:
    """The stems of a text's content words; `keep_all` keeps the small words too."""
    return [stem(match.group()) for match in _WORD.finditer(text) if keep_all or _content(match.group())]


def _content(word: str) -> bool:
    lower = word.lower().replace("’", "'")
    return lower not in STOP and (len(lower) > 2 or any(sign.isdigit() for sign in lower))


def _like_a_name(text: str, cue: str) -> bool:
    """A first word counts as a name when a verb of doing or being stands right behind it."""
    behind = cue[cue.index(text) + len(text) :]
    return bool(
        re.match(r"(?:['’]s\s+\w+|\s+(?:\w+ed|\w+t|is|was|does|did|should|always|never|broke|took|put)\b)", behind)
    )


def _whole(thing: tuple[str, ...], placed: list[tuple[str, re.Match[str]]]) -> Found | None:
    length = len(thing)
    for at in range(len(placed) - length + 1):
        if all(placed[at + step][0] == thing[step] for step in range(length)):
            span = Span(placed[at][1].start(), placed[at + length - 1][1].end())
            return Found(span, True, any(sign.isdigit() for sign in "".join(thing)))
    return None


def _run(thing: tuple[str, ...], placed: list[tuple[str, re.Match[str]]]) -> Found | None:
    """The longest stretch of a longer fact, told with its figure."""
    for length in range(len(thing) - 1, 1, -1):
        for at in range(len(thing) - length + 1):
            piece = thing[at : at + length]
            found = _whole(piece, placed) if any(sign.isdigit() for sign in "".join(piece)) else None
            if found is not None:
                return found
    return None


def _part(thing: tuple[str, ...], placed: list[tuple[str, re.Match[str]]]) -> Found | None:
    telling = {word for word in thing if _content(word) and not word.isdigit()}
    for word, match in placed:
        if word in telling:
            return Found(Span(match.start(), match.end()), False, any(sign.isdigit() for sign in word))
    return None


def _figures(text: str) -> list[str]:
    return [_plain(match.group()) for match in _FIGURE.finditer(text)]


def _plain(figure: str) -> str:
    return figure.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", figure) else figure.rstrip(".,:")


def _minute(figure: str) -> str:
    """A time of day without its seconds; any other figure as it is."""
    return ":".join(figure.split(":")[:2]) if _CLOCK.match(figure) else figure


def _minute_of_day(figure: str) -> int | None:
    match = _CLOCK.match(figure)
    return int(match.group(1)) * 60 + int(match.group(2)) if match else None
