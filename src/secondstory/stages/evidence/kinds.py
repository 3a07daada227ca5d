"""What an indicator measures, told from the words of its name, its unit and its attributes.

Only words that the field uses everywhere are known here; no product's or data set's own names. An indicator that none
of them fits is `OTHER`: either direction counts, and no mechanism is read into it.
"""

from __future__ import annotations

import re

from secondstory.model.signal import SignalKind

Attributes = tuple[tuple[str, str], ...]

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[a-z]*")
_OUTCOMES = frozenset(("status", "code", "outcome", "result", "state", "error"))
_RATES = frozenset(("rate", "count", "sum"))


def words(text: str) -> tuple[str, ...]:
    """The lower-case words of an identifier; snake, kebab, dotted and camel case alike.

    >>> words("http.server.activeRequests_total")
    ('http', 'server', 'active', 'requests', 'total')
    """
    return tuple(word.lower() for word in _WORD.findall(text))


_ERRORS = frozenset(
    words(
        "error errors err errs fail fails failed failure failures exception exceptions fault faults timeout timeouts "
        "rejected rejection rejections dropped drops refused denied aborted unavailable panic panics retry retries "
        "restart restarts 5xx 500 502 503 504"
    )
)
_SUCCESS = frozenset(words("success successes successful succeeded availability available healthy uptime"))
_SHARES = frozenset(words("rate ratio percent percentage pct share"))
_LATENCY = frozenset(words("latency latencies duration durations elapsed delay delays rt rtt ttfb response wait"))
_TIME_UNITS = ("s", "ms", "us", "µs", "ns", "min", "seconds", "milliseconds", "microseconds", "nanoseconds")
_MACHINE = frozenset(
    words(
        "cpu memory mem heap rss swap disk network net fs filesystem gc thread threads process node io load file fds "
        "page pages cache byte bytes packets usage container jvm runtime"
    )
)
_FULLNESS = frozenset(
    words(
        "pool pools connection connections queue queued queues pending backlog waiting waiters saturation inflight "
        "flight depth lag semaphore slots workers busy acquired lease leases active"
    )
)
_NOT_FULL = frozenset(words("idle free available max min limit capacity maximum minimum total created closed"))
_TRAFFIC = frozenset(
    words(
        "request requests req reqs call calls throughput invocation invocations hits hit messages qps rps tps ops "
        "operations traffic queries workload sessions visits"
    )
)
_LIMIT = ("max", "limit", "maximum", "capacity")
_UNITS = ("bytes", "seconds", "ratio", "percent", "total")  # that names in Prometheus end in


def indicator_kind(name: str, unit: str | None, attributes: Attributes, statistic: str) -> SignalKind:
    """What the indicator measures.

    >>> indicator_kind("db.client.connection.count", None, (("state", "used"),), "value").value
    'saturation'
    """
    known = frozenset(words(name))
    by_attribute = _attribute_words(attributes)
    rated = statistic.lower() in _RATES
    timed = _is_time(known, unit) and not known & {"cpu", "gc"}
    if known & _ERRORS or (by_attribute & _ERRORS and (rated or not timed)):
        return SignalKind.ERRORS
    if timed:
        return SignalKind.TRAFFIC if rated else SignalKind.LATENCY
    if known & _FULLNESS and not (known | by_attribute) & _NOT_FULL:
        return SignalKind.SATURATION
    if known & _MACHINE:
        return SignalKind.RESOURCE
    if known & (_TRAFFIC | _SUCCESS):
        return SignalKind.TRAFFIC
    return SignalKind.OTHER


def is_success_share(name: str, unit: str | None, attributes: Attributes) -> bool:
    """True for a share of what went well, such as a success rate or an availability; a count or sum of it is none."""
    known = frozenset(words(name))
    counted = any(value.lower() in _RATES for _, value in attributes)
    if counted or not known & _SUCCESS or known & (_FULLNESS | _MACHINE):
        return False
    return bool(known & _SHARES) or "%" in name or unit in ("%", "1", "Percent") or known <= _SUCCESS | {"service"}


def is_limit_of(limit_name: str, name: str) -> bool:
    """True if `limit_name` names the ceiling of what `name` counts: the same stem, ending in max, limit or capacity.

    >>> is_limit_of("db.client.connection.max", "db.client.connection.count")
    True
    >>> is_limit_of("jvm_memory_limit_bytes", "jvm_memory_used_bytes")
    True
    """
    ceiling, counted = words(limit_name), words(name)
    ceiling = ceiling[:-1] if ceiling[-1:] and ceiling[-1] in _UNITS else ceiling
    return ceiling[-1:] != () and ceiling[-1] in _LIMIT and counted[: len(ceiling) - 1] == ceiling[:-1] != ()


def _is_time(known: frozenset[str], unit: str | None) -> bool:
    timed = (unit or "").lower() in _TIME_UNITS
    return bool(known & _LATENCY) or (timed and "time" in known)


def _attribute_words(attributes: Attributes) -> frozenset[str]:
    """Words of the values of attributes that say how something ended or which state it is in."""
    found: set[str] = set()
    for key, value in attributes:
        if _OUTCOMES & set(words(key)):
            text = value.lower()
            found |= {"5xx"} if re.fullmatch(r"5\d\d", text) else set(words(text))
            if words(key)[:1] == ("error",) and text not in ("", "false", "none", "0"):
                found.add("error")
    return frozenset(found)
