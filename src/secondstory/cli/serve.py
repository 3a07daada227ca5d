"""`secondstory serve`: the web app for the one who started it and those who were invited."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import explained, opened, say_line


def serve(
    port: int = typer.Option(0, "--port", help="The port; 0 = a free one."),
    bind: str = typer.Option("127.0.0.1", "--bind", help="IP address to listen on; off loopback only behind TLS."),
    data_dir: Path | None = typer.Option(None, "--data-dir", help="Where telemetry, records and keys are kept."),
) -> None:
    """Serve the web app; the address that it prints lets one browser in as its owner, once. Ctrl-C ends it.

    Others come in by an invitation (`secondstory invite`). Beyond this machine the server needs
    SECONDSTORY_PUBLIC_URL, and either a certificate (SECONDSTORY_TLS_CERTIFICATE, SECONDSTORY_TLS_KEY) or a proxy that
    ends TLS (SECONDSTORY_TRUSTED_PROXIES). Alerts may open incidents where SECONDSTORY_ALERT_TOKEN_VARIABLE names the
    variable with the token that their sender shows.
    """
    from secondstory.config import settings_now  # noqa: PLC0415 - the web's libraries cost a second, too much for --help
    from secondstory.web.entrance import declared  # noqa: PLC0415 - as above
    from secondstory.web.receiver import Receiver  # noqa: PLC0415 - as above
    from secondstory.web.serving import serving  # noqa: PLC0415 - as above
    from secondstory.wiring import alert_token  # noqa: PLC0415 - as above

    with explained():
        settings = settings_now(data_dir)
        proxies = tuple(part.strip() for part in settings.trusted_proxies.split(",") if part.strip())
        tls = (settings.tls_certificate, settings.tls_key)
        receiver = Receiver(alert_token(settings))
        entrance = declared(bind, settings.public_url, tls, proxies)
    with opened(settings) as world, serving(world, port, settings.upload_limit_mb, entrance, receiver) as served:
        say_line(f"Second Story: {served.url}")
        say_line("Press Ctrl-C to end.")
        served.wait()
