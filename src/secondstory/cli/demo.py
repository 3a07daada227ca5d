"""`secondstory demo`: the shipped outage, from telemetry to a page in the browser."""

from __future__ import annotations

from contextlib import AbstractContextManager
from http.cookiejar import CookieJar
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, build_opener

import typer

from secondstory.cli.reading import print_report
from secondstory.cli.session import EXIT_NEGATIVE, opened, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.export_report import export_report
from secondstory.web.built import is_built
from secondstory.web.page import Address
from secondstory.web.page import serving as serving_files

if TYPE_CHECKING:
    from secondstory.ports import World
    from secondstory.web.serving import Served


def demo(
    check: bool = typer.Option(False, "--check", help="Fetch the page once, check it, and stop."),
    port: int = typer.Option(0, "--port", help="Port on loopback; 0 = a free one."),
) -> None:
    """Analyse the shipped outage and open its post-mortem on a local page; Ctrl-C ends it."""
    with opened() as world, progress_bar() as progress:
        began = perf_counter()
        found = ensure_demo(LOCAL_OWNER, world, progress)
        seconds = perf_counter() - began
        incident, title = found.case.incident.id, found.concluded.report.body.title
        print_report(found.concluded.report.body, "bluf")
        say_line(f"\nRead, analysed and written in {seconds:.1f} s: {len(found.evidence)} pieces of evidence.")
        with _shown(world, incident, port) as page:
            say_line(f"The post-mortem: {page.url}")
            if check:
                _check(page.url, incident, title)
                return
            say_line("Press Ctrl-C to end.")
            page.wait()


def _shown(world: World, incident: str, port: int) -> AbstractContextManager[Served | Address]:
    """The web app where its pages were built; else the report alone."""
    if not is_built():
        return serving_files(export_report(LOCAL_OWNER, world, incident, ()), port)
    from secondstory.config import settings_now  # noqa: PLC0415 - the web's libraries cost a second, too much for --help
    from secondstory.web.serving import serving  # noqa: PLC0415 - as above

    return serving(world, port, settings_now().upload_limit_mb)


def _check(url: str, incident: str, title: str) -> None:
    """Open the page as a browser does; of the app also the report behind it."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    report = f"{url.split('?')[0]}api/v1/incidents/{quote(incident)}/report.html" if is_built() else url
    pages = [browser.open(address, timeout=10).read().decode() for address in dict.fromkeys((url, report))]
    if title not in pages[-1] or any("</html>" not in page for page in pages):
        say_line(f"The page at {url} is not the post-mortem. Look at it with: secondstory demo")
        raise typer.Exit(EXIT_NEGATIVE)
    say_line(f"The page answers: {sum(map(len, pages)) / 1000:.0f} kB, titled {title!r}.")
