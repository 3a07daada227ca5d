"""`secondstory rehearse`: a scripted room in the terminal, with free answers and what each of them did."""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace

import typer

from secondstory.blameless.rehearsal.scoring import Judge
from secondstory.cli.naming import named_incident
from secondstory.cli.session import EXIT_INTERRUPTED, OUT, as_told, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.practised import forget_practice, progress
from secondstory.usecases.rehearse import Play, PlayedTurn, Rehearsal, before_turn, rehearse, rooms

_SEEDS = 10_000
_AGAIN, _HINT, _QUIT = ".again", ".hint", ".quit"
_MOST_PRESSURE = 10


def rehearse_(
    room: str = typer.Argument("", help="A room's name; without it, the rooms are listed."),
    level: int = typer.Option(1, "--level", help="1 plain, 2 two voices, 3 authority and a clock."),
    incident: str = typer.Option("", "--incident", help="An incident's id, or `demo`; without it, a made-up one."),
    seed: int = typer.Option(-1, "--seed", help="The same seed gives the same words; without it, they vary."),
    list_: bool | None = typer.Option(
        None, "--list/--forget", help="List the rooms and how your sessions went, or remove what is kept of them."
    ),
    as_json: bool = typer.Option(False, "--json", help="Answers from standard input, one a line; the room as JSON."),
) -> None:
    """Practise a hard moment: answer in your own words, see what it did, and try a turn again."""
    with opened() as world:
        if list_ is False:
            _forget(world)
        elif list_ or not room:
            _list(world, as_json)
        else:
            _enter(world, Play(room, level, seed if seed >= 0 else secrets.randbelow(_SEEDS)), incident, as_json)


def _enter(world: World, play: Play, incident: str, as_json: bool) -> None:
    from secondstory.wiring import coach  # noqa: PLC0415 - its weights cost time that --help and --list do not need

    given = replace(play, incident_id=named_incident(world, incident) if incident else "")
    judge = coach().judge
    if as_json:
        print_json(_scripted(world, judge, given))
    else:
        _converse(world, judge, given)


def _scripted(world: World, judge: Judge, play: Play) -> Rehearsal:
    """Answers from standard input until they or the room end."""
    now = rehearse(LOCAL_OWNER, world, judge, play)
    for line in sys.stdin:
        if now.cue is None:
            break
        if line.strip():
            play = replace(play, answers=(*play.answers, line.strip()), id=now.id)
            now = rehearse(LOCAL_OWNER, world, judge, play)
    return now


def _converse(world: World, judge: Judge, play: Play) -> None:
    now = rehearse(LOCAL_OWNER, world, judge, play)
    play = replace(play, id=now.id)
    _print_head(now)
    try:
        while now.cue is not None:
            _print_cue(now)
            said = OUT.input("[bold]> [/bold]").strip()
            if said == _QUIT:
                break
            if said == _HINT:
                say_line(say("rehearsal.hint"))
            elif not said:
                say_line(say("rehearsal.keys"))
            else:
                play, now = _answered(world, judge, (play, now), said)
    except EOFError:
        say_line("")
    except KeyboardInterrupt:
        say_line(f"\n{say('rehearsal.left')}")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    _print_end(now)


def _answered(world: World, judge: Judge, at: tuple[Play, Rehearsal], said: str) -> tuple[Play, Rehearsal]:
    """The play and the room after what was typed; what cannot be used is told, and changes nothing."""
    play, now = at
    try:
        changed = (
            before_turn(play, len(play.answers)) if said == _AGAIN else replace(play, answers=(*play.answers, said))
        )
        then = rehearse(LOCAL_OWNER, world, judge, changed)
    except BadInput as error:
        say_line(f"{error.what} {error.next_step}")
        return play, now
    if said != _AGAIN:
        _print_feedback(then.turns[-1])
    return changed, then


def _print_head(now: Rehearsal) -> None:
    OUT.print(as_told(f"{now.room.title}"), style="bold")
    say_line(say("rehearsal.head", level=now.level, turns=now.most_turns, seed=now.seed, incident=now.incident_title))
    for fact in now.facts:
        say_line(f"  {fact.says}")
    say_line(say("rehearsal.keys"))


def _print_cue(now: Rehearsal) -> None:
    assert now.cue is not None
    OUT.print()
    bar = "█" * now.pressure + "·" * (_MOST_PRESSURE - now.pressure)
    say_line(say("rehearsal.tension", bar=bar, turn=len(now.turns) + 1, turns=now.most_turns))
    if now.silent:
        say_line(say("rehearsal.silent", who=now.silent))
    OUT.print(as_told(f"{now.cue.title}: "), style="bold", end="")
    say_line(now.cue.text)


def _print_feedback(turn: PlayedTurn) -> None:
    marks = {"yes": "+", "partly": "~", "no": "-", "unasked": " "}
    key = "rehearsal.grade_one" if turn.words == 1 else "rehearsal.grade"
    say_line(say(key, grade=turn.grade, words=turn.words))
    for noted in turn.feedback.noted:
        say_line(f"  {marks[noted.state]} {noted.title}: {noted.says}")
    for line in turn.feedback.worked:
        say_line(say("rehearsal.line_worked", text=line))
    say_line(say("rehearsal.line_better", text=turn.feedback.better))
    say_line(say("rehearsal.line_next", text=turn.feedback.try_next))


def _print_end(now: Rehearsal) -> None:
    if now.debrief is None:
        say_line(say("rehearsal.left"))
        return
    ended = now.debrief
    OUT.print(as_told(f"\n{ended.says}"), style="bold")
    for key, text in (("hidden", ended.hidden), ("calms_by", ended.calms_by), ("goal", ended.goal)):
        say_line(say(f"rehearsal.debrief_{key}", text=text))
    say_line(say("rehearsal.debrief_turn", turn=ended.hardest_turn, room=now.room.name, seed=now.seed, level=now.level))


def _forget(world: World) -> None:
    """Ask, and remove one's own sessions; the end of the input is a no."""
    try:
        sure = OUT.input(as_told(say("rehearsal.forget"))).strip().lower() in ("y", "yes")
    except EOFError:
        sure = False
        say_line("")
    if sure:
        forget_practice(LOCAL_OWNER, world)
    say_line(say("rehearsal.forgotten" if sure else "rehearsal.not_forgotten"))


def _list(world: World, as_json: bool) -> None:
    found = progress(LOCAL_OWNER, world)
    if as_json:
        print_json({"rooms": rooms(), "progress": found})
        return
    print_table(
        say("rehearsal.caption_rooms"), ("name", "room", "about"), [(r.name, r.title, r.about) for r in rooms()]
    )
    if found.sessions:
        rows = [
            (
                f"{one.at:%Y-%m-%d %H:%M} UTC",
                one.room,
                str(one.turns),
                *(f"{share.met:.0%}" if share.met is not None else "–" for share in one.shares),
            )
            for one in found.sessions
        ]
        titles = tuple(share.title for share in found.sessions[0].shares)
        print_table(say("rehearsal.caption_sessions"), ("at", "room", "turns", *titles), rows)
    say_line(found.says)
