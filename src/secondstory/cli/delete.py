"""`secondstory delete` and `tombstones`: an incident out of the installation for good, and which went that way."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.delete_incident import delete_incident
from secondstory.usecases.delete_incident import tombstones as list_them


def delete(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    why: str = typer.Option(..., "--why", help="The reason, which stays with the tombstone."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask whether you are sure."),
) -> None:
    """Delete an incident with its telemetry, evidence, files and words, for good. Backups still hold it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if not yes and not typer.confirm(say("retention.delete_sure", incident=incident_id)):
            say_line(say("retention.not_deleted"))
            return
        delete_incident(LOCAL_OWNER, world, incident_id, why)
    say_line(say("retention.was_deleted", incident=incident_id))


def tombstones(as_json: bool = typer.Option(False, "--json", help="Print them as JSON.")) -> None:
    """List the incidents that were deleted: when, by whom and why."""
    with opened() as world:
        found = list_them(LOCAL_OWNER, world)
    if as_json:
        print_json(found)
        return
    rows = [(one.incident_id, f"{one.at:%Y-%m-%d %H:%M}", one.actor_id, one.why) for one in found]
    print_table(say("retention.tombstones"), ("incident", "when (UTC)", "who", "why"), rows, whole_names=True)
