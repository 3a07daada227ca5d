"""`secondstory people`: who is in an incident, and what may be changed about it."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.ports import World
from secondstory.usecases.people import People, change_role, names_of, people_of, remove_member, revoke


def people(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    member: str = typer.Option("", "--member", help="Token of the member whom --role is about."),
    role: Role | None = typer.Option(None, "--role", help="The member's new role."),
    remove: str = typer.Option("", "--remove", help="Token of a member to take out, at once."),
    revoke_: str = typer.Option("", "--revoke", help="Id of an invitation to take back."),
    names: bool = typer.Option(False, "--names", help="Show the names behind the tokens."),
    as_json: bool = typer.Option(False, "--json", help="Print the people as JSON."),
) -> None:
    """List the members and open invitations of an incident, after making the changes that are asked for."""
    if bool(member) != (role is not None):
        raise typer.BadParameter("--member and --role are given together")
    with opened() as world:
        ident = named_incident(world, incident)
        if role is not None:
            change_role(LOCAL_OWNER, world, ident, member, role)
        if remove:
            remove_member(LOCAL_OWNER, world, ident, remove)
        if revoke_:
            revoke(LOCAL_OWNER, world, ident, revoke_)
        found = people_of(LOCAL_OWNER, world, ident)
        known = _names(world, ident) if names else {}
    if as_json:
        print_json(found)
    else:
        _tables(found, known)


def _names(world: World, incident: str) -> dict[str, str]:
    return {one.actor: one.name for one in names_of(LOCAL_OWNER, world, incident)}


def _tables(found: People, known: dict[str, str]) -> None:
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
