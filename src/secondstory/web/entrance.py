"""Where the server listens and under which address browsers reach it; off loopback only behind TLS."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from secondstory.model.errors import BadInput
from secondstory.texts import say

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Entrance:
    """`public_url`: the address that people use, "" = loopback. `proxies`: whose word on the outer scheme counts."""

    bind: str = LOOPBACK
    public_url: str = ""
    certificate: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """Of the address that people use."""
        return urlsplit(self.public_url).scheme or "http"

    @property
    def is_secure(self) -> bool:
        """True where browsers reach the server over TLS."""
        return self.scheme == "https"

    def hosts(self, port: int) -> tuple[str, ...]:
        """The values of the header Host that are ours."""
        if self.public_url:
            return (urlsplit(self.public_url).netloc.lower(),)
        return tuple(f"{name}:{port}" for name in (LOOPBACK, "localhost", "[::1]"))

    def address(self, port: int) -> str:
        """The first page's."""
        return f"{self.public_url}/" if self.public_url else f"http://{LOOPBACK}:{port}/"


def declared(bind: str, public_url: str, tls: tuple[Path | None, Path | None], proxies: tuple[str, ...]) -> Entrance:
    """The entrance as it was set up. Raises BadInput where it would let anybody listen, or cannot work."""
    certificate, key = tls
    address = _address(bind)
    if (certificate is None) != (key is None):
        raise BadInput(say("entrance.half_tls"), say("entrance.half_tls_next"))
    for file in filter(None, tls):
        if not file.is_file():
            raise BadInput(say("entrance.no_file", path=file), say("entrance.no_file_next"))
    for proxy in proxies:
        _address(proxy)
    if certificate is None and not proxies:
        if not address.is_loopback:
            raise BadInput(say("entrance.open", bind=bind), say("entrance.open_next"))
        if public_url:
            raise BadInput(say("entrance.no_way", url=public_url), say("entrance.open_next"))
        return Entrance(bind)
    if not public_url:
        raise BadInput(say("entrance.no_url"), say("entrance.no_url_next"))
    return Entrance(bind, _origin(public_url), certificate, key, proxies)


def try_tls(entrance: Entrance) -> None:
    """Load the certificate as the server will. Raises BadInput where it cannot be used."""
    if entrance.certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(entrance.certificate, entrance.key, password=_none)
    except (OSError, ValueError) as error:
        facts = {"path": entrance.certificate, "problem": error}
        raise BadInput(say("entrance.tls", **facts), say("entrance.tls_next")) from error


def _none() -> str:
    """A key that asks for a password is refused, instead of asking a terminal that may not be there."""
    raise ValueError("the key needs a password")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError as error:
        raise BadInput(say("entrance.no_address", text=text), say("entrance.no_address_next")) from error


def _origin(url: str) -> str:
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme != "https" or not parts.netloc or parts.path or parts.query or parts.username:
        raise BadInput(say("entrance.url", url=url), say("entrance.no_url_next"))
    return f"https://{parts.netloc.lower()}"
