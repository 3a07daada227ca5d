"""Which alerts opened which incident."""

from __future__ import annotations

from typing import Protocol


class AlertSpells(Protocol):
    """The spells of firing that were brought to an incident, so that no repetition opens another."""

    def claim(self, keys: tuple[str, ...], incident_id: str) -> str:
        """The incident that has one of these spells, else `incident_id`; from now on it has all of them.

        Of two that come at once with a spell in common one decides.
        """
