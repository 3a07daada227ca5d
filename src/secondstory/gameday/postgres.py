"""Turns an empty folder into a private PostgreSQL on a loopback port, and ends it again."""

import asyncio
import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from secondstory.model.errors import Unavailable

_HINT = "Install it with: sudo apt-get install -y postgresql"
# The versioned folders are where Debian keeps the server's programs, outside PATH.
FOLDERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` is its address with the password that was drawn for it."""

    process: subprocess.Popen[bytes]
    url: str
    version: str

    def stop(self) -> None:
        """End the server by its process id and wait for it; work in progress is given up."""
        if self.process.poll() is None:
            # PostgreSQL reads SIGINT as a fast shutdown: clients are cut off, the data files stay whole.
            self.process.send_signal(2)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


async def start_postgres(folder: Path) -> Postgres:
    """Make a cluster in `folder` and start it; raises Unavailable without a server, or when it does not start."""
    folder.mkdir(mode=0o700)
    user, password = _server_user(folder), secrets.token_urlsafe(12)
    data, log = folder / "data", folder / "log"
    _make_cluster(data, password, user)  # not in a thread: a Ctrl-C must not leave it writing into a removed folder
    port = _free_port()
    # No data outlives the recording, so waiting for the disk would only add the noise of this machine's disk.
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
    command = [server_program("postgres"), "-D", str(data)]
    for setting in settings:
        command += ["-c", setting]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            stdout=written,
            stderr=written,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            user=user,
            group=user,
        )
    server = Postgres(process, f"postgresql://shop:{password}@127.0.0.1:{port}/postgres", "")
    with contextlib.ExitStack() as undo:
        undo.callback(server.stop)
        version = await _wait_until_ready(server, log)
        undo.pop_all()
    return Postgres(process, server.url, version)


def create_tables(url: str, names: Mapping[str, str]) -> None:
    """Create the shop's tables, called after the services that own them."""
    orders, cart = names["orders"], names["cart"]
    statements = (
        f"CREATE TABLE {orders} (id serial PRIMARY KEY, customer text, items int, total real, wish text)",
        f"CREATE TABLE {orders}_settings (name text PRIMARY KEY, value text)",
        f"CREATE TABLE {cart}_items (customer text PRIMARY KEY, items int, total real)",
    )
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def write_setting(url: str, table: str, name: str, value: str) -> None:
    """Write one row of a service's settings table."""
    statement = (
        f"INSERT INTO {table}_settings (name, value) VALUES (%s, %s) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode(), (name, value))


def server_program(name: str, folders: Path = FOLDERS) -> str:
    """The path of a server's program: on PATH, else of the newest version below `folders`; else raises Unavailable."""
    found = shutil.which(name)
    if found:
        return found
    versions = sorted(folders.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if not versions:
        raise Unavailable(f"PostgreSQL's {name} is neither on PATH nor below {folders}.", _HINT)
    return str(versions[-1])


def _make_cluster(data: Path, password: str, user: str | None) -> None:
    secret = data.with_name("password")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if user:
        shutil.chown(secret, user)
    options = ["-U", "shop", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(
        [server_program("initdb"), "-D", str(data), *options],
        capture_output=True,
        text=True,
        cwd=data.parent,
        user=user,
        group=user,
        check=False,
    )
    if made.returncode:
        raise Unavailable(f"PostgreSQL's initdb could not make a cluster in {data}: {made.stderr.strip()}")


def _server_user(folder: Path) -> str | None:
    # The server refuses to run as root; the package made a user for it.
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise Unavailable("PostgreSQL does not run as root, and there is no user postgres.", _HINT) from error
    shutil.chown(folder, "postgres")
    return "postgres"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _wait_until_ready(server: Postgres, log: Path) -> str:
    for _ in range(100):
        if server.process.poll() is not None:
            break
        try:
            return await asyncio.to_thread(_ask_version, server.url)
        except psycopg.OperationalError:
            await asyncio.sleep(0.1)
    raise Unavailable(f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}")


def _ask_version(url: str) -> str:
    with psycopg.connect(url) as connection:
        major, minor = divmod(connection.info.server_version, 10_000)
        return f"{major}.{minor}"
