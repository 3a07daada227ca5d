"""A folder through the whole product in one process, as its memory is measured: import, open, analyse, report, show."""

import sys
from contextlib import redirect_stdout
from pathlib import Path

from secondstory.cli.app import APP


def main(folder: str, window: str, out: str) -> None:
    """Run the verbs one after the other; the first that does not end well ends all, with its exit code."""
    for verb in (
        ("import", folder, "--recording", "outage", "--json"),
        ("open", "inc", "--recording", "outage", "--window", window),
        ("analyse", "inc"),
        ("report", "inc", "--out", out),
        ("show", "inc"),
    ):
        with Path(out, f"{verb[0]}.out").open("w", encoding="utf-8") as printed, redirect_stdout(printed):
            code = ended(verb)
        if code:
            sys.exit(code)


def ended(verb: tuple[str, ...]) -> int | str:
    """The exit code of a verb."""
    try:
        APP(verb)
    except SystemExit as end:
        return end.code or 0
    return 0


if __name__ == "__main__":
    main(*sys.argv[1:])
