"""Under which conditions a result was measured: what whoever measures says of the machine, and what it says itself."""

from __future__ import annotations

import argparse
import os
import platform


def asks_conditions(parser: argparse.ArgumentParser) -> None:
    """Let whoever measures say whether other work goes on."""
    parser.add_argument("--machine", choices=("quiet", "busy"), default="busy", help="whether nothing else runs")


class Conditions:
    """Taken when it begins; told when it has ended."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._machine, self._before = asked.machine, os.getloadavg()[0]

    def told(self) -> dict[str, object]:
        """For the result. `load`: the average of the last minute before and after, the measuring itself included."""
        return {
            "machine": self._machine,
            "cores": os.cpu_count(),
            "load": [round(self._before, 1), round(os.getloadavg()[0], 1)],
            "python": platform.python_version(),
        }
