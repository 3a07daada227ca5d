"""`secondstory backup` and `restore`: the whole installation, while it is used."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import explained, opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.backup import back_up
from secondstory.usecases.backup import restore as bring_back


def backup(
    file: Path = typer.Argument(help="The file to write, such as secondstory-2026-03-01.tar."),
    keys: Path | None = typer.Option(None, "--keys", help="Where to write the keys; default: FILE.keys."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Back up everything that is kept, as of one moment; a server may run and people may write meanwhile.

    The keys go to a file of their own: whoever has both files can read people's names.
    """
    key_file = keys or _keys_of(file)
    with opened() as world:
        done = back_up(LOCAL_OWNER, world, file, key_file)
    if as_json:
        print_json({"path": str(file), "keys": str(key_file), "written": done})
        return
    say_line(say("backup.wrote", path=file, files=done.files, size_mb=done.bytes / 1e6))
    say_line(say("backup.wrote_keys", path=key_file))
    if done.elsewhere:
        say_line(say("backup.elsewhere", count=done.elsewhere))


def restore(
    file: Path = typer.Argument(help="The file that `secondstory backup` wrote."),
    keys: Path | None = typer.Option(None, "--keys", help="The file of its keys; default: FILE.keys."),
    as_json: bool = typer.Option(False, "--json", help="Print what was read as JSON."),
) -> None:
    """Bring a backup back into the data directory, which must be empty; every file is checked first."""
    from secondstory.config import settings_now  # noqa: PLC0415 - settings cost time that --help does not have

    with explained():
        data_dir = settings_now().data_dir
        done = bring_back(LOCAL_OWNER, file, keys or _keys_of(file), data_dir)
    if as_json:
        print_json({"data_dir": str(data_dir), "read": done})
        return
    say_line(say("backup.restored", folder=data_dir, files=done.files, size_mb=done.bytes / 1e6))


def _keys_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.keys")
