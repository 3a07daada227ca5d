"""`secondstory meeting wrap-up`, `summary` and `pulse`: close a meeting, send what was decided, ask how it was."""

from __future__ import annotations

import typer

from secondstory.cli.meeting.rail import print_closing
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.anonymous import HIGHEST, LOWEST, InputKind, Score
from secondstory.model.errors import BadInput
from secondstory.model.window import wall_time
from secondstory.texts import counted, say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.cards import put_scores
from secondstory.usecases.room.before_closing import before_closing
from secondstory.usecases.room.summary import send_summary, summary_of
from secondstory.usecases.room.wrap_up import QUESTIONS, WrapUp, pulse_of
from secondstory.usecases.room.wrap_up import wrap_up as read_wrap_up

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")


def wrap_up(incident: str = _INCIDENT, as_json: bool = typer.Option(False, "--json", help="Print it as JSON.")) -> None:
    """Show what the meeting covered, what is still open, and the words to close it with."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        found = read_wrap_up(LOCAL_OWNER, world, incident_id)
        private = before_closing(LOCAL_OWNER, world, incident_id)
        zone = get_incident(world, incident_id).time_zone
    if as_json:
        print_json(found)
        return
    for sentence in found.closing:
        say_line(sentence)
    _print(found)
    if private.is_live:
        print_closing(private)
    if found.summary_due is not None and found.summary_sent is None:
        say_line(say("wrap_up.clock", due=f"{wall_time(found.summary_due, zone):%Y-%m-%d %H:%M}"))


def _print(found: WrapUp) -> None:
    rows = [("yes" if one.discussed else "not yet", one.title) for one in found.coverage]
    if rows:
        print_table("Coverage", ("discussed", "event"), rows)
    open_rows = [
        (one.text, one.owner, ", ".join(say(f"wrap_up.lacks_{lack}") for lack in one.lacks))
        for one in found.open_actions
    ]
    if open_rows:
        print_table("Still to settle", ("action", "owner", "lacks"), open_rows)


def summary(
    incident: str = _INCIDENT,
    send: bool = typer.Option(False, "--send", help="Send it to everybody who takes part and has an address."),
    as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
) -> None:
    """Read the summary of the last meeting as it would go out, or send it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if send:
            asked = Change("POST", of(incident_id, "meeting", "summary", "letters"))
            do(asked, lambda: send_summary(LOCAL_OWNER, world, incident_id))
        found = summary_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(found)
        return
    typer.echo("\n\n".join((found.subject, *(text for _, text in found.parts))))
    if send:
        say_line(counted("wrap_up.sent", len(found.letters)))


def pulse(
    incident: str = _INCIDENT,
    answers: list[int] = typer.Argument(None, help="Three numbers from 1 to 5, in the order of the questions."),
    as_json: bool = typer.Option(False, "--json", help="Print the counts as JSON."),
) -> None:
    """Answer three questions on the meeting without your name; without answers, show the counts."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if answers:
            if len(answers) != len(QUESTIONS) or not all(LOWEST <= one <= HIGHEST for one in answers):
                raise BadInput(say("wrap_up.pulse_values", questions=len(QUESTIONS)), say("wrap_up.pulse_values_next"))
            given = dict(zip(QUESTIONS, answers, strict=True))
            scores = tuple(Score(key, value) for key, value in given.items())
            asked = Change("POST", of(incident_id, "meeting", "pulse"), given)
            do(asked, lambda: put_scores(LOCAL_OWNER, world, incident_id, scores, InputKind.PULSE))
            say_line(say("wrap_up.pulse_kept"))
        found = pulse_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(found)
        return
    rows = [(one.words, str(one.answers), "  ".join(str(count) for count in one.counts)) for one in found]
    print_table("Pulse", ("question", "answers", "1 to 5"), rows)
