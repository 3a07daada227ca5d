"""`secondstory collect`: telemetry of a stretch of time from a running server, kept as a recording."""

from __future__ import annotations

import re
import sys

import typer

from secondstory.cli.session import EXIT_ERROR, EXIT_NEGATIVE, explained, print_json, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.window import Window, parse_time
from secondstory.ports import Wanted
from secondstory.texts import say
from secondstory.usecases.collect import Collected, Collection, collect

APP = typer.Typer(help="Collect telemetry from a running server.", no_args_is_help=True)

_STEP = re.compile(r"([1-9]\d{0,4})([smh])")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@APP.command("prometheus")
def prometheus(
    url: str = typer.Option(..., "--url", help="Its address, such as http://127.0.0.1:9090."),
    window: str = typer.Option(..., "--window", "-w", help="START/END, each RFC 3339 with its offset."),
    recording: str = typer.Option(..., "--recording", "-r", help="Name to keep it under."),
    step: str = typer.Option("15s", "--step", help="Time between samples: 15s, 1m."),
    match: str = typer.Option("", "--match", help='Only these series, in the words of the server: {job="orders"}.'),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Collect the samples, alert rules and alerts of a Prometheus.

    What does not come is a gap of the recording. Exit code 1 tells that parts are missing, 3 that nothing came.
    """
    from secondstory.config import settings_now  # noqa: PLC0415 - settings and engine cost 0.7 s, too much for --help
    from secondstory.wiring import collectors, open_remote, open_world  # noqa: PLC0415 - as above

    with explained(), progress_bar() as progress:
        chosen = next(extension for extension in collectors() if extension.name == "prometheus")
        wanted = Wanted(_window(window), _step_s(step), match)
        settings = settings_now()
        with open_world(settings) as world, open_remote(settings, url) as remote:
            done = collect(LOCAL_OWNER, world, Collection(chosen, url, remote, wanted, recording), progress)
    if as_json:
        print_json(done)
    else:
        _print(done, recording, window)
    if done.missing:
        sys.exit(EXIT_NEGATIVE if done.imported is not None else EXIT_ERROR)


def _print(done: Collected, recording: str, window: str) -> None:
    if done.imported is not None:
        rows = ", ".join(f"{number:,} {table}" for table, number in done.imported.rows) or "nothing new"
        say_line(f"Recording {recording}: {done.slices} parts collected, {rows} added.")
    told = dict.fromkeys([*(gap.detail for gap in done.missing), *(done.imported.warnings() if done.imported else ())])
    for detail in told:
        say_line(f"Gap: {detail}")
    if done.imported is not None:
        say_line("Next, with the window of the incident within what was collected:")
        say_line(f"  secondstory open NEW-ID --recording {recording} --window {window}")


def _window(text: str) -> Window:
    try:
        start, end = text.split("/")
        return Window(parse_time(start), parse_time(end))
    except ValueError as error:
        raise BadInput(say("collecting.window", window=text, problem=error), say("collecting.window_next")) from error


def _step_s(text: str) -> int:
    found = _STEP.fullmatch(text)
    if found is None:
        raise BadInput(say("collecting.step", step=text), say("collecting.step_next"))
    return int(found[1]) * _SECONDS[found[2]]
