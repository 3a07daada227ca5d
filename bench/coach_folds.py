"""Measures the coach on authors it was not taught: `bench/coach_folds.py --without a=A.npz b=B.npz --data DIR --out F`.

A.npz are weights that `train_coach.py --data` made from a folder without `a.jsonl`. Each reads the author it does not
know, with the thresholds that ship and for thresholds that would flag five calm texts in 100 of that author; those,
averaged, are then tried on DIR with the weights that ship.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

from blame_items import DATA, Item, read_items, read_meeting
from coach import reads_of
from coach_figures import calm, figures
from secondstory.blameless.classifier import read_classifier
from secondstory.blameless.judge import Coach, kind_of
from secondstory.wiring import coach

ALARMS = 5  # per 100 calm texts
FEWEST = 50  # calm texts of a kind from which a threshold is taken


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--without", nargs="+", required=True, metavar="AUTHOR=FILE")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    shipped = coach()
    least = shipped.classifier.settings["reply_from"]
    folds: dict[str, Any] = {}
    for author, _, weights in (pair.partition("=") for pair in asked.without):
        with np.load(weights) as stored:
            taught = with_least(replace(shipped, classifier=read_classifier(dict(stored))), least)
        items = read_items(DATA / f"{author}.jsonl")
        folds[author] = measured(taught, [items]) | {"least": thresholds(taught, items)}
    found = [fold["least"] for fold in folds.values()]
    means = {kind: mean([one[kind] for one in found if kind in one], least[kind]) for kind in least}
    groups = [read_items(path) for path in sorted(asked.data.glob("*.jsonl"))]
    films = [read_meeting(path) for path in sorted(asked.data.glob("*.vtt"))]
    result = {
        "authors_left_out": folds,
        "on_another_author": {
            name: {"least": chosen, "items": measured(reader, groups), "meetings": measured(reader, films)}
            for name, chosen in (("shipped", least), ("chosen_on_authors_left_out", means))
            for reader in (with_least(shipped, chosen),)
        },
    }
    asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result))
    return 0


def with_least(reader: Coach, least: Mapping[str, float]) -> Coach:
    settings = {**reader.classifier.settings, "reply_from": least}
    return replace(reader, classifier=replace(reader.classifier, settings=settings))


def measured(reader: Coach, groups: Sequence[Sequence[Item]]) -> dict[str, Any]:
    found = [read for group in groups for read in reads_of(reader, group)]
    return {"redirect": figures(found), "left_alone": calm(found)}


def thresholds(reader: Coach, items: Sequence[Item]) -> dict[str, float]:
    """The likelihood that ALARMS in 100 calm texts of a kind lie above."""
    kinds: dict[str, list[float]] = {}
    for item in items:
        if not (item.labels or item.is_gray):
            kinds.setdefault(kind_of(item.utterance), []).append(reader.judge(item.utterance).likely)
    return {
        kind: round(float(np.percentile(found, 100 - ALARMS)), 2)
        for kind, found in kinds.items()
        if len(found) >= FEWEST
    }


def mean(values: Sequence[float], otherwise: float) -> float:
    """In logits."""
    if not values:
        return otherwise
    return round(1 / (1 + exp(-float(np.mean([np.log(v / (1 - v)) for v in values])))), 2)


if __name__ == "__main__":
    sys.exit(main())
