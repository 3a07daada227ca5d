"""The one client that goes out: asks one configured server over HTTP, patiently, within limits, and nobody else.

Every connection goes to an address that was looked at first, so a name that comes to mean another machine between two
requests reaches nothing; link-local addresses, where clouds keep their machines' keys, are refused. Redirects and
proxies of the environment are not followed. A request that fails in passing is repeated with growing pauses; after
several in a row have failed, the server is left in peace.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass

import httpx
import pybreaker
import stamina

from secondstory.model.errors import BadInput, Unavailable
from secondstory.texts import say

_PASSING_STATUS = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Patience:
    """How long to wait, how often to ask, how much to take."""

    connect_s: float = 5.0
    read_s: float = 30.0
    answer_s: float = 60.0  # for a whole answer, however slowly it drips
    attempts: int = 4
    first_pause_s: float = 0.25
    failures_in_a_row: int = 3
    most_bytes: int = 64 * 1024**2


class _Passing(Exception):
    """A failure that may be over at the next attempt."""


class HttpRemote:
    """One server. `authorization` is sent to it as the header of that name, and is in no message."""

    def __init__(self, url: str, authorization: str = "", patience: Patience | None = None) -> None:
        self._url, self._patience = _checked(url), patience or Patience()
        limits = self._patience
        self._client = httpx.Client(
            headers={"Authorization": authorization} if authorization else {},
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s),
            follow_redirects=False,
            trust_env=False,
        )
        self._asking = stamina.RetryingCaller(
            attempts=limits.attempts, timeout=None, wait_initial=limits.first_pause_s, wait_jitter=limits.first_pause_s
        ).on(_Passing)
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=limits.failures_in_a_row, exclude=[Unavailable, BadInput], throw_new_error_on_trip=False
        )

    @property
    def address(self) -> str:
        """Host and port, to name the server by."""
        return self._url.netloc.decode()

    def get(self, path: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
        """The body of the answer. Raises Unavailable where there is none in time, or where the server refuses."""
        try:
            return bytes(self._breaker.call(self._asking, self._once, path, parameters))
        except pybreaker.CircuitBreakerError as error:
            told = say("collecting.given_up", server=self.address, times=self._patience.failures_in_a_row)
            raise Unavailable(told, say("collecting.later")) from error
        except _Passing as error:
            raise Unavailable(str(error), say("collecting.later")) from error

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def _once(self, path: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
        problem: httpx.TransportError | None = None
        for address in _addresses(self._url):
            try:
                return self._from(address, path, parameters)
            except httpx.ConnectError as error:
                problem = error  # a name often has an address of each kind, and the server listens on one
            except httpx.TransportError as error:
                raise _Passing(self._failed(error)) from error
        raise _Passing(self._failed(problem))

    def _failed(self, error: httpx.TransportError | None) -> str:
        problem = str(error) or type(error).__name__
        return say("collecting.no_answer", server=self.address, problem=problem)

    def _from(self, address: str, path: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
        url = self._url.copy_with(host=address, path=self._url.path.rstrip("/") + path)
        named = {"headers": {"Host": self.address}, "extensions": {"sni_hostname": self._url.host}}
        began, limits = time.monotonic(), self._patience
        body = bytearray()
        with self._client.stream("GET", url, params=list(parameters), **named) as answer:  # type: ignore[arg-type]  # each argument is of its own type
            for chunk in answer.iter_bytes():
                body += chunk
                if time.monotonic() - began > limits.answer_s:
                    raise _Passing(say("collecting.too_slow", server=self.address, seconds=limits.answer_s))
                if len(body) > limits.most_bytes:
                    told = say("collecting.too_long", server=self.address, most_mb=limits.most_bytes >> 20)
                    raise Unavailable(told, say("collecting.narrower"))
        self._check(answer.status_code, bytes(body))
        return bytes(body)

    def _check(self, status: int, body: bytes) -> None:
        if status == httpx.codes.OK:
            return
        said = " ".join(body[:200].decode(errors="replace").split())
        told = say("collecting.status", server=self.address, status=status, said=said)
        if status in _PASSING_STATUS:
            raise _Passing(told)
        if httpx.codes.is_redirect(status):
            raise Unavailable(say("collecting.redirect", server=self.address), say("collecting.redirect_next"))
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise Unavailable(told, say("collecting.authorization"))
        raise Unavailable(told)


def _checked(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise BadInput(say("collecting.url", problem=error), say("collecting.url_next")) from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise BadInput(say("collecting.url", problem=say("collecting.url_parts")), say("collecting.url_next"))
    return url


def _addresses(url: httpx.URL) -> tuple[str, ...]:
    """The addresses that the server's name means now, in the order to try. Raises Unavailable on a forbidden one."""
    try:
        found = socket.getaddrinfo(url.host, url.port or None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _Passing(say("collecting.no_answer", server=url.netloc.decode(), problem=error.strerror)) from error
    addresses = tuple(dict.fromkeys(str(info[4][0]) for info in found))
    if any(_forbidden(address) for address in addresses):
        raise Unavailable(say("collecting.forbidden", server=url.netloc.decode()), say("collecting.url_next"))
    return addresses


def _forbidden(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    meant = (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip
    return meant.is_link_local or meant.is_multicast or meant.is_unspecified
