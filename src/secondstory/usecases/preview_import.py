"""A path to what an import would make of it: which label becomes service, instance and version, before any row is kept.

The first block of each file is read twice, under the mapping and under an empty one: what the second has among its
labels and the first as a column is the label that was taken. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput
from secondstory.model.telemetry import USER_ATTRIBUTES, Mapping, TableName
from secondstory.ports import Block, Parsed, Progress, SourceExtension, World
from secondstory.texts import say
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.import_telemetry.blocks import Broken, Failure, Sourced, cut, recognised, run_source
from secondstory.usecases.import_telemetry.files import FoundFile, Reading, found_files

COLUMNS = ("service", "instance", "version", "environment")
"""What a label may become."""

_UNMAPPED = Mapping((), (), (), ())
_EXAMPLES = 5
_EXAMPLE_CHARACTERS = 80
_FEW = 20  # a label with more values than this, most of them once, tells rows apart and not services


@dataclass(frozen=True)
class LabelUse:
    """A label and what it becomes; `becomes` "" = it stays an attribute, `label` "" = the format itself tells it."""

    label: str
    becomes: str  # one of COLUMNS, or ""
    rows: int
    values: int  # how many different ones
    examples: tuple[tuple[str, int], ...]  # (value, rows), the most frequent first


@dataclass(frozen=True)
class ServiceName:
    """A service as the files name it, as it will be called, and how many rows; `seen` "" = rows without a service."""

    seen: str
    meant: str
    rows: int


@dataclass(frozen=True)
class PreviewedFile:
    """One file. `source` None = no source knows it; rows are those of its first block, which is all where `whole`."""

    path: str
    source: str | None
    bytes: int
    whole: bool
    rows: tuple[tuple[str, int], ...]  # (table, rows), sorted
    rejected_rows: int
    failure: str  # why nothing can be read, or ""


@dataclass(frozen=True)
class ImportPreview:
    """What an import of a path would do under `mapping`, as far as the first block of each file tells."""

    recording: str
    mapping: Mapping
    remembered: bool  # the mapping is the recording's own
    files: tuple[PreviewedFile, ...]
    labels: tuple[LabelUse, ...]  # those that become something first, then what else could
    services: tuple[ServiceName, ...]  # most rows first


def preview_import(actor: Actor, world: World, request: ImportRequest, progress: Progress) -> ImportPreview:
    """Look at a file or all files below a folder under the request's mapping, or the recording's own, or the usual.

    Raises BadInput where the path cannot be read, and JobCancelled, raised by `progress`.
    """
    require(actor, Verb.IMPORT, None)
    known = world.recordings.get(request.recording)
    mapping = mapping_for(world, request)
    found, seen = found_files(request.path), _Seen()
    files = []
    for number, file in enumerate(found):
        progress(say("imports.reading", path=file.name), number, len(found))
        files.append(_previewed(file, world.sources, mapping, seen))
    return ImportPreview(
        recording=request.recording,
        mapping=mapping,
        remembered=known is not None and known.mapping == mapping,
        files=tuple(files),
        labels=seen.label_uses(),
        services=seen.service_names(),
    )


def mapping_for(world: World, request: ImportRequest) -> Mapping:
    """The mapping that an import of this request would use."""
    known = world.recordings.get(request.recording)
    return request.mapping or (known.mapping if known else Mapping())


def corrected(
    mapping: Mapping, labels: tuple[tuple[str, tuple[str, ...]], ...], aliases: tuple[tuple[str, str], ...]
) -> Mapping:
    """`mapping` with the labels of some of COLUMNS replaced, and aliases (seen, meant) added.

    An alias of a name to itself takes an earlier one back. Raises BadInput on an unknown column or an empty name.
    """
    for column, names in labels:
        if column not in COLUMNS or not names or not all(names):
            what = say("imports.map_wrong", column=column, known=", ".join(COLUMNS))
            raise BadInput(what, say("imports.map_next"))
    if not all(seen and meant for seen, meant in aliases):
        raise BadInput(say("imports.alias_wrong"), say("imports.alias_next"))
    changed = {f"{column}_labels": tuple(dict.fromkeys(names)) for column, names in labels}
    meant_by = {seen: meant for seen, meant in (dict(mapping.aliases) | dict(aliases)).items() if seen != meant}
    return replace(mapping, **changed, aliases=tuple(sorted(meant_by.items())))


@dataclass
class _Seen:
    """Values of labels by (label, what it becomes), and names of services, with the rows of each."""

    labels: defaultdict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    services: Counter[tuple[str, str]] = field(default_factory=Counter)

    def label_uses(self) -> tuple[LabelUse, ...]:
        uses = [_use(label, becomes, values) for (label, becomes), values in self.labels.items() if values]
        shown = [use for use in uses if use.becomes or use.values <= max(_FEW, use.rows // 2)]
        order = {column: place for place, column in enumerate((*COLUMNS, ""))}
        return tuple(sorted(shown, key=lambda use: (order[use.becomes], -use.rows, use.label)))

    def service_names(self) -> tuple[ServiceName, ...]:
        names = [ServiceName(seen, meant, rows) for (seen, meant), rows in self.services.items()]
        return tuple(sorted(names, key=lambda name: (-name.rows, name.meant, name.seen)))


def _use(label: str, becomes: str, values: Counter[str]) -> LabelUse:
    ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:_EXAMPLES]
    examples = tuple((value[:_EXAMPLE_CHARACTERS], rows) for value, rows in ranked)
    return LabelUse(label, becomes, values.total(), len(values), examples)


def _previewed(file: FoundFile, sources: tuple[SourceExtension, ...], mapping: Mapping, seen: _Seen) -> PreviewedFile:
    sourced = recognised(file, sources, mapping)
    if sourced.source is None or sourced.error:
        key = "imports.unreadable" if sourced.error else "imports.not_recognised"
        failure = say(key, path=file.name, error=sourced.error)
        name = sourced.source.name if sourced.source else None
        return PreviewedFile(file.name, name, file.length, False, (), 0, failure)
    return _looked_at(sourced, sourced.source, mapping, seen)


def _looked_at(sourced: Sourced, source: SourceExtension, mapping: Mapping, seen: _Seen) -> PreviewedFile:
    file, reading = sourced.file, Reading(sourced.file)
    piece = next(cut(sourced, source, reading, ""), None)
    whole = reading.done >= file.length
    if piece is None:
        return PreviewedFile(file.name, source.name, file.length, whole, (), 0, "")
    read = piece if isinstance(piece, Broken) else _both(source, piece[0], mapping)
    if isinstance(read, Broken):
        failure = say("imports.source_failed", source=source.name, path=file.name, line=read.line, error=read.error)
        return PreviewedFile(file.name, source.name, file.length, whole, (), 0, failure)
    mapped, bare = read
    for (name, rows), (_, rows_bare) in zip(mapped.tables, bare.tables, strict=True):
        for group in _groups(name, rows, rows_bare):
            _count(group, mapping, seen)
    counts: Counter[str] = Counter()
    for name, rows in mapped.tables:
        counts[name] += rows.num_rows
    rejected = sum(reject.count for reject in mapped.rejects if not reject.kept)
    return PreviewedFile(file.name, source.name, file.length, whole, tuple(sorted(counts.items())), rejected, "")


def _both(source: SourceExtension, block: Block, mapping: Mapping) -> tuple[Parsed, Parsed] | Broken:
    """The block as the mapping reads it, and as it is without one; a source reads the same rows under any mapping."""
    reads = []
    for each in (mapping, _UNMAPPED):
        read = run_source(partial(source.parse, block, each))
        if isinstance(read, Failure):
            return Broken(block.first_line, read.said)
        reads.append(read)
    return reads[0], reads[1]


@dataclass(frozen=True)
class _Group:
    """Rows that agree in who they speak of: the columns under the mapping, the labels without one."""

    columns: tuple[str | None, ...]  # in the order of COLUMNS
    own_service: str  # what the format itself calls the service
    labels: dict[str, str]
    rows: int
    may_name_people: bool


def _groups(name: TableName, rows: pa.Table, bare: pa.Table) -> Iterator[_Group]:
    # A format either knows resources, of which alone labels are taken, or has all its labels among the attributes.
    resources = bare["resource"]
    has_resources = name is TableName.SPANS or pc.any(pc.not_equal(resources, "{}")).as_py()
    together = pa.table(
        {
            **{column: rows[column] for column in COLUMNS},
            "own_service": bare["service"],
            "labels": resources if has_resources else bare["attributes"],
        }
    )
    keys = together.column_names
    for row in together.group_by(keys).aggregate([([], "count_all")]).to_pylist():
        columns = tuple(row[column] for column in COLUMNS)
        labels = orjson.loads(row["labels"])
        yield _Group(columns, row["own_service"], labels, row["count_all"], name is TableName.OCCURRENCES)


def _count(group: _Group, mapping: Mapping, seen: _Seen) -> None:
    taken = set()
    ordered = (mapping.service_labels, mapping.instance_labels, mapping.version_labels, mapping.environment_labels)
    called = group.own_service
    for column, value, names in zip(COLUMNS, group.columns, ordered, strict=True):
        if not value:
            continue
        label = next((name for name in names if group.labels.get(name)), "")
        own = group.labels.get(label, "")
        if (mapping.service(own) if column == "service" else own) != value:
            label, own = "", value if column != "service" else group.own_service or value
        taken.add(label)
        seen.labels[label, column][own] += group.rows
        called = own if column == "service" else called
    seen.services[called, group.columns[0] or ""] += group.rows
    if group.may_name_people:
        return
    for label, value in group.labels.items():
        if label not in taken and label not in USER_ATTRIBUTES:
            seen.labels[label, ""][value] += group.rows
