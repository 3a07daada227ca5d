"""Where the built pages are, and whether they are."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
FIRST = "index.html"


def is_built() -> bool:
    """True where the pages are part of this installation."""
    return (STATIC / FIRST).is_file()
