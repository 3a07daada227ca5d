"""`secondstory invite`: a signed link that lets one person into one incident."""

from __future__ import annotations

from datetime import timedelta

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.usecases import people as use


def invite(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    role: Role = typer.Option(Role.RESPONDER, "--role", help="What the person is in the incident."),
    days: int = typer.Option(7, "--days", min=1, max=use.MOST_DAYS, help="How long the link can be used."),
    for_member: str = typer.Option("", "--for", help="Token of a member who needs another way in; keeps the role."),
    as_json: bool = typer.Option(False, "--json", help="Print the invitation as JSON."),
) -> None:
    """Make a link that lets one person in, once. Whoever opens it is asked for a name, which stays sealed."""
    from secondstory.config import settings_now  # noqa: PLC0415 - settings cost too much for --help

    with opened() as world:
        made = use.invite(LOCAL_OWNER, world, named_incident(world, incident), role, timedelta(days=days), for_member)
        where = settings_now().public_url.rstrip("/")
    if as_json:
        print_json(made)
        return
    say_line(f"{where}/#/join/{made.link}")
    if not where:
        say_line("Put the address of your server before it, as `secondstory serve` prints it, up to the first slash.")
    say_line(f"It lets one {made.role.value} in, once, until {made.expires_at:%Y-%m-%d %H:%M} UTC.")
    say_line(f"Take it back: secondstory people revoke {incident} {made.id}")
