"""Starts the command line: `python -m secondstory` and the `secondstory` script."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130
_COLLECTED_AFTER = (100_000, 20, 50)  # new objects: what is loaded stays, and looking through it meanwhile takes time


def main() -> None:
    """Run the command line; stopped while it still loads, it ends as quietly as later."""
    gc.set_threshold(*_COLLECTED_AFTER)
    try:
        from secondstory.cli.app import main as run  # noqa: PLC0415 - loading takes seconds, and Ctrl-C may come in them

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before anything was done.\n")
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
