"""Turns a settings file, written by the fleet, into what one instance of a service knows when it starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    names: Mapping[str, str]
    database_url: str
    export_s: float
    seed: int
    options: Mapping[str, str]


def write_instance(instance: Instance, path: Path) -> None:
    """Write `instance` for `read_instance`."""
    fields = {name: getattr(instance, name) for name in Instance.__dataclass_fields__}
    fields["directory"] = str(instance.directory)
    path.touch(mode=0o600)  # it holds the database's password
    path.write_text(json.dumps({**fields, "names": dict(instance.names), "options": dict(instance.options)}))


def read_instance(path: Path) -> Instance:
    """Read what `write_instance` wrote."""
    fields = json.loads(path.read_text())
    return Instance(**{**fields, "directory": Path(fields["directory"])})


class Directory:
    """Who listens where: a JSON file `{service: [port, ...]}`, read again whenever it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at_ns = 0
        self._ports: dict[str, list[int]] = {}
        self._turn = 0

    def port(self, service: str) -> int:
        """The next instance's port in turn; raises LookupError when no instance of `service` is listed."""
        changed_ns = self._path.stat().st_mtime_ns
        if changed_ns != self._read_at_ns:
            self._ports = json.loads(self._path.read_text())
            self._read_at_ns = changed_ns
        ports = self._ports.get(service, [])
        if not ports:
            raise LookupError(f"no instance of {service} is listed in {self._path}")
        self._turn += 1
        return ports[self._turn % len(ports)]
