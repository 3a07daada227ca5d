"""What can be said aloud of one incident: small sets of facts that belong together, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """Facts of one moment, by slot, such as panel, value and time: they are only ever told together.

    `slots` in order of name; see SLOTS for the names. `evidence_ids` is empty only for what is told to be unknown.
    """

    key: str  # the subject key of what it is about
    slots: tuple[tuple[str, str], ...]
    evidence_ids: tuple[str, ...]

    def get(self, slot: str) -> str | None:
        """What stands for the slot; None where this scene does not tell."""
        return dict(self.slots).get(slot)


@dataclass(frozen=True)
class FactSheet:
    """All scenes of an incident, the most telling first. A slot that no scene fills is never made up."""

    incident_id: str
    title: str
    scenes: tuple[Scene, ...]
    roles: tuple[str, ...] = ()  # role tokens of the people on the record, those on the causal path first


_SLOTS = """
service service_b signal value panel time time_b source alert change step role role_b agenda_step minutes impact claim_a
claim_b action unknown bluf
"""
SLOTS = frozenset(_SLOTS.split())  # something fills each of them; role, role_b and agenda_step come from the meeting
