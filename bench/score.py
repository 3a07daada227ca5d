"""Scores rankings of causes against the truth, beside the figures published for trivial rankings.

`python bench/score.py FILE DIR` reads what `bench/causes.py` wrote and the `truth.json` below DIR.
AC@k is the share of incidents whose true service is among the first k, Avg@5 the mean of AC@1 to AC@5; an incident
without a line counts as a miss. On the indicator level the service must be right too, and the indicator be one of the
true ones (metrics) or contain one (log texts and operations, "code").
"""

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

DEPTH = 5
LEVELS = ("service", "metric", "code")
# Measured with simple rankings on the same incidents, all with the hint: AC@1, AC@3, Avg@5 on the service.
BESIDE = {
    "petshop": {
        "largest z": (0.00, 0.00, 0.02),
        "largest robust z": (0.15, 0.15, 0.15),
        "N-sigma": (0.38, 0.62, 0.54),
        "BARO": (0.15, 0.15, 0.17),
        "prototype": (0.88, 1.00, 0.98),
    },
    "nezha-tt": {
        "largest z": (0.00, 0.14, 0.12),
        "largest robust z": (0.03, 0.08, 0.09),
        "N-sigma": (0.03, 0.17, 0.13),
        "BARO": (0.03, 0.11, 0.09),
        "prototype": (0.56, 0.72, 0.70),
    },
    "changerca-ob": {
        "largest z": (0.41, 0.79, 0.71),
        "largest robust z": (0.38, 0.66, 0.63),
        "N-sigma": (0.31, 0.59, 0.57),
        "BARO": (0.34, 0.66, 0.62),
        "prototype": (0.66, 0.79, 0.82),
    },
}

Line = dict[str, object]
Ranks = dict[tuple[str, str], list[int | None]]


def main() -> None:
    arguments = _arguments()
    truths = sorted(arguments.data.rglob("truth.json"))
    if not truths:
        print(f"{arguments.data} is not present, or holds no truth.json; nothing was scored.")
        sys.exit(0 if not arguments.data.exists() else 1)
    lines = {str(line["id"]): line for line in map(json.loads, filter(str.strip, arguments.ranked.open()))}
    _print_table(_ranks(truths, lines))
    _print_confidence(truths, lines)
    _print_cost(lines.values())


def _ranks(truths: list[Path], lines: dict[str, Line]) -> Ranks:
    ranks: Ranks = defaultdict(list)
    for path in truths:
        family = _family(path)
        for truth in json.loads(path.read_text()):
            line = lines.get(truth["id"], {})
            ranks[family, "service"].append(_rank(line.get("services", []), lambda name, t=truth: name == t["service"]))
            if truth.get("indicators"):
                kind = truth.get("indicator_kind") or "metric"
                ranks[family, kind].append(_rank(line.get("indicators", []), _hits(truth, kind)))
    return ranks


def _family(truth: Path) -> str:
    return json.loads((truth.parent / "dataset.json").read_text())["family"]


def _hits(truth: Line, kind: str) -> Callable[[list[str]], bool]:
    wanted = truth["indicators"]

    def hit(pair: list[str]) -> bool:
        service, indicator = pair
        found = indicator in wanted if kind == "metric" else any(text in indicator for text in wanted)
        return service == truth["service"] and found

    return hit


def _rank(items: Iterable, hit: Callable) -> int | None:
    """1-based place of the first hit among the distinct items."""
    distinct = list(dict.fromkeys(tuple(item) if isinstance(item, list) else item for item in items))
    return next((place for place, item in enumerate(distinct, 1) if hit(item)), None)


def _print_table(ranks: Ranks) -> None:
    print(f"{'family':14} {'ranking':18} {'level':8} {'n':>4}  AC@1  AC@3  AC@5 Avg@5")
    for family, level in sorted(ranks, key=lambda key: (key[0], LEVELS.index(key[1]))):
        found = ranks[family, level]
        ac = [sum(rank is not None and rank <= k for rank in found) / len(found) for k in range(1, DEPTH + 1)]
        figures = f"{ac[0]:5.2f} {ac[2]:5.2f} {ac[4]:5.2f} {statistics.mean(ac):5.2f}"
        print(f"{family:14} {'this program':18} {level:8} {len(found):4} {figures}")
        if level == "service":
            for name, (first, third, mean) in BESIDE.get(family, {}).items():
                print(f"{family:14} {name:18} {level:8} {len(found):4} {first:5.2f} {third:5.2f}     – {mean:5.2f}")


def _print_confidence(truths: list[Path], lines: dict[str, Line]) -> None:
    """How often the first service is right, by what the program said of it."""
    right: dict[str, list[bool]] = defaultdict(list)
    for path in truths:
        for truth in json.loads(path.read_text()):
            line = lines.get(truth["id"])
            if line is not None and line["services"]:
                right[str(line["verdict"])].append(line["services"][0] == truth["service"])
    for verdict, hits in sorted(right.items()):
        print(f"{verdict}: {len(hits)} incidents, the first service right in {statistics.mean(hits):.2f}")


def _print_cost(lines: Iterable[Line]) -> None:
    cost = [(float(line["seconds"]), float(line["peak_mb"])) for line in lines]
    if cost:
        seconds, memory = zip(*cost, strict=True)
        print(f"seconds an incident: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}")
        print(f"peak of memory: median {statistics.median(memory):.0f} MB, most {max(memory):.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ranked", type=Path, help="JSON lines from bench/causes.py")
    parser.add_argument("data", type=Path, help="a folder below which truth.json files lie")
    return parser.parse_args()


if __name__ == "__main__":
    main()
