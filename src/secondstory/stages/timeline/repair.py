"""Tells acts that change a running system from looks at it, and a change from one that takes another back."""

from __future__ import annotations

import re

from secondstory.model.findings import Occurrence
from secondstory.model.telemetry import CHANGES

_WORD = re.compile(r"[a-z]+")
_ACT = frozenset(
    (
        *("deploy", "rollback", "rollout", "undo", "revert", "restart", "reboot", "scale", "drain", "failover"),
        *("disable", "enable", "apply", "update", "insert", "delete", "reset", "patch", "promote", "kill", "stop"),
        *("start", "set", "cordon", "evict", "flush", "purge", "block", "unblock", "resize", "terminate", "alter"),
    )
)
_LOOK = frozenset(
    (
        *("get", "describe", "logs", "log", "metrics", "top", "select", "show", "grep", "tail", "cat", "curl", "ping"),
        *("status", "explain", "list", "ps", "history", "diff", "query", "trace", "dig", "watch", "journalctl", "less"),
    )
)


def acts(command: str) -> bool:
    """True if the first telling word of a command changes something: `kubectl rollout undo`, not `kubectl get deploy`.

    >>> acts("kubectl rollout undo deploy/orders"), acts("kubectl get deploy orders"), acts("whoami")
    (True, False, False)
    """
    for word in _WORD.findall(command.lower()):
        if word in _ACT:
            return True
        if word in _LOOK:
            return False
    return False


def takes_back(change: Occurrence, occurrences: tuple[Occurrence, ...]) -> bool:
    """True if a change brings back the version that an earlier change of the same service replaced."""
    version = dict(change.attributes).get("version")
    return version is not None and any(
        earlier.kind in CHANGES
        and earlier.service == change.service
        and earlier.time < change.time
        and dict(earlier.attributes).get("previous_version") == version
        for earlier in occurrences
    )
