"""Views of the incident list that people saved."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.saved_view import SavedView


class SavedViews(Protocol):
    """Saved views. Nobody is handed another's."""

    def save(self, view: SavedView) -> None:
        """Create or replace the view of this name of its owner."""

    def of(self, actor_id: str) -> tuple[SavedView, ...]:
        """All of one person's, by name."""

    def forget(self, actor_id: str, name: str) -> None:
        """Remove one."""
