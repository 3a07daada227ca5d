"""`secondstory serve`: the web app on this machine, for the one who started it."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import explained, opened, say_line


def serve(
    port: int = typer.Option(0, "--port", help="Port on loopback; 0 = a free one."),
    data_dir: Path | None = typer.Option(None, "--data-dir", help="Where telemetry, records and keys are kept."),
) -> None:
    """Serve the web app on loopback; the address that it prints lets one browser in, once. Ctrl-C ends it."""
    from secondstory.config import settings_now  # noqa: PLC0415 - the web's libraries cost a second, too much for --help
    from secondstory.web.serving import serving  # noqa: PLC0415 - as above

    with explained():
        settings = settings_now(data_dir)
    with opened(settings) as world, serving(world, port, settings.upload_limit_mb) as served:
        say_line(f"Second Story: {served.url}")
        say_line("Press Ctrl-C to end.")
        served.wait()
