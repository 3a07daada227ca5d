"""`secondstory people`: who is in an incident, and what may be changed about it."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.usecases import people as use
from secondstory.usecases.erase_person import erase_person

APP = typer.Typer(
    help="Who is in an incident: list the members, change a role, take somebody out.", no_args_is_help=True
)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_MEMBER = typer.Argument(help="A member's token, such as responder-2.")


@APP.command("list")
def list_(
    incident: str = _INCIDENT,
    names: bool = typer.Option(False, "--names", help="Show the names behind the tokens."),
    as_json: bool = typer.Option(False, "--json", help="Print the people as JSON."),
) -> None:
    """List the members of an incident and the invitations that are open."""
    with opened() as world:
        ident = named_incident(world, incident)
        found = use.people_of(LOCAL_OWNER, world, ident)
        known = {one.actor: one.name for one in use.names_of(LOCAL_OWNER, world, ident)} if names else {}
    if as_json:
        print_json(found)
    else:
        _tables(found, known)


@APP.command("role")
def role_(
    incident: str = _INCIDENT, member: str = _MEMBER, role: Role = typer.Argument(help="The member's new role.")
) -> None:
    """Give a member another role; it holds from the next request on."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("PUT", of(incident_id, "people", member), {"role": role})
        do(asked, lambda: use.change_role(LOCAL_OWNER, world, incident_id, member, role))
    say_line(f"{member} is {role.value} now.")


@APP.command("remove")
def remove(incident: str = _INCIDENT, member: str = _MEMBER) -> None:
    """Take a person out, at once. What the person said stays, under the token."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("DELETE", of(incident_id, "people", member))
        do(asked, lambda: use.remove_member(LOCAL_OWNER, world, incident_id, member))
    say_line(f"{member} is out of the incident.")


@APP.command("revoke")
def revoke(
    incident: str = _INCIDENT, invitation: str = typer.Argument(help="The invitation's id, as `people list` shows it.")
) -> None:
    """Take an invitation back that nobody has accepted yet."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("DELETE", of(incident_id, "invitations", invitation))
        do(asked, lambda: use.revoke(LOCAL_OWNER, world, incident_id, invitation))
    say_line("The link lets nobody in any more.")


@APP.command("erase")
def erase(member: str = _MEMBER) -> None:
    """Forget who a token is, for good: name, address, sign-ins, rehearsals. What was said stays, under the token."""
    with opened() as world:
        erase_person(LOCAL_OWNER, world, member)
    say_line(f"Nobody can tell any more who {member} is. Backups made before still hold the name.")


def _tables(found: use.People, known: dict[str, str]) -> None:
    columns = ["member", "role", "since (UTC)", "named in what is published"] + (["name"] if known else [])
    rows = [
        [one.actor, one.role.value, f"{one.since:%Y-%m-%d %H:%M}", "yes" if one.named else "no"]
        + ([known.get(one.actor, "")] if known else [])
        for one in found.members
    ]
    print_table("Members", columns, rows, whole_names=True)
    open_ones = [
        [one.id, one.role.value, one.for_actor or "whoever opens it", f"{one.expires_at:%Y-%m-%d %H:%M}"]
        for one in found.invitations
    ]
    print_table("Open invitations", ["invitation", "role", "for", "until (UTC)"], open_ones, whole_names=True)
