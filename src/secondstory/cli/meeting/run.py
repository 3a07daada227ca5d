"""`secondstory meeting run`: one facilitator, one terminal, one file of captions, from the beginning to the minutes."""

from __future__ import annotations

from datetime import datetime

import typer

from secondstory.cli.meeting.acting import tell
from secondstory.cli.meeting.captions import let_hear, roles_beside
from secondstory.cli.meeting.feeds import Feeds, Over, Said, Told, Typed, Unread
from secondstory.cli.meeting.finding import print_finding
from secondstory.cli.meeting.typed import END, Desk
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import ERR, EXIT_INTERRUPTED, OUT, an_act, as_told, opened, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import SecondStoryError
from secondstory.model.room import RoomClock
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.sources.reading.roles import roles_given
from secondstory.stages.meeting.room import seconds_in
from secondstory.stages.report import minutes_text
from secondstory.texts import counted, say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import record_of
from secondstory.usecases.room.lead import Asked, end_meeting, start_meeting
from secondstory.usecases.room.log import room_now, room_of
from secondstory.usecases.room.minutes import minutes_kept
from secondstory.usecases.room.rail_view import findings_after, rail_of

_LOOK_EVERY_S = 5.0  # so often the clock is looked at where nothing comes
_NEAR = 0.8


def run(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    captions: str = typer.Option(..., "--captions", help="WebVTT, SRT or `Speaker: words`; `-` reads standard input."),
    commands: str = typer.Option("", "--commands", help="Take the commands from this file instead of the terminal."),
    follow: bool = typer.Option(False, "--follow", help="Follow the captions while they grow."),
    role: list[str] = typer.Option([], "--role", help="Who is what, such as `Ana Lind=executive`; once for each."),
) -> None:
    """Lead a meeting from the terminal: captions are read as they come, findings printed, commands typed meanwhile.

    Begins the meeting, or goes on with the one that is on. Captions are refused while somebody in the room has not
    agreed to them, and forgotten at the end. `?` lists the commands; `end` ends the meeting and prints its minutes.
    """
    pairs = tuple(role)
    roles_given(pairs)
    with opened() as world:
        incident_id = named_incident(world, incident)
        feeds = Feeds(captions, commands, follow=follow)
        _begin(world, incident_id)
        table = Table(world, incident_id, feeds, (*roles_beside(captions), *pairs))
        try:
            table.listen()
        except KeyboardInterrupt:
            table.leave()
            raise typer.Exit(EXIT_INTERRUPTED) from None
        finally:
            feeds.end()


def _begin(world: World, incident_id: str) -> None:
    room = room_now(world, incident_id)
    is_on = room is not None and room.is_live
    if not is_on:
        asked = Change("POST", of(incident_id, "meeting", "start"), {"title": ""})
        do(asked, lambda: start_meeting(LOCAL_OWNER, world, incident_id, Asked()))
    say_line(say("run.goes_on" if is_on else "run.begun"))
    tell(world, incident_id, as_json=False)


class Table:
    """The facilitator's place at the meeting: what comes is taken one after the other, and no error ends it."""

    def __init__(self, world: World, incident_id: str, feeds: Feeds, roles: tuple[str, ...]) -> None:
        self._world, self._incident, self._feeds, self._roles = world, incident_id, feeds, roles
        self._desk = Desk(world, incident_id)
        self._heard = self._repeated = 0
        self._printed = rail_of(LOCAL_OWNER, world, incident_id).heard  # what was printed before is not printed again
        self._warned: set[tuple[str, int, str]] = set()
        self._refused = ""
        self._open = {"captions", "commands"}

    def listen(self) -> None:
        """Take what comes until the meeting ends, or nothing comes any more."""
        self._feeds.start()
        while self._open:
            told = self._feeds.take(_LOOK_EVERY_S)
            if isinstance(told, Typed) and told.line.strip() == END and self._end():
                return
            if told is not None:
                self._take(told)
            if not room_of(LOCAL_OWNER, self._world, self._incident).is_live:
                say_line(say("run.elsewhere"))
                return
            self._print_news()
        self.leave()

    def leave(self) -> None:
        """Keep what waits, and say how to go on."""
        try:
            self._desk.settle()
        except SecondStoryError as error:
            _complain(error)
        say_line(say("run.left", incident=self._incident))
        say_line(say("run.left_next", incident=self._incident))

    def _take(self, told: Told) -> None:
        try:
            match told:
                case Said(cues=cues):
                    self._hear(cues)
                case Typed(line=line) if line.strip() != END:
                    with an_act(self._world):
                        self._desk.carry_out(line)
                case Unread(reason=reason, count=count):
                    ERR.print(as_told(say("coaching.rejected", count=count, reason=reason)))
                case Over():
                    self._over(told)
        except SecondStoryError as error:
            _complain(error)

    def _hear(self, cues: tuple[Cue, ...]) -> None:
        """Let the room hear; what is refused is not read later, for nobody had agreed when it was said."""
        try:
            taken = let_hear(self._world, self._incident, cues, self._roles)
        except SecondStoryError as error:
            ERR.print(as_told(counted("run.not_heard", len(cues))))
            if error.what != self._refused:
                _complain(error)
            self._refused = error.what
            return
        self._heard, self._repeated = self._heard + taken.heard, self._repeated + taken.repeated
        self._roles, self._refused = (), ""

    def _over(self, told: Over) -> None:
        self._open.discard("captions" if told.captions else "commands")
        if told.problem:
            ERR.print(as_told(told.problem))
        if told.captions:
            say_line(say("run.heard_all", heard=self._heard, repeated=self._repeated))
            self._feeds.captions_were_heard()

    def _end(self) -> bool:
        """End the meeting and print its minutes; False where it could not be ended."""
        try:
            with an_act(self._world):
                self._desk.settle()
                asked = Change("POST", of(self._incident, "meeting", "end"))
                do(asked, lambda: end_meeting(LOCAL_OWNER, self._world, self._incident))
        except SecondStoryError as error:
            _complain(error)
            return False
        held = minutes_kept(LOCAL_OWNER, self._world, self._incident)
        title = record_of(LOCAL_OWNER, self._world, self._incident).title
        zone = get_incident(self._world, self._incident).time_zone
        typer.echo(minutes_text(held, title, zone), nl=False)
        return True

    def _print_news(self) -> None:
        """Findings that are new, and the clock where it calls."""
        for card in findings_after(LOCAL_OWNER, self._world, self._incident, self._printed):
            print_finding(card)
            self._printed = card.cue
        clock = room_of(LOCAL_OWNER, self._world, self._incident).clock
        called = called_by(clock, self._world.clock.now())
        if called is not None and called not in self._warned:
            self._warned.add(called)
            key, minutes, level = called
            title = next(one.box.title for one in clock.boxes if one.box.key == key)
            OUT.print(as_told(counted(f"run.{level}", minutes, title=title)), style="bold", soft_wrap=True)


def called_by(clock: RoomClock, now: datetime) -> tuple[str, int, str] | None:
    """The part at hand, its minutes, and `near` from 80 % of them on or `over`; a part of no minutes never calls."""
    box = next((one.box for one in clock.boxes if one.box.key == clock.current), None)
    if box is None or not box.minutes:
        return None
    spent = seconds_in(clock, box.key, now) / (box.minutes * 60)
    if spent < _NEAR:
        return None
    return box.key, box.minutes, "over" if spent >= 1 else "near"


def _complain(error: SecondStoryError) -> None:
    """Say what is wrong; the meeting goes on."""
    ERR.print(as_told(error.what))
    if error.next_step:
        ERR.print(as_told(error.next_step))
