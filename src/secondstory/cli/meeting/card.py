"""`secondstory meeting card`: write a card without a sender, or read the cards as who leads the meeting."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, made, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.anonymous import AnonymousCard
from secondstory.texts import say
from secondstory.usecases import cards as use
from secondstory.usecases.room.lead import show_card


def card(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    text: str = typer.Argument("", help="What the meeting should look at; without it, the cards are listed."),
    drop: str = typer.Option("", "--drop", help="Id of a card to remove for good."),
    show: str = typer.Option("", "--show", help="Id of a card to put on the board of the live meeting."),
    as_json: bool = typer.Option(False, "--json", help="Print the cards as JSON."),
) -> None:
    """Write an anonymous card for the meeting: no sender and no time is kept."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if text:
            asked = Change("POST", of(incident_id, "meeting", "cards"), {"text": text})
            kept = made(asked, lambda: use.put_card(LOCAL_OWNER, world, incident_id, text), AnonymousCard)
            say_line(kept.text)
            say_line(say("anonymous.kept"))
            return
        if show:
            shown = Change("POST", of(incident_id, "meeting", "led"), {"act": "show_card", "card": show})
            do(shown, lambda: show_card(LOCAL_OWNER, world, incident_id, show))
        if drop:
            gone = Change("DELETE", of(incident_id, "meeting", "cards", drop))
            do(gone, lambda: use.drop_card(LOCAL_OWNER, world, incident_id, drop))
        found = use.cards_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(found)
        return
    print_table(say("anonymous.list"), ("id", "words"), [(one.id, one.text) for one in found], whole_names=True)
