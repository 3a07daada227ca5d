"""How long a page of the incident list takes, by the number of incidents: the demo beside copies of itself.

Idea: the first page after a start makes every row; later ones look only whether something changed. Both are told, at
20, 200 and 1,000 incidents, and a page after one incident was given another title. Milliseconds; the median of several.
When it misleads: all copies lie over one recording, so the segments of only one are counted.
`python bench/incident_list.py [--sizes 20,200,1000]` prints JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.incident_record import Field
from secondstory.ports import World
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.incident_list import Wanted, find_incidents
from secondstory.usecases.incident_record import change
from secondstory.usecases.read import KINDS
from secondstory.wiring import open_world

PAGES = 15


def page_ms(world: World) -> float:
    """One page of fifty."""
    began = time.perf_counter()
    find_incidents(LOCAL_OWNER, world, Wanted("fails", "deadline", 0, 50))
    return (time.perf_counter() - began) * 1000


def measured(world: World, sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """Times by size; the world holds the demo alone."""
    first = world.incidents.visible_to(LOCAL_OWNER)[0]
    stored = [world.documents.latest(first.id, kind) for kind in ("telemetry", "case", *KINDS)]
    documents = tuple(one for one in stored if one is not None)
    told, made = {}, 1
    for size in sizes:
        for number in range(made, size):
            world.incidents.save(replace(first, id=f"copy-{number:04}", title=f"Checkout fails {number}"))
            world.documents.save(f"copy-{number:04}", documents)
        made = size
        cold = page_ms(world)
        warm = sorted(page_ms(world) for _ in range(PAGES))
        change(LOCAL_OWNER, world, "copy-0001", Field.TITLE, (f"Checkout fails again at {size}", ""))
        changed = page_ms(world)
        told[str(size)] = {
            "cold_ms": round(cold),
            "p50_ms": round(statistics.median(warm), 1),
            "p95_ms": round(warm[int(len(warm) * 0.95)], 1),
            "after_a_change_ms": round(changed, 1),
        }
    return told


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="20,200,1000")
    sizes = tuple(int(one) for one in asked.parse_args().sizes.split(","))
    with tempfile.TemporaryDirectory() as folder, open_world(Settings(data_dir=Path(folder))) as world:
        ensure_demo(LOCAL_OWNER, world, lambda _what: None)
        print(json.dumps(measured(world, sizes)))


if __name__ == "__main__":
    main()
