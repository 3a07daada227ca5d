"""`secondstory meeting brief` and `opening`: the one page for whoever leads, and what to say in the first minutes."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.brief import Brief
from secondstory.model.statement import Length
from secondstory.texts import say
from secondstory.usecases.meeting_plan import briefing as use

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")


def brief(
    incident: str = _INCIDENT,
    as_markdown: bool = typer.Option(False, "--markdown", help="Print Markdown."),
    as_json: bool = typer.Option(False, "--json", help="Print the page as JSON."),
) -> None:
    """Print the facilitator's page: facts, contested points, hard moments with replies, cards, agenda."""
    with opened() as world:
        found = use.brief_of(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(found)
    elif as_markdown:
        typer.echo(use.brief_markdown(found))
    else:
        _print(found)


def opening(
    incident: str = _INCIDENT,
    length: Length = typer.Option(Length.MEDIUM, "--length", help="20 seconds, one minute, or two."),
    as_json: bool = typer.Option(False, "--json", help="Print all three as JSON."),
) -> None:
    """Print the opening statement, made for this incident."""
    with opened() as world:
        found = use.statements_of(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(found)
        return
    chosen = next(one for one in found if one.length is length)
    say_line(chosen.text)
    say_line("")
    told = (say("statement.counted", words=chosen.words), *chosen.made_for)
    say_line("; ".join(told))


def _print(found: Brief) -> None:
    say_line(f"{say('brief.heading')}: {found.plan.title}")
    _part("opening", [found.statements[0].text])
    _part("facts", [f"{one.time:>8}  {one.words}" if one.time else one.words for one in found.facts])
    _part("contested", list(found.contested))
    _part("ask_first", [f"{one.role}: {one.question}" for one in found.ask_first])
    _part("moments", [line for one in found.moments for line in (f"{one.title} ({one.why})", f"    {one.reply}")])
    _part("agenda", [f"{box.minutes:>4} min  {box.title}" for box in found.plan.boxes])
    _part("cards", [line for card in found.cards for line in (card.question, f"    {card.text}")])


def _part(name: str, lines: list[str]) -> None:
    say_line("")
    say_line(say(f"brief.{name}"))
    for line in lines or [say("brief.none")]:
        say_line(f"  {line}")
