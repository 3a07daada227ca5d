"""The same outage, told by Prometheus, Loki and Jaeger exports instead of OTLP, is the same story."""

import shutil
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.telemetry import TableName
from secondstory.usecases.analyse import Analysis, analyse
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path
from secondstory.usecases.open_incident import open_seeds
from secondstory.wiring import open_world

from .convert import write_exports

EXAMPLE = Path(__file__).parents[3] / "examples" / "pool-exhaustion"
BESIDE = ("incident.toml", "occurrences.csv", "rules.yaml", "slo.yaml")  # what is no telemetry stays as it is


@pytest.fixture(scope="module")
def by_otlp(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    own = Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("otlp") / "data"))
    with open_world(Settings(data_dir=own)) as world:
        return ensure_demo(LOCAL_OWNER, world, lambda _what: None)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportResult, Analysis]:
    folder = tmp_path_factory.mktemp("exports")
    write_exports(EXAMPLE / "telemetry", folder)
    for name in BESIDE:
        shutil.copy(EXAMPLE / name, folder / name)
    with open_world(Settings(data_dir=tmp_path_factory.mktemp("exported"))) as world:
        imported = import_path(LOCAL_OWNER, world, ImportRequest(folder, "exported"), lambda _what, _done, _total: None)
        (incident,) = open_seeds(LOCAL_OWNER, world, "exported")
        told = analyse(LOCAL_OWNER, world, incident.id, refresh=False, progress=lambda _what: None)
    return imported, told


def services(told: Analysis) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in told.prepared.evidence.body.coverage:
        found.setdefault(row.table, set()).add(row.service)
    return found


@pytest.mark.slow
def test_every_row_of_the_exports_is_read(exported: tuple[ImportResult, Analysis]) -> None:
    imported, _ = exported
    read_by = {file.path: file.source for file in imported.files}
    assert read_by["metrics.json"] == "prometheus"
    assert read_by["logs.json"] == "loki"
    assert read_by["traces.json"] == "jaeger"
    assert sum(file.rejected_rows + file.unmapped_rows for file in imported.files) == 0
    rows = dict(imported.rows)
    assert (rows[TableName.LOGS], rows[TableName.SPANS]) == (6360, 48385)


@pytest.mark.slow
def test_the_services_are_the_same(by_otlp: Analysis, exported: tuple[ImportResult, Analysis]) -> None:
    assert services(exported[1]) == services(by_otlp)


@pytest.mark.slow
def test_the_first_cause_is_the_same(by_otlp: Analysis, exported: tuple[ImportResult, Analysis]) -> None:
    ours, theirs = (told.prepared.causes.body for told in (exported[1], by_otlp))
    assert ours.verdict is theirs.verdict
    first = [(each.service, each.mechanism, each.part, each.change_key) for each in ours.hypotheses[:2]]
    assert first == [(each.service, each.mechanism, each.part, each.change_key) for each in theirs.hypotheses[:2]]
    assert ours.hypotheses[0].indicator.split("{")[0] == theirs.hypotheses[0].indicator.split("{")[0].replace(".", "_")
    assert [(step.caller, step.callee) for step in ours.cascade] == [(s.caller, s.callee) for s in theirs.cascade]
