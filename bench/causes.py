"""Ranks the causes of every recorded incident below a folder, by the path that an import and an analysis take.

`python bench/causes.py --data DIR --out FILE [--no-hint]` writes one JSON line an incident: id, services and
indicators best first, the confidence in the first, the verdict, seconds and the peak of memory from evidence to causes,
and what the simple rankings of `bench/baselines.py` say of the same signals. Then it prints all of them side by side.
With --no-hint only the alarm is known. Each incident runs in a process of its own, so its peak of memory is its own,
and `truth.json` is opened by `bench/score.py` alone, after everything was ranked.
"""

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from baselines import beside
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.causes import CausesBody
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case, Incident
from secondstory.model.query import Query
from secondstory.pipeline import settle
from secondstory.ports import World
from secondstory.stages.causes import find_causes
from secondstory.stages.evidence import find_evidence
from secondstory.stages.timeline import find_timeline
from secondstory.usecases.analyse import evidence_id, gather_case
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.open_incident import open_seeds
from secondstory.wiring import open_world

RECORDING = "bench"


def main() -> None:
    arguments = _arguments()
    folders = sorted(path.parent for path in arguments.data.rglob("dataset.json"))
    if not folders:
        print(f"{arguments.data} is not present, or holds no dataset.json; nothing was measured.")
        sys.exit(0 if not arguments.data.exists() else 1)
    with arguments.out.open("w") as out:
        for folder in folders:
            for line in _measure(folder, arguments.no_hint):
                out.write(json.dumps(line) + "\n")
            out.flush()
            print(f"{folder.name}: done", file=sys.stderr)
    score = Path(__file__).with_name("score.py")
    kept = ["--keep", arguments.keep] if arguments.keep else []
    subprocess.run([sys.executable, str(score), str(arguments.out), str(arguments.data), *kept], check=True)


def _measure(folder: Path, no_hint: bool) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(data_dir=Path(scratch))
        ids = _alone(_import, settings, folder)
        return [_alone(_rank, settings, incident_id, no_hint) for incident_id in ids]


def _alone(function, *arguments):
    """What `function` returns, run in a process of its own; a failure there fails here."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=lambda: there.send(function(*arguments)))
    process.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        sys.exit(f"{function.__name__} failed on {arguments[1]}; its error stands above.")
    finally:
        process.join()


def _import(settings: Settings, folder: Path) -> list[str]:
    with open_world(settings) as world:
        import_path(LOCAL_OWNER, world, ImportRequest(folder, RECORDING), lambda _what, _done, _total: None)
        return [incident.id for incident in open_seeds(LOCAL_OWNER, world, RECORDING)]


def _rank(settings: Settings, incident_id: str, no_hint: bool) -> dict[str, object]:
    with open_world(settings) as world:
        incident = world.incidents.get(incident_id)
        if no_hint:
            incident = replace(incident, onset_hint=None)
        began = time.perf_counter()
        case, evidence, causes = find(world, incident)
        seconds = time.perf_counter() - began
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "id": incident_id,
        "services": [service for service, _ in causes.services],
        "indicators": [[service, indicator] for service, indicator, _ in causes.indicators],
        "confidence": round(causes.confidence, 4),
        "verdict": causes.verdict.value,
        "seconds": round(seconds, 3),
        "peak_mb": peak_mb,
        "beside": beside(case, evidence),
    }


def find(world: World, incident: Incident) -> tuple[Case, EvidenceBody, CausesBody]:
    """Evidence, timeline and causes of one incident, from the warehouse."""
    segments = world.catalogue.segments(incident.recordings)
    case = gather_case(world, incident, segments)

    def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
        return tuple(one(query) for query in queries)

    def one(query: Query) -> Evidence:
        began = time.perf_counter()
        table = world.warehouse.run(query, segments)
        if os.environ.get("SECONDSTORY_BENCH_QUERIES"):
            print(f"{type(query).__name__}: {table.rows} rows, {time.perf_counter() - began:.2f} s", file=sys.stderr)
        return Evidence(evidence_id(query), query, world.warehouse.engine, table, table.hash, world.clock.now())

    evidence = settle(lambda answers: find_evidence(case, answers), answer)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), answer)
    return case, evidence, settle(lambda answers: find_causes(case, evidence, timeline, answers), answer)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder below which dataset.json files lie")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines, one an incident")
    parser.add_argument("--no-hint", action="store_true", help="take the given onset away; the alarm stays")
    parser.add_argument("--keep", metavar="NAME=FILE", help="put the figures under this name into a JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
