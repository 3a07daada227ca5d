"""`secondstory demo`: the shipped outage, from telemetry to a page in the browser."""

from __future__ import annotations

from time import perf_counter
from urllib.request import urlopen

import typer

from secondstory.cli.reading import print_report
from secondstory.cli.session import EXIT_NEGATIVE, opened, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.export_report import export_report
from secondstory.web.page import serving


def demo(
    check: bool = typer.Option(False, "--check", help="Fetch the page once, check it, and stop."),
    port: int = typer.Option(0, "--port", help="Port on loopback; 0 = a free one."),
) -> None:
    """Analyse the shipped outage and open its post-mortem on a local page; Ctrl-C ends it."""
    with opened() as world, progress_bar() as progress:
        began = perf_counter()
        found = ensure_demo(LOCAL_OWNER, world, progress)
        seconds = perf_counter() - began
        files = export_report(LOCAL_OWNER, world, found.case.incident.id, ())
    print_report(found.concluded.report.body, "bluf")
    say_line(f"\nRead, analysed and written in {seconds:.1f} s: {len(found.evidence)} pieces of evidence.")
    with serving(files, port) as address:
        say_line(f"The post-mortem: {address.url}")
        if check:
            _check(address.url, found.concluded.report.body.title)
            return
        say_line("Press Ctrl-C to end.")
        address.wait()


def _check(url: str, title: str) -> None:
    with urlopen(url, timeout=10) as response:
        page = response.read().decode()
    if title not in page or "</html>" not in page:
        say_line(f"The page at {url} is not the post-mortem. Look at it with: secondstory demo")
        raise typer.Exit(EXIT_NEGATIVE)
    say_line(f"The page answers: {len(page) / 1000:.0f} kB, titled {title!r}.")
