"""What can be said of any action: what it is for, where it changes something, how much it relies on people."""

from __future__ import annotations

from enum import StrEnum


class ActionKind(StrEnum):
    """What an action is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class Area(StrEnum):
    """Where an action changes something."""

    PROCESS = "process"
    TOOLING = "tooling"
    TRAINING = "training"
    ARCHITECTURE = "architecture"


class Strength(StrEnum):
    """How much an action relies on people remembering."""

    STRONGER = "stronger"
    INTERMEDIATE = "intermediate"
    WEAKER = "weaker"
