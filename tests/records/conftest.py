"""Records run on both databases: an SQLite file, and a PostgreSQL server of the test's own."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from secondstory.gameday.postgres import start_postgres
from secondstory.records.database import Database


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    # Not below pytest's own folder: as root the server runs as another user, who could not reach it there.
    with tempfile.TemporaryDirectory(prefix="secondstory-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = asyncio.run(start_postgres(folder / "server"))
        yield server.url
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.db'}"
    server: str = request.getfixturevalue("postgres_url")
    name = "records_" + tmp_path.name.replace("-", "_").lower()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    opened.migrate()
    yield opened
    opened.close()
