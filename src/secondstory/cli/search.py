"""`secondstory search`: words in all incidents, their events, evidence, documents and talk."""

from __future__ import annotations

import typer

from secondstory.cli.session import opened, print_json, print_table, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import Sought
from secondstory.texts import say
from secondstory.usecases.search import KINDS, Part
from secondstory.usecases.search import reindex as index_anew
from secondstory.usecases.search import search as find

_KINDS = ", ".join(KINDS)


def search(
    words: list[str] = typer.Argument(help="What is found holds every one of them; the last may be the begin of one."),
    incident: str = typer.Option("", "--incident", "-i", help="Only in this incident."),
    kind: list[str] = typer.Option([], "--kind", "-k", help=f"Only these: {_KINDS}."),
    limit: int = typer.Option(20, "--limit", min=1, max=200, help="How many to print."),
    as_json: bool = typer.Option(False, "--json", help="Print what was found as JSON."),
) -> None:
    """Search incidents, events, explanations, actions, documents, evidence, decisions and comments."""
    text = " ".join(words)
    with opened() as world:
        page = find(LOCAL_OWNER, world, text, Sought((), tuple(kind), incident, limit))
    if as_json:
        print_json(page)
        return
    if not page.found:
        say_line(say("search.nothing", words=text))
        return
    counts = ", ".join(say("search.count", count=one.count, kind=one.kind) for one in page.counts)
    say_line(say("search.found", total=page.total, counts=counts))
    rows = [(one.kind, one.incident, _plain(one.title), _plain(one.snippet).replace("\n", " ")) for one in page.found]
    print_table("", ("kind", "incident", "title", "where"), rows)


def _plain(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def reindex() -> None:
    """Build the search index anew from what is stored; everything is found meanwhile, and a server may run."""
    with opened() as world, progress_bar() as progress:
        count = index_anew(LOCAL_OWNER, world, progress)
    say_line(say("search.reindexed", count=count))
