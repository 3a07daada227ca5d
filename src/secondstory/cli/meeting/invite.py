"""`secondstory meeting invite`: the invitation as it would go out, and sending it."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.meeting_plan import inviting as use
from secondstory.usecases.meeting_plan.inviting import InvitationNow


def invite(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    send: bool = typer.Option(False, "--send", help="Queue a letter for each who lacks it."),
    calendar: Path | None = typer.Option(None, "--calendar", help="Write the entry for a calendar to this file."),
    sitting: int = typer.Option(1, "--sitting", min=1, max=2, help="Which sitting the entry is of."),
    as_json: bool = typer.Option(False, "--json", help="Print letter and recipients as JSON."),
) -> None:
    """Show the invitation and who gets it; with --send, send it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if send:
            asked = Change("POST", of(incident_id, "meeting", "invitation"))
            found = made(asked, lambda: use.send_invitation(LOCAL_OWNER, world, incident_id), InvitationNow)
        else:
            found = use.invitation_of(LOCAL_OWNER, world, incident_id)
        if calendar is not None:
            calendar.write_bytes(use.meeting_calendar(LOCAL_OWNER, world, incident_id, sitting))
    if as_json:
        print_json(found)
        return
    say_line(found.invitation.subject)
    say_line("")
    say_line(found.text)
    say_line(say("invitation.counted", words=found.words))
    columns = tuple(say(f"invitation.column_{name}") for name in ("who", "state", "letter"))
    rows = [
        (one.token, say(f"invitation.reached_{one.reached.value}"), f"{one.letter} {one.error}".strip())
        for one in found.recipients
    ]
    print_table(say("invitation.recipients"), columns, rows, whole_names=True)
    if found.why_not:
        say_line(found.why_not)
    if not found.has_mail:
        say_line(say("mail.not_set_up"))
