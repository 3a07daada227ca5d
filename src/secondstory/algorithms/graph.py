"""Questions to a directed graph of calls, given as (caller, callee) pairs; every answer is sorted.

Cycles and self-calls are allowed. Misleads where the recorded calls are only part of the real ones.

>>> reachable((("web", "shop"), ("shop", "store"), ("mail", "post")), ("web",))
('shop', 'store', 'web')
>>> neighbours((("web", "shop"), ("web", "web")))
{'web': ('shop',)}
"""

from __future__ import annotations

Pairs = tuple[tuple[str, str], ...]


def reachable(edges: Pairs, starts: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that `starts` call, directly or not, and themselves."""
    calls = neighbours(edges)
    seen, waiting = set(starts), list(starts)
    while waiting:
        for callee in calls.get(waiting.pop(), ()):
            if callee not in seen:
                seen.add(callee)
                waiting.append(callee)
    return tuple(sorted(seen))


def neighbours(edges: Pairs) -> dict[str, tuple[str, ...]]:
    """Callees of each caller, self-calls left out."""
    calls: dict[str, set[str]] = {}
    for caller, callee in edges:
        if caller != callee:
            calls.setdefault(caller, set()).add(callee)
    return {caller: tuple(sorted(callees)) for caller, callees in sorted(calls.items())}


def turned(edges: Pairs) -> Pairs:
    """The same graph with every edge turned round."""
    return tuple(sorted((callee, caller) for caller, callee in edges))
