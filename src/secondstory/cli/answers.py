"""`secondstory answers`: what executives ask of an incident, answered from its documents."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.card import Card
from secondstory.usecases.answers import answer_of, answers_of


def answers(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    question: str = typer.Argument("", help="A card's key, or the question as it was asked; without it, all ten."),
    as_json: bool = typer.Option(False, "--json", help="Print the cards as JSON."),
) -> None:
    """Answer cards: short, with numbers, a confidence word and what is not known yet."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if question:
            cards: tuple[Card, ...] = (answer_of(LOCAL_OWNER, world, incident_id, question),)
        else:
            cards = answers_of(LOCAL_OWNER, world, incident_id).cards
    if as_json:
        print_json(cards)
        return
    for card in cards:
        say_line(f"{card.question}  [{card.key}]")
        for line in card.lines:
            rests_on = f"  [{' '.join(line.evidence_ids)}]" if line.evidence_ids else ""
            say_line(f"  {line.text}{rests_on}")
        say_line("")
