"""`secondstory reminders`: who is reminded of which action, when next, and whom no letter reaches."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.reminder import Reach
from secondstory.texts import say
from secondstory.usecases.mail import deliver
from secondstory.usecases.remind import Reminded, remind
from secondstory.usecases.remind import reminders as held


def reminders(
    incident: str = typer.Argument("", help="An incident's id, or `demo`; without it, those of every incident."),
    send: bool = typer.Option(False, "--send", help="Write and send what is due now; a running server does so itself."),
    as_json: bool = typer.Option(False, "--json", help="Print the actions as JSON."),
) -> None:
    """Who is reminded of which action. With --send for cron; exit code 1 where a letter was given up."""
    with opened() as world:
        dead = 0
        if send:
            say_line(say("reminding.queued", count=remind(LOCAL_OWNER, world)))
            done = deliver(LOCAL_OWNER, world)
            dead = done.dead
            say_line(say("mail.delivered", sent=done.sent, waiting=done.waiting, dead=dead))
        found = held(LOCAL_OWNER, world, named_incident(world, incident) if incident else None)
        has_mail = world.post is not None
    if as_json:
        print_json(found)
    elif not send:
        _print(found, has_mail)
    if dead:
        raise typer.Exit(EXIT_NEGATIVE)


def _print(found: tuple[Reminded, ...], has_mail: bool) -> None:
    if not found:
        say_line(say("reminding.none"))
        return
    names = ("incident", "", "action", "owner", "due", "reached", "next", "last")
    rows = [
        (
            one.incident,
            one.label,
            one.title,
            one.owner or "-",
            one.due.isoformat(),
            say(f"reminding.reach_{one.reach.value}"),
            one.next.isoformat() if one.next is not None else "-",
            f"{one.last:%Y-%m-%d %H:%M}" if one.last is not None else "-",
        )
        for one in found
    ]
    print_table(say("reminding.caption"), names, rows)
    without = sorted({one.owner for one in found if one.reach is Reach.NO_ADDRESS})
    if without:
        say_line(say("reminding.address", people=", ".join(without)))
    if not has_mail:
        say_line(say("reminding.no_server"))
