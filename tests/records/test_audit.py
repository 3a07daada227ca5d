"""On both databases: a line with its change or not at all, and the table itself refuses to forget."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from secondstory.model.audit import DoorName
from secondstory.model.errors import SecondStoryError
from secondstory.records.acting import Act, acting
from secondstory.records.audit import SqlAudit
from secondstory.records.database import Database
from secondstory.records.signing import SignedLinks
from secondstory.records.tables import AUDIT, PRACTICES

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def act() -> Act:
    return Act(NOON, "scribe-1", DoorName.CLI, "decide", "inc", "")


def change(database: Database, ident: str) -> None:
    with database.write() as connection:
        connection.execute(sa.insert(PRACTICES).values(actor_id="a", id=ident, at="", data=b""))


def test_an_act_gets_one_line_with_its_first_write_and_none_where_it_fails(database: Database) -> None:
    audit = SqlAudit(database)
    change(database, "before anybody acts")
    with acting(act()):
        change(database, "1")
        change(database, "2")
    with acting(act()), pytest.raises(sa.exc.IntegrityError):
        change(database, "1")
    assert [(one.actor, one.door, one.what) for one in audit.entries("inc", 0, 9)] == [("scribe-1", "cli", "decide")]
    assert audit.entries("other", 0, 9) == () and len(audit.entries(None, 0, 9)) == 1


@pytest.mark.parametrize("statement", [sa.update(AUDIT).values(actor_id="nobody"), sa.delete(AUDIT)])
def test_no_line_is_changed_or_removed(database: Database, statement: sa.Update | sa.Delete) -> None:
    with acting(act()):
        change(database, "1")
    with pytest.raises((sa.exc.DatabaseError, SecondStoryError), match="append only"), database.write() as connection:
        connection.execute(statement)
    assert len(SqlAudit(database).entries(None, 0, 9)) == 1


def test_a_link_signed_with_another_key_is_not_ours(tmp_path: Path) -> None:
    ours, other = SignedLinks(tmp_path / "a.key"), SignedLinks(tmp_path / "b.key")
    assert ours.read(ours.sign("invitation-1")) == "invitation-1"
    assert ours.read(other.sign("invitation-1")) is None
    assert (tmp_path / "a.key").stat().st_mode & 0o077 == 0
