"""Turns a settings file, written by the fleet, into what one instance of a service knows when it starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Instance:
    """One process of one service.

    `role` is what it does in the call graph and decides which handlers it runs; `name` is what it is called. `names`
    gives the names of the other roles. `options` are the settings that a deploy may change.
    """

    role: str
    name: str
    version: str
    instance_id: str
    environment: str
    collector_url: str
    directory: Path
    settings: Path
    names: Mapping[str, str]
    database_url: str
    export_s: float
    seed: int
    options: Mapping[str, str]


def write_instance(instance: Instance, path: Path) -> None:
    """Write `instance` for `read_instance`."""
    fields = {name: getattr(instance, name) for name in Instance.__dataclass_fields__}
    fields["directory"], fields["settings"] = str(instance.directory), str(instance.settings)
    path.touch(mode=0o600)  # it holds the database's password
    path.write_text(json.dumps({**fields, "names": dict(instance.names), "options": dict(instance.options)}))


def read_instance(path: Path) -> Instance:
    """Read what `write_instance` wrote."""
    fields = json.loads(path.read_text())
    return Instance(**{**fields, "directory": Path(fields["directory"]), "settings": Path(fields["settings"])})


class Directory:
    """Who listens where: a JSON file `{service: [port, ...]}`, read again whenever it changes."""

    def __init__(self, path: Path) -> None:
        self._file = _Reread(path)
        self._turn = 0

    def port(self, service: str) -> int:
        """The next instance's port in turn; raises LookupError when no instance of `service` is listed."""
        ports = self._file.read().get(service, [])
        if not ports:
            raise LookupError(f"no instance of {service} is listed")
        self._turn += 1
        return int(ports[self._turn % len(ports)])


class Settings:
    """An instance's options; a JSON file `{service: {option: value}}` overrides them while it runs."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._file = _Reread(instance.settings)

    def get(self, name: str, default: str = "") -> str:
        """The value in force now; an empty one is none."""
        changed = self._file.read().get(self._instance.name, {})
        return str(changed.get(name) or self._instance.options.get(name) or default)

    def number(self, name: str, default: float) -> float:
        """The value in force now, as a number."""
        return float(self.get(name) or default)


class _Reread:
    """A JSON object in a file that is read again whenever it changes; empty while there is no file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at_ns = 0
        self._content: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        changed_ns = self._path.stat().st_mtime_ns if self._path.exists() else 0
        if changed_ns != self._read_at_ns:
            self._content = json.loads(self._path.read_text())
            self._read_at_ns = changed_ns
        return self._content
