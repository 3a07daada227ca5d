"""`secondstory glossary`: what the terms mean, and where an incident shows them."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.glossary import Entry
from secondstory.texts import say
from secondstory.usecases.glossary import glossary_of


def glossary(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    term: str = typer.Argument("", help="One term, by its key or name; without it, all."),
    as_json: bool = typer.Option(False, "--json", help="Print the terms as JSON."),
) -> None:
    """Explain the terms of a post-mortem, each shown in the incident's own data or said to be absent."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        terms = glossary_of(LOCAL_OWNER, world, incident_id).terms
        wanted = tuple(one for one in terms if term.lower() in ("", one.key, one.term.lower()))
        if not wanted:
            names = ", ".join(one.key for one in terms)
            raise BadInput(say("glossary.no_term", name=term), say("glossary.no_term_next", names=names))
    if as_json:
        print_json(wanted)
    elif term:
        for one in wanted:
            say_line(f"{one.term}. {one.means}")
            say_line(_here(one))
    else:
        columns = tuple(say(f"glossary.column_{name}") for name in ("term", "here", "means"))
        rows = [(one.term, _here(one), one.means) for one in wanted]
        print_table(say("glossary.caption", incident=incident_id), columns, rows, whole_names=True)


def _here(one: Entry) -> str:
    return one.sentence if one.shown else say("glossary.absent", why=one.sentence)
