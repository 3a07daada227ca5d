"""The installation as one file beside a file of its keys, and back into an empty folder."""

from secondstory.usecases.backup.making import BackedUp, back_up
from secondstory.usecases.backup.restoring import Restored, restore

__all__ = ["BackedUp", "Restored", "back_up", "restore"]
