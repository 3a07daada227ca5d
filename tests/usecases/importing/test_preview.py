"""What an import would make of labels, how a person corrects it, and that the recording remembers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.telemetry import Mapping
from secondstory.ports import World
from secondstory.sources import json_lines, occurrences_csv, otlp_json
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.preview_import import ImportPreview, LabelUse, corrected, preview_import

from .world import importing_world, known, stored_rows

SOURCES = (json_lines.EXTENSION, occurrences_csv.EXTENSION, otlp_json.EXTENSION)
OTLP = Path(__file__).parents[2] / "recordings" / "otlp"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with importing_world(tmp_path / "data") as opened:
        yield replace(opened, sources=SOURCES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "outage"
    made.mkdir()
    rows = [
        {"time": f"2026-03-01T12:00:{second:02}Z", "msg": "done", "app": app, "team": "shop", "pod": f"{app}-1"}
        for second, app in enumerate(["orders"] * 5 + ["payments-svc"] * 3)
    ]
    (made / "app.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return made


def silent(what: str, done: float, total: float) -> None:
    """Progress that nobody watches."""


def previewed(world: World, path: Path, mapping: Mapping | None = None) -> ImportPreview:
    return preview_import(LOCAL_OWNER, world, ImportRequest(path, "outage", mapping), silent)


def use(preview: ImportPreview, label: str) -> LabelUse:
    (found,) = (each for each in preview.labels if each.label == label)
    return found


def test_says_which_label_became_what_with_examples_and_counts(world: World, folder: Path) -> None:
    preview = previewed(world, folder)
    assert use(preview, "app") == LabelUse("app", "service", 8, 2, (("orders", 5), ("payments-svc", 3)))
    assert use(preview, "pod").becomes == "instance"
    assert use(preview, "team") == LabelUse("team", "", 8, 1, (("shop", 8),))
    assert [(name.meant, name.rows) for name in preview.services] == [("orders", 5), ("payments-svc", 3)]
    assert preview.files[0].rows == (("logs", 8),)
    assert preview.files[0].whole


def test_labels_of_resources_are_told_apart_from_attributes(world: World) -> None:
    preview = previewed(world, OTLP)
    assert use(preview, "service.name").becomes == "service"
    assert use(preview, "service.version").becomes == "version"
    assert "http.request.method" not in [each.label for each in preview.labels]


def test_stores_nothing(world: World, folder: Path) -> None:
    previewed(world, folder, Mapping(service_labels=("team",)))
    assert world.recordings.get("outage") is None
    assert stored_rows(world, "outage").num_rows == 0


def test_a_correction_is_remembered_and_used_at_the_next_import(world: World, folder: Path) -> None:
    mapping = corrected(Mapping(), (("service", ("team", "app")),), (("shop", "store"),))
    import_path(LOCAL_OWNER, world, ImportRequest(folder, "outage", mapping), silent)
    (folder / "more.jsonl").write_text('{"time": "2026-03-01T12:01:00Z", "msg": "done", "team": "shop"}\n')
    assert previewed(world, folder).remembered
    import_path(LOCAL_OWNER, world, ImportRequest(folder, "outage"), silent)
    assert known(world, "outage").mapping == mapping
    assert set(stored_rows(world, "outage")["service"].to_pylist()) == {"store"}


def test_a_new_mapping_reads_the_same_files_anew(world: World, folder: Path) -> None:
    import_path(LOCAL_OWNER, world, ImportRequest(folder, "outage"), silent)
    mapping = corrected(Mapping(), (), (("payments-svc", "payment"),))
    preview = previewed(world, folder, mapping)
    assert not preview.remembered
    assert [(name.seen, name.meant) for name in preview.services] == [("orders", "orders"), ("payments-svc", "payment")]
    import_path(LOCAL_OWNER, world, ImportRequest(folder, "outage", mapping), silent)
    assert sorted(stored_rows(world, "outage")["service"].to_pylist()) == ["orders"] * 5 + ["payment"] * 3


def test_shows_rows_that_name_no_service(world: World, folder: Path) -> None:
    preview = previewed(world, folder, Mapping(service_labels=("job",)))
    assert [(name.seen, name.rows) for name in preview.services] == [("", 8)]
    assert use(preview, "app").becomes == ""


def test_names_of_people_and_users_are_not_shown(world: World, folder: Path) -> None:
    (folder / "app.jsonl").write_text('{"time": "2026-03-01T12:00:00Z", "msg": "x", "user_email": "ada@example.com"}\n')
    (folder / "occurrences.csv").write_text("time,kind,reviewer\n2026-03-01T12:00:00Z,deploy,Ada Byron\n")
    told = repr(previewed(world, folder))
    assert "ada@example.com" not in told
    assert "Ada Byron" not in told


def test_a_file_that_nobody_knows_or_that_is_broken_is_said(world: World, folder: Path) -> None:
    (folder / "notes.bin").write_bytes(b"\1\2\3")
    (folder / "one.json").write_text('{"resourceSpans": [\n{"broken"')
    failures = {file.path: file.failure for file in previewed(world, folder).files}
    assert failures["app.jsonl"] == ""
    assert "No source knows" in failures["notes.bin"]
    assert "one.json" in failures["one.json"]


def test_an_alias_to_itself_takes_an_earlier_one_back() -> None:
    mapping = corrected(Mapping(aliases=(("a", "b"), ("c", "d"))), (), (("a", "a"),))
    assert mapping.aliases == (("c", "d"),)


@pytest.mark.parametrize("labels", [("severity", ("level",)), ("service", ()), ("service", ("app", ""))])
def test_what_no_label_can_become_is_refused(labels: tuple[str, tuple[str, ...]]) -> None:
    with pytest.raises(BadInput, match="service, instance, version, environment"):
        corrected(Mapping(), (labels,), ())


def test_who_may_not_import_may_not_look(world: World, folder: Path) -> None:
    guest = Actor("guest", roles=(("inc-1", Role.OBSERVER),))
    with pytest.raises(NotAllowed):
        preview_import(guest, world, ImportRequest(folder, "outage"), silent)
