"""How often one address may try invitations: enough for people, too little for guessing."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

_MOST = 20
_WITHIN_S = 60.0
_MOST_ADDRESSES = 10_000


def caller(address: str, forwarded: str, *, by_proxy: bool) -> str:
    """Who calls: behind a proxy the last address that it names is the one that it saw."""
    return (forwarded or address).rsplit(",", 1)[-1].strip() if by_proxy else address


class Attempts:
    """Counts in memory; an address that tried too often in the last minute has to wait."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, address: str) -> bool:
        """Count an attempt; False where there were too many. The oldest addresses make room for new ones."""
        now = time.monotonic()
        with self._lock:
            tried = self._seen.setdefault(address, deque(maxlen=self._most))
            self._seen.move_to_end(address)
            if len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
            if len(tried) == self._most and now - tried[0] < _WITHIN_S:
                return False
            tried.append(now)
            return True
