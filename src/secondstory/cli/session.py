"""What every verb needs: the opened world, errors a person can act on, tables or JSON, progress."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import orjson
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.audit import DoorName
from secondstory.model.codec import canonical_json
from secondstory.model.errors import JobCancelled, SecondStoryError

if TYPE_CHECKING:
    from secondstory.config import Settings
    from secondstory.ports import World

EXIT_NEGATIVE = 1  # the check was made and its answer is no
EXIT_ERROR = 3  # the verb could not be carried out
EXIT_INTERRUPTED = 130
_NARROWEST = 13  # characters; in narrower columns words break, and nobody reads the table

STOPPED = "Stopped. What was committed before is kept; the same command goes on from there."
VERB: ContextVar[str] = ContextVar("verb", default="")
"""What the command line was asked to do, for the audit."""
OUT = Console()
ERR = Console(stderr=True)


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[World]:
    """The world of this installation; errors become one message on standard error and an exit code."""
    from secondstory import config  # noqa: PLC0415 - settings and engine cost 0.7 s, too much for --help
    from secondstory.wiring import open_world  # noqa: PLC0415 - as above

    with explained(), open_world(settings or config.settings_now()) as world, an_act(world):
        yield world


@contextmanager
def an_act(world: World) -> Iterator[None]:
    """What is written meanwhile is one act for the audit, begun now; a verb that goes on for an hour does many."""
    from secondstory.records.acting import Act, acting  # noqa: PLC0415 - costs too much for --help

    with acting(Act(world.clock.now(), LOCAL_OWNER.id, DoorName.CLI, VERB.get(), "", "")):
        yield


@contextmanager
def explained(stopped: str = STOPPED) -> Iterator[None]:
    """Turn errors that a person can act on into a message and an exit code; defects keep their traceback."""
    try:
        yield
    except (KeyboardInterrupt, JobCancelled):
        ERR.print(stopped)
        sys.exit(EXIT_INTERRUPTED)
    except SecondStoryError as error:
        ERR.print(Text.assemble(("Error:", "bold"), " ", as_told(error.what)))
        if error.next_step:
            ERR.print(as_told(error.next_step))
        sys.exit(EXIT_ERROR)
    except OSError as error:  # a folder that cannot be made or written, a full disk, a port in use
        where = f" ({error.filename})" if error.filename else ""
        told = as_told(f"The system refuses: {error.strerror or error}{where}.")
        ERR.print(Text.assemble(("Error:", "bold"), " ", told))
        ERR.print("Check that the path is a folder you may write and has space, or name another:", highlight=False)
        ERR.print("SECONDSTORY_DATA_DIR for kept data, --out for what is written.", highlight=False)
        sys.exit(EXIT_ERROR)


def print_json(value: object) -> None:
    """Print any model value or plain data as indented JSON, and nothing else, on standard output."""
    plain = orjson.loads(canonical_json(value))
    sys.stdout.buffer.write(orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, whole_names: bool = False
) -> None:
    """Print rows as a table; says so when there is none. `whole_names` keeps the first column on one line, to copy."""
    if not rows:
        say_line(f"{title}: none.")
        return
    name = max(len(row[0]) for row in rows) if whole_names else _NARROWEST
    if max(name, _NARROWEST) + (len(columns) - 1) * _NARROWEST > OUT.width:
        _print_records(title, columns, rows)
        return
    table = Table(
        title=as_told(title), title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for place, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=whole_names and not place)
    for row in rows:
        table.add_row(*(as_told(cell) for cell in row))
    OUT.print(table)


def _print_records(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table too wide for the terminal, one record after the other."""
    OUT.print(as_told(title), style="bold")
    for first, *rest in rows:
        OUT.print(as_told(f"  {first}"), soft_wrap=True)
        for column, cell in zip(columns[1:], rest, strict=True):
            if cell:
                OUT.print(as_told(f"      {column}: {cell}"), soft_wrap=True)


def say_line(text: str) -> None:
    """Print one line of plain text to a person."""
    OUT.print(as_told(text), soft_wrap=True)


@contextmanager
def progress_bar() -> Iterator[ProgressLine]:
    """A bar on standard error while something long runs; one line a step where that is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        yield ProgressLine(bar)


class ProgressLine:
    """Feeds a progress bar from `ports.Progress` calls or from named steps."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def __call__(self, what: str, done: float = 0.0, total: float = 0.0) -> None:
        """`done` of `total`; total 0 = not known."""
        self._bar.update(self._task, description=escape(as_told(what).plain), completed=done, total=total or None)


def as_told(text: str) -> Text:
    """Text as it is: recorded words hold no markup, and cannot steer the terminal."""
    return Text("".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc"))
