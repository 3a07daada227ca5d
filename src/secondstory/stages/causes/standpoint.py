"""Where a service stands seen from another one, along recorded calls: the same, above it, below it, or aside."""

from __future__ import annotations

from enum import StrEnum

from secondstory.algorithms.graph import Pairs, reachable


class Place(StrEnum):
    """How a service lies to the one where a hypothesis puts the beginning."""

    SAME = "same"
    ABOVE = "above"  # calls it, directly or not: harm travels there
    BELOW = "below"  # is called by it: harm does not travel there
    ASIDE = "aside"  # neither
    UNKNOWN = "unknown"  # no call of either is on record


class Calls:
    """Answers about one graph of calls; reachable sets are worked out once for each service asked about."""

    def __init__(self, edges: Pairs, entries: tuple[str, ...]) -> None:
        self.edges, self.entries = edges, entries
        self._known = {end for edge in edges for end in edge}
        self._below: dict[str, frozenset[str]] = {}

    def place(self, service: str, beginning: str) -> Place:
        """How `service` lies to `beginning`. In a cycle of calls harm travels both ways: above."""
        if service == beginning:
            return Place.SAME
        if service not in self._known or beginning not in self._known:
            return Place.UNKNOWN
        if beginning in self._reached(service):
            return Place.ABOVE
        return Place.BELOW if service in self._reached(beginning) else Place.ASIDE

    def must_pass(self, service: str, beginning: str) -> bool:
        """True if every recorded way from an entry to `beginning` passes `service`, so that harm surely shows there."""
        if service in self.entries and len(self.entries) == 1:
            return self.place(service, beginning) in (Place.ABOVE, Place.SAME)
        starts = tuple(entry for entry in self.entries if entry != service)
        without = tuple(edge for edge in self.edges if service not in edge)
        return bool(self.entries) and beginning not in reachable(without, starts)

    def is_entered(self, service: str) -> bool | None:
        """True if a recorded way leads from an entry to the service; None where no calls or entries are known."""
        if not self.edges or not self.entries:
            return None
        return service in reachable(self.edges, self.entries)

    def _reached(self, service: str) -> frozenset[str]:
        if service not in self._below:
            self._below[service] = frozenset(reachable(self.edges, (service,)))
        return self._below[service]
