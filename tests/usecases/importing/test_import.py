"""A folder of telemetry to a recording: each row once, whatever is repeated, grown, broken or stopped."""

import gzip
import os
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import BadInput, JobCancelled, NotAllowed
from secondstory.model.gap import GapReason
from secondstory.model.telemetry import Mapping
from secondstory.ports import Job, World
from secondstory.sources.openslo import EXTENSION as OPENSLO
from secondstory.usecases.import_job import arguments_of, import_request
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path

from .world import BLOCK_BYTES, importing_world, known, log_line, stored_rows


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with importing_world(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "outage"
    made.mkdir()
    return made


def silent(what: str, done: float, total: float) -> None:
    """Progress that nobody watches."""


def imported(world: World, path: Path, mapping: Mapping | None = None) -> ImportResult:
    return import_path(LOCAL_OWNER, world, ImportRequest(path, "outage", mapping), silent)


def bodies(world: World) -> Counter[str]:
    return Counter(stored_rows(world, "outage")["body"].to_pylist())


def lines(count: int, start: int = 0) -> str:
    return "".join(log_line(f"request {number}") + "\n" for number in range(start, start + count))


def test_every_row_of_every_file_is_stored(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(lines(500))
    (folder / "deep").mkdir()
    (folder / "deep" / "b.lines").write_text(lines(100, start=500))
    result = imported(world, folder)
    assert result.rows == (("logs", 600),)
    assert bodies(world) == Counter({f"request {number}": 1 for number in range(600)})


def test_the_same_file_twice_adds_nothing_even_under_another_name(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(lines(500))
    first = imported(world, folder)
    (folder / "a.lines").rename(folder / "rotated.lines")
    second = imported(world, folder)
    assert second.rows == ()
    assert second.files[0].blocks_recognised == first.files[0].blocks_added > 1
    assert stored_rows(world, "outage").num_rows == 500


def test_equal_lines_and_equal_blocks_within_a_file_are_real(world: World, folder: Path) -> None:
    line = log_line("same").ljust(63) + "\n"  # 64 bytes, so that all blocks are equal
    assert BLOCK_BYTES % len(line) == 0
    (folder / "a.lines").write_text(line * 1000)
    imported(world, folder)
    imported(world, folder)
    assert bodies(world) == {"same": 1000}


def test_a_file_that_grew_keeps_each_row_once(world: World, folder: Path) -> None:
    for count in (3, 10, 200, 201, 600):
        (folder / "a.lines").write_text(lines(count))
        imported(world, folder)
        assert bodies(world) == Counter({f"request {number}": 1 for number in range(count)})


def test_a_file_that_grew_in_the_middle_of_a_line_keeps_each_row_once(world: World, folder: Path) -> None:
    text = lines(90)
    for length in (1000, BLOCK_BYTES - 2, BLOCK_BYTES + 30, len(text)):
        (folder / "a.lines").write_text(text[:length])
        imported(world, folder)
    assert bodies(world) == Counter({f"request {number}": 1 for number in range(90)})
    assert not known(world, "outage").gaps


def test_compressed_files_are_read_as_what_they_hold(world: World, folder: Path) -> None:
    text = lines(400).encode()
    with pa.CompressedOutputStream(str(folder / "b.lines.zst"), "zstd") as archive:
        archive.write(lines(300, start=400).encode())
    (folder / "a.lines.gz").write_bytes(gzip.compress(text[:9000]) + gzip.compress(text[9000:]))
    result = imported(world, folder)
    assert result.rows == (("logs", 700),)
    (folder / "a.lines").write_bytes(text)
    assert imported(world, folder).rows == ()


def test_a_cut_off_archive_gives_what_it_holds_and_a_gap(world: World, folder: Path) -> None:
    whole = gzip.compress("".join(log_line(f"{number * 7919 % 100003}") + "\n" for number in range(20_000)).encode())
    (folder / "a.lines.gz").write_bytes(whole[: len(whole) // 2])
    result = imported(world, folder)
    assert 5_000 < dict(result.rows)["logs"] < 15_000
    assert "gap/unread/a.lines.gz" in {gap.key for gap in result.gaps}
    (folder / "a.lines.gz").write_bytes(whole)
    assert imported(world, folder).gaps == ()
    assert stored_rows(world, "outage").num_rows == 20_000


def test_facts_that_changed_and_changed_back_hold_again(world: World, folder: Path) -> None:
    for target in ("0.9", "0.99", "0.9"):
        (folder / "orders.slo").write_text(target)
        imported(world, folder)
        assert [objective.target_ratio for objective in known(world, "outage").objectives] == [float(target)]


def test_another_mapping_reads_the_same_rows_anew_instead_of_twice(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(lines(300))
    imported(world, folder)
    before = {path.name for path in (world.data_dir / "segments" / "logs").iterdir()}
    imported(world, folder, Mapping(aliases=(("orders", "order-service"),)))
    after = {path.name for path in (world.data_dir / "segments" / "logs").iterdir()}
    assert stored_rows(world, "outage").num_rows == 300
    assert not before & after


def test_what_cannot_be_read_is_reported_and_is_a_gap(world: World, folder: Path) -> None:
    (folder / "good.lines").write_text(lines(10))
    (folder / "picture.bin").write_bytes(b"\x00\x01")
    (folder / "cut.lines.gz").write_bytes(gzip.compress(b"", mtime=0)[:12])
    (folder / "truth.json").write_text("{}")
    (folder / "README.md").write_text("about")
    result = imported(world, folder)
    assert {file.path: file.source for file in result.files} == {
        "cut.lines.gz": None,
        "good.lines": "lines",
        "picture.bin": None,
    }
    assert [gap.reason for gap in result.gaps] == [GapReason.FAILED, GapReason.FAILED]
    assert all(any(name in text for text in result.warnings()) for name in ("picture.bin", "cut.lines.gz"))
    assert result.rows == (("logs", 10),)


def test_a_source_that_fails_loses_its_block_alone_until_it_can(world: World, folder: Path) -> None:
    text = lines(300)
    where = text.index("\n", 2 * BLOCK_BYTES) + 1
    (folder / "a.lines").write_text(text[:where] + "break\n" + text[where:])
    (folder / "b.lines").write_text(lines(20, start=300))
    result = imported(world, folder)
    rows = stored_rows(world, "outage").num_rows
    assert 320 - 2 * BLOCK_BYTES // 50 < rows < 320
    assert [gap.key for gap in result.gaps] == ["gap/unread/a.lines"]
    (folder / "a.lines").write_text(text)
    mended = imported(world, folder)
    assert mended.gaps == ()


def test_rows_that_cannot_be_read_and_rows_without_service_are_counted(world: World, folder: Path) -> None:
    text = lines(200).splitlines(keepends=True)
    text[150] = "no json\n"
    text[180] = "neither\n"
    text[120] = log_line("whose?", service="") + "\n"
    (folder / "a.lines").write_text("".join(text))
    for _ in range(2):
        gaps = {gap.key: gap for gap in imported(world, folder).gaps}
        assert set(gaps) == {"gap/rejected/a.lines", "gap/unmapped/a.lines"}
        assert "2 rows" in gaps["gap/rejected/a.lines"].detail
        assert "at line or record 151:" in gaps["gap/rejected/a.lines"].detail
        assert "1 rows" in gaps["gap/unmapped/a.lines"].detail
        assert gaps["gap/unmapped/a.lines"].window is not None


def test_a_file_without_a_readable_row_is_a_gap_however_often_it_is_imported(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text("no json\n")
    for _ in range(3):
        assert [gap.key for gap in imported(world, folder).gaps] == ["gap/rejected/a.lines"]


def test_facts_of_several_files_meet_in_the_recording(world: World, folder: Path) -> None:
    (folder / "a.facts").write_text("gateway -> orders")
    (folder / "b.facts").write_text("orders -> payment")
    imported(world, folder)
    imported(world, folder)
    assert known(world, "outage").system.edges == (("gateway", "orders"), ("orders", "payment"))


def test_rules_that_share_a_name_are_all_kept_and_a_changed_file_replaces_its_own(world: World, folder: Path) -> None:
    def rules() -> list[tuple[str, str]]:
        imported(world, folder)
        return sorted({(rule.name, rule.expression) for rule in known(world, "outage").rules})

    (folder / "a.title").write_text("Down | up == 0\nDown | ready == 0")
    (folder / "b.title").write_text("Down | alive == 0\nDown | up == 0")
    assert rules() == [("Down", "alive == 0"), ("Down", "ready == 0"), ("Down", "up == 0")]
    (folder / "a.title").write_text("Down | ready < 2")
    assert rules() == [("Down", "alive == 0"), ("Down", "ready < 2"), ("Down", "up == 0")]


SLO = """apiVersion: openslo/v1
kind: SLO
metadata: {name: orders-availability}
spec:
  service: orders
  indicatorRef: orders-ok
  timeWindow: [{duration: 28d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{target: 0.99}]
"""
SLI = """apiVersion: openslo/v1
kind: SLI
metadata: {name: orders-ok}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{code!~"5.."}'}}}
    total: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total'}}}
"""


def test_an_objective_finds_its_indicator_in_another_file_of_the_import(world: World, folder: Path) -> None:
    world = replace(world, sources=(OPENSLO,))
    (folder / "orders.yaml").write_text(SLO)
    imported(world, folder)
    (gap,) = known(world, "outage").gaps
    assert "'orders-ok'" in gap.detail and "import the folder that holds both" in gap.detail
    (folder / "slis").mkdir()
    (folder / "slis" / "orders.yaml").write_text(SLI)
    imported(world, folder)
    (objective,) = known(world, "outage").objectives
    assert (objective.name, objective.good_query) == ("orders-availability", 'http_requests_total{code!~"5.."}')
    assert known(world, "outage").gaps == ()


def test_a_cancelled_import_keeps_what_was_visible_and_goes_on_later(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(lines(2000))
    told: list[tuple[float, float]] = []

    def cancel_half_way(what: str, done: float, total: float) -> None:
        told.append((done, total))
        if len(told) == 12:
            raise JobCancelled("stop")

    with pytest.raises(JobCancelled):
        import_path(LOCAL_OWNER, world, ImportRequest(folder, "outage"), cancel_half_way)
    kept = stored_rows(world, "outage").num_rows
    assert 0 < kept < 2000
    assert told == sorted(told)
    result = imported(world, folder)
    assert dict(result.rows)["logs"] == 2000 - kept
    assert bodies(world) == Counter({f"request {number}": 1 for number in range(2000)})


def test_names_told_in_one_file_are_tokens_in_all(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(log_line("deploy by Maria Lopez, ask maria or @mlopez, not mariadb") + "\n")
    (folder / "z.chat").write_text("Maria Lopez: rolled back\nsam: thanks Maria\nmaria.lopez@example.com: done, Sam\n")
    imported(world, folder)
    chat = stored_rows(world, "outage", "occurrences")
    assert chat["actor"].to_pylist() == ["responder-1", "responder-2", "responder-1"]
    assert chat["body"].to_pylist() == ["rolled back", "thanks responder-1", "done, responder-2"]
    assert list(bodies(world)) == ["deploy by responder-1, ask responder-1 or responder-1, not mariadb"]
    assert dict(world.sealed.people())["Maria Lopez"] == "responder-1"


def test_a_name_told_in_a_later_file_or_block_is_a_token_in_an_earlier_one(world: World, folder: Path) -> None:
    filler = "sam: looking\n" * (BLOCK_BYTES // 10)
    (folder / "a.chat").write_text(f"sam: Maria Lopez and Bo Larsson know this\n{filler}Bo Larsson: I do\n")
    (folder / "z.chat").write_text("Maria Lopez: rolled back\n")
    imported(world, folder)
    said = " ".join(stored_rows(world, "outage", "occurrences")["body"].to_pylist())
    assert "know this" in said
    assert not {"Maria", "Lopez", "Bo", "Larsson"} & set(said.split())


def test_a_name_told_by_a_later_import_is_taken_out_of_what_an_earlier_one_stored(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(log_line("deploy by Maria Lopez") + "\n" + log_line("cart is slow") + "\n")
    (folder / "b.lines").write_text(log_line("no name in here") + "\n")
    imported(world, folder)
    first = world.catalogue.segments(("outage",))
    (folder / "z.chat").write_text("Maria Lopez: rolled back\n")
    imported(world, folder / "z.chat")
    assert bodies(world) == Counter(["deploy by responder-1", "cart is slow", "no name in here"])
    assert len({segment.id for segment in first} & {each.id for each in world.catalogue.segments(("outage",))}) == 1
    assert not any(b"Maria" in path.read_bytes() for path in (world.data_dir / "segments").rglob("*.parquet"))
    again = imported(world, folder)
    assert (dict(again.rows), bodies(world).total()) == ({}, 3)


def test_names_and_secrets_in_facts_are_taken_out_too(world: World, folder: Path) -> None:
    (folder / "a.title").write_text("Maria Lopez broke nothing, password=hunter2")
    imported(world, folder)
    assert known(world, "outage").rules[0].name == "Maria Lopez broke nothing, password=[secret]"
    (folder / "z.chat").write_text("Maria Lopez: rolled back\n")
    imported(world, folder / "z.chat")
    assert known(world, "outage").rules[0].name == "responder-1 broke nothing, password=[secret]"


def test_a_program_is_no_person(world: World, folder: Path) -> None:
    (folder / "a.lines").write_text(log_line("ci run failed in deploy-bot") + "\n")
    (folder / "z.chat").write_text("ci: done\ndeploy-bot: done\ngithub-actions[bot]: done\n")
    imported(world, folder)
    assert set(stored_rows(world, "outage", "occurrences")["actor"].to_pylist()) == {"automation"}
    assert list(bodies(world)) == ["ci run failed in deploy-bot"]


def test_a_dash_for_an_actor_is_nobody(world: World, folder: Path) -> None:
    (folder / "z.chat").write_text("-: rolled back\n@: again\nsam: thanks\n")
    for _ in range(2):
        assert imported(world, folder).gaps == ()
    assert stored_rows(world, "outage", "occurrences")["actor"].to_pylist() == [None, None, "responder-1"]
    assert world.sealed.people() == (("sam", "responder-1"),)


def test_only_who_may_import_imports(world: World, folder: Path) -> None:
    guest = Actor("guest", roles=(("inc-1", Role.FACILITATOR),))
    with pytest.raises(NotAllowed):
        import_path(guest, world, ImportRequest(folder, "outage"), silent)


def test_a_path_that_is_not_there_says_so(world: World, folder: Path) -> None:
    with pytest.raises(BadInput, match="no file or folder"):
        imported(world, folder / "nowhere")


def test_what_is_no_readable_file_is_a_gap_and_never_waited_for(world: World, folder: Path, tmp_path: Path) -> None:
    (folder / "a.lines").write_text(lines(3))
    os.mkfifo(folder / "b.lines")
    (folder / "c.lines").symlink_to(folder / "c.lines")
    (folder / "d.lines").symlink_to(folder / "nowhere")
    (folder / "e").symlink_to(folder)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "f.lines"))
    result = imported(world, folder)
    listening.close()
    assert dict(result.rows) == {"logs": 3}
    failures = [file.failures for file in result.files]
    assert [bool(each) for each in failures] == [False, True, True, True, True, True]
    assert len(result.gaps) == 5
    assert not any("Error" in str(each) or "BadInput" in str(each) for each in failures)


def test_an_import_as_a_job_keeps_its_mapping(world: World, folder: Path) -> None:
    mapping = Mapping(aliases=(("orders", "order-service"),))
    job = Job("job-1", "import", arguments_of(ImportRequest(folder, "outage", mapping)), "waiting", "", 0, 0, "", 0)
    assert import_request(job) == ImportRequest(folder, "outage", mapping)
