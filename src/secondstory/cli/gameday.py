"""`secondstory gameday`: the laboratory's scenarios, and recordings of them."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import explained, print_json, print_table, progress_bar, say_line

APP = typer.Typer(help="Record a real outage of the laboratory's small shop.", no_args_is_help=True)


@APP.command("list")
def list_(as_json: bool = typer.Option(False, "--json", help="Print the scenarios as JSON.")) -> None:
    """List what can be recorded."""
    with explained():
        from secondstory.gameday import list_scenarios  # noqa: PLC0415 - the laboratory is an extra

        rows = [(scenario.name, scenario.summary) for scenario in list_scenarios()]
    if as_json:
        print_json([{"name": name, "summary": summary} for name, summary in rows])
    else:
        print_table("Scenarios", ("name", "what happens"), rows)


@APP.command("record")
def record(
    scenario: str = typer.Argument(help="A name from `secondstory gameday list`."),
    seed: int = typer.Option(1, "--seed", help="Decides users, paths and names; time stays real."),
    out: Path = typer.Option(..., "--out", "-o", help="Folder to make; must not exist."),
    quick: bool = typer.Option(False, "--quick", help="About a minute instead of about nine."),
) -> None:
    """Start the shop, put it under load, inject the fault, and record everything with its truth."""
    with explained("Stopped. Nothing was recorded; what was started has been ended."), progress_bar() as progress:
        from secondstory.gameday import RecordRequest  # noqa: PLC0415 - the laboratory is an extra
        from secondstory.gameday import record as run  # noqa: PLC0415 - as above

        folder = run(RecordRequest(scenario, seed, out, quick), lambda what, done: progress(what, done, 1.0))
    say_line(f"Recorded in {folder}. Import it with: secondstory import {folder}")
