"""Scores rankings of causes against the truth, beside simple rankings of the same signals.

`python bench/score.py FILE DIR [--keep NAME=FILE]` reads what `bench/causes.py` wrote and the `truth.json` below DIR.
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
OURS = "this program"
Line = dict[str, object]
Key = tuple[str, str, str]  # family, level, ranking
Ranks = dict[Key, list[int | None]]


def main() -> None:
    arguments = _arguments()
    truths = sorted(arguments.data.rglob("truth.json"))
    if not truths:
        print(f"{arguments.data} is not present, or holds no truth.json; nothing was scored.")
        sys.exit(0 if not arguments.data.exists() else 1)
    lines = {str(line["id"]): line for line in map(json.loads, filter(str.strip, arguments.ranked.open()))}
    scores = _scores(_ranks(truths, lines))
    confidence = _confidence(truths, lines)
    cost = _cost(list(lines.values()))
    _print(scores, confidence, cost)
    if arguments.keep is not None:
        name, _, path = arguments.keep.partition("=")
        kept = Path(path)
        results = json.loads(kept.read_text()) if kept.exists() else {}
        results[name] = {"scores": scores, "verdicts": confidence, **cost}
        kept.write_text(json.dumps(results, indent=2) + "\n")


def _ranks(truths: list[Path], lines: dict[str, Line]) -> Ranks:
    names = {name for line in lines.values() for name in line.get("beside", {})}
    ranks: Ranks = defaultdict(list)
    for path in truths:
        family = _family(path)
        for truth in json.loads(path.read_text()):
            line = lines.get(truth["id"], {})
            ranked = {OURS: line.get("services", [])}
            ranked |= {name: line.get("beside", {}).get(name, {}).get("services", []) for name in names}
            for name, services in ranked.items():
                ranks[family, "service", name].append(_rank(services, lambda found, t=truth: found == t["service"]))
            if truth.get("indicators"):
                kind = truth.get("indicator_kind") or "metric"
                ranks[family, kind, OURS].append(_rank(line.get("indicators", []), _hits(truth, kind)))
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


def _scores(ranks: Ranks) -> list[dict[str, object]]:
    found = []
    order = sorted(ranks, key=lambda key: (key[0], LEVELS.index(key[1]), key[2] != OURS, key[2]))
    for family, level, name in order:
        places = ranks[family, level, name]
        ac = [sum(place is not None and place <= k for place in places) / len(places) for k in range(1, DEPTH + 1)]
        figures = {"ac1": ac[0], "ac3": ac[2], "ac5": ac[4], "avg5": statistics.mean(ac)}
        rounded = {key: round(value, 2) for key, value in figures.items()}
        found.append({"family": family, "level": level, "ranking": name, "incidents": len(places), **rounded})
    return found


def _confidence(truths: list[Path], lines: dict[str, Line]) -> dict[str, dict[str, float]]:
    """How often the first service is right, by what the program said of it; `all` with the Brier score."""
    right: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    known = (truth for path in truths for truth in json.loads(path.read_text()))
    told = ((truth["service"], lines[truth["id"]]) for truth in known if truth["id"] in lines)
    for service, line in told:
        if line["services"]:
            answer = line["services"][0] == service, float(line["confidence"])
            right[str(line["verdict"])].append(answer)
            right["all"].append(answer)
    return {
        verdict: {
            "incidents": len(hits),
            "right": round(statistics.mean(hit for hit, _ in hits), 2),
            "said": round(statistics.mean(said for _, said in hits), 2),
            "brier": round(statistics.mean((said - hit) ** 2 for hit, said in hits), 3),
        }
        for verdict, hits in sorted(right.items())
    }


def _cost(lines: list[Line]) -> dict[str, dict[str, float]]:
    columns = {"seconds": [line["seconds"] for line in lines], "peak_mb": [line["peak_mb"] for line in lines]}
    for name in sorted({name for line in lines for name in line.get("beside", {})}):
        columns[f"seconds of {name}"] = [line["beside"][name]["seconds"] for line in lines if name in line["beside"]]
    return {
        name: {"median": round(statistics.median(values), 3), "most": round(max(values), 3)}
        for name, values in columns.items()
        if values
    }


def _print(scores: list[dict[str, object]], confidence: dict, cost: dict) -> None:
    print(f"{'family':14} {'level':8} {'ranking':14} {'n':>4}  AC@1  AC@3  AC@5 Avg@5")
    for row in scores:
        figures = " ".join(f"{row[key]:5.2f}" for key in ("ac1", "ac3", "ac5", "avg5"))
        print(f"{row['family']:14} {row['level']:8} {row['ranking']:14} {row['incidents']:4} {figures}")
    for verdict, told in confidence.items():
        said = f"{told['said']} said, Brier {told['brier']}"
        print(f"{verdict}: {told['incidents']} incidents, the first right in {told['right']}, {said}")
    for name, told in cost.items():
        print(f"{name}: median {told['median']}, most {told['most']}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ranked", type=Path, help="JSON lines from bench/causes.py")
    parser.add_argument("data", type=Path, help="a folder below which truth.json files lie")
    parser.add_argument("--keep", metavar="NAME=FILE", help="put the figures under this name into a JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
