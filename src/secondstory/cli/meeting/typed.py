"""The commands that a facilitator types while `meeting run` listens: one letter, then words where it needs some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from secondstory.cli.meeting.acting import tell
from secondstory.cli.meeting.capture import keep_said, parts_given, print_reading
from secondstory.cli.meeting.rail import do_with
from secondstory.cli.meeting.step import next_box
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.hearing import RailAct
from secondstory.model.room import Captured, ItemKind, RoomEvent, Shown, StepBegan
from secondstory.model.timeline import TimelineEvent
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.answers import answer_of, answers_of
from secondstory.usecases.room.log import happen, room_of
from secondstory.usecases.room.rail_view import asked_question, rail_of
from secondstory.usecases.room.sentence import Preview, Sentence, read_sentence
from secondstory.usecases.room.turning import turning_points
from secondstory.usecases.room.words import words_now
from secondstory.wiring import coach

END = "end"
_ACTS = {"u": RailAct.USED, "x": RailAct.DISMISSED, "k": RailAct.NOT_BLAME, "m": RailAct.STEP_UP}
_KINDS = {
    "a": ItemKind.ACTION,
    "d": ItemKind.DECISION,
    "p": ItemKind.PARKED,
    "c": ItemKind.FACTOR,
    "v": ItemKind.EVIDENCE,
}
_HELP = ("use", "firmer", "capture", "answer", "said", "lead", "words", "end")


@dataclass(frozen=True)
class _Waiting:
    """A sentence that leaves something open, or speaks of a person: it is kept once somebody said how."""

    sentence: Sentence
    read: Preview


class Desk:
    """One meeting, and the sentence that waits for an answer."""

    def __init__(self, world: World, incident_id: str) -> None:
        self._world, self._incident = world, incident_id
        self._waiting: _Waiting | None = None
        self._plain: dict[str, Callable[[], None]] = {
            "?": _help,
            "n": self._next_part,
            "]": lambda: self._show(1),
            "[": lambda: self._show(-1),
            "q": self._question,
            "2": self._summary,
            "3": self._paraphrase,
            "4": self._outside,
            "!": lambda: self._answer("", as_said=True),
            "-": self._drop,
        }

    def carry_out(self, line: str) -> None:
        """Do what a line says. Raises BadInput on what is no command, and whatever the room refuses."""
        word, _, rest = line.strip().partition(" ")
        rest = rest.strip()
        if word in _KINDS:
            self._capture(word, rest)
        elif word in _ACTS:
            self._act(_ACTS[word], rest)
        elif word.startswith("="):
            self._answer(f"{word[1:]} {rest}".strip())
        elif word == "1":
            self._cards(rest)
        elif word in self._plain and not rest:
            self._plain[word]()
        elif word:
            raise BadInput(say("run.unknown", typed=line.strip()[:80]), say("run.unknown_next"))

    def settle(self) -> None:
        """Keep the sentence that waits as it is; one that speaks of a person is told and let go."""
        waiting = self._waiting
        if waiting is None:
            return
        if waiting.read.concern is not None:
            self._waiting = None
            say_line(say("run.lost", text=waiting.sentence.text))
            return
        kept = self._keep(waiting.sentence, {})
        say_line(say("run.kept_open", text=kept.text))

    def _capture(self, word: str, text: str) -> None:
        if not text:
            raise BadInput(say("run.no_words", typed=word), say("run.no_words_next"))
        self.settle()
        sentence = Sentence(_KINDS[word], text)
        read = read_sentence(LOCAL_OWNER, self._world, self._incident, sentence, coach().judge)
        print_reading(read)
        if read.concern is None and not read.asked:
            self._keep(sentence, {})
            say_line(say("run.kept"))
            return
        self._waiting = _Waiting(sentence, read)
        bare = "concerned" if read.concern is not None and read.concern.neutral else "concerned_bare"
        say_line(say("run.asks" if read.concern is None else f"run.{bare}"))

    def _answer(self, parts: str, *, as_said: bool = False) -> None:
        """Keep what waits, with the parts that are answered."""
        waiting = self._waiting
        if waiting is None:
            raise BadInput(say("run.none_waits"), say("run.none_waits_next"))
        given = parts_given(parts.split())
        sentence = replace(waiting.sentence, speaker=given.get("speaker", ""))
        concern = waiting.read.concern
        if concern is not None and not as_said:
            if not concern.neutral:
                raise BadInput(say("capturing.person", reason=concern.reason), say("run.concerned_bare"))
            sentence = replace(sentence, text=concern.neutral)
        kept = self._keep(sentence, given, as_said=as_said)
        shown = {"owner": kept.owner, "due": kept.due, "verifier": kept.verifier}
        told = (f"{say(f'capturing.reading_{name}')} {value}" for name, value in shown.items() if value)
        say_line("  ·  ".join((say("run.kept"), kept.text, *told)))

    def _keep(self, sentence: Sentence, given: dict[str, str], *, as_said: bool = False) -> Captured:
        ident = keep_said(self._world, self._incident, sentence, given, as_said=as_said)
        self._waiting = None
        item = room_of(LOCAL_OWNER, self._world, self._incident).item(ident)
        if item is None:
            raise NotFound(say("room.no_item"), say("room.no_item_next"))  # taken back elsewhere meanwhile
        return item.line

    def _drop(self) -> None:
        if self._waiting is None:
            raise BadInput(say("run.none_waits"), say("run.none_waits_next"))
        self._waiting = None
        say_line(say("run.dropped"))

    def _act(self, does: RailAct, number: str) -> None:
        cue = self._cue(number.removeprefix("#"))
        view = do_with(self._world, self._incident, does, cue)
        say_line(say("run.finding_done", cue=cue, what=say(f"run.done_{does.value}")))
        card = view.card
        if card is None:
            return
        if does is RailAct.STEP_UP and card.replies:
            reply = card.replies[card.place]
            say_line(f"    → {reply.step.value}: {reply.text}")
        elif card.cue != cue:
            say_line(say("run.in_view", cue=card.cue))

    def _cue(self, number: str) -> int:
        """The finding of that number, or the one in view."""
        if number:
            if not number.isdecimal():
                raise BadInput(say("run.no_number", text=number[:40]), say("run.no_number_next"))
            return int(number)
        card = rail_of(LOCAL_OWNER, self._world, self._incident).card
        if card is None:
            raise NotFound(say("rail.no_card"), say("rail.no_cue_next"))
        return card.cue

    def _led(self, body: dict[str, object], event: RoomEvent) -> None:
        asked = Change("POST", of(self._incident, "meeting", "led"), body)
        do(asked, lambda: happen(LOCAL_OWNER, self._world, self._incident, event))

    def _next_part(self) -> None:
        box = next_box(room_of(LOCAL_OWNER, self._world, self._incident))
        self._led({"act": "step", "box": box}, StepBegan(box))
        tell(self._world, self._incident, as_json=False)

    def _show(self, by: int) -> None:
        points = turning_points(LOCAL_OWNER, self._world, self._incident)
        place = _neighbour(points, room_of(LOCAL_OWNER, self._world, self._incident).shown, by)
        if place is None:
            raise BadInput(say("run.no_event"), say("run.no_event_next"))
        event, number = points[place], place + 1
        body: dict[str, object] = {"act": "show", "subject": event.key, "place": number, "of": len(points)}
        self._led(body, Shown(event.key, number, len(points)))
        zone = get_incident(self._world, self._incident).time_zone
        time = f"{wall_time(event.moment.earliest, zone):%H:%M:%S}"
        say_line(say("run.event", place=number, of=len(points), time=time, title=event.title))

    def _question(self) -> None:
        question = rail_of(LOCAL_OWNER, self._world, self._incident).question
        if question is None:
            raise NotFound(say("run.no_question"), say("run.no_question_next"))
        asked = Change(
            "POST", of(self._incident, "meeting", "rail"), {"does": {"act": "question", "text": question.text}}
        )
        do(asked, lambda: asked_question(LOCAL_OWNER, self._world, self._incident, question.text))
        say_line(say("rail.ask", text=question.text))

    def _cards(self, question: str) -> None:
        if question:
            card = answer_of(LOCAL_OWNER, self._world, self._incident, question)
            say_line(f"{card.question}\n    → {card.text}")
            return
        for card in answers_of(LOCAL_OWNER, self._world, self._incident).cards:
            say_line(f"1 {card.key}  {card.question}")

    def _summary(self) -> None:
        for sentence in words_now(LOCAL_OWNER, self._world, self._incident).summary:
            say_line(sentence)

    def _paraphrase(self) -> None:
        say_line(words_now(LOCAL_OWNER, self._world, self._incident).paraphrase or say("run.no_paraphrase"))

    def _outside(self) -> None:
        way = rail_of(LOCAL_OWNER, self._world, self._incident).outside
        say_line(way.text or say("run.not_outside"))
        if way.draft:
            say_line(f"\n{way.draft}")


def _neighbour(points: tuple[TimelineEvent, ...], shown: str, by: int) -> int | None:
    """The place of what follows or precedes; the first, or the last, where none of them is shown."""
    keys = [one.key for one in points]
    place = keys.index(shown) + by if shown in keys else (0 if by > 0 else len(keys) - 1)
    return place if 0 <= place < len(keys) else None


def _help() -> None:
    for name in _HELP:
        say_line(say(f"run.help_{name}"))
