"""`secondstory questions`: what to ask about each event and at each step of the meeting."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.questions import questions_of


def questions(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    as_json: bool = typer.Option(False, "--json", help="Print the questions as JSON."),
) -> None:
    """Probing questions by event and agenda step, chosen by what the record lacks."""
    with opened() as world:
        found = questions_of(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(found)
        return
    for asked in found:
        say_line(" ".join(part for part in (asked.time, asked.title) if part))
        for question in asked.questions:
            of = f"{question.role}: " if question.role else ""
            say_line(f"  {of}{question.text}  ({question.kind.value}: {question.lacks})")
