"""From what was read in items, and what people read in them, to precision, recall, F1 and false alarms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np

from blame_items import Item
from secondstory.model.utterance import Label

DRAWS = 1000  # resamples for an interval
OFFSETS = (-1.5, -1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 1.5)
CALM_KINDS = {"norms": {"norm", "policy", "reject", "guide"}, "quotes": {"quote", "retro", "record"}}


@dataclass(frozen=True)
class Read:
    """An item, whether it was flagged for a reply, and the labels given; a baseline gives none."""

    item: Item
    is_flagged: bool
    labels: frozenset[Label] = frozenset()
    margin: float = -inf  # by how much the logit of a reply lies above its threshold


def figures(reads: Sequence[Read]) -> dict[str, Any]:
    """The binary task: does it need a reply? Self-blame and gray negatives are counted apart from neutral ones."""
    own = [read for read in reads if Label.SELF_BLAME in read.item.labels]
    gray = [read for read in reads if read.item.is_gray and not read.item.labels]
    counted = [read for read in reads if read.item.needs_reply or not (read.item.labels or read.item.is_gray)]
    return {
        **_scores(counted),
        "ci95": _interval(counted),
        "items": len(reads),
        "positives": sum(read.item.needs_reply for read in reads),
        "self_blame": {"items": len(own), "redirected_percent": _percent(own)},
        "gray": {"items": len(gray), "flagged_percent": _percent(gray)},
    }


def trade_off(reads: Sequence[Read]) -> dict[str, Any]:
    """The same task, had every threshold been higher or lower by so much of a logit."""
    counted = [read for read in reads if read.item.needs_reply or not (read.item.labels or read.item.is_gray)]
    return {
        f"{offset:+.2f}": _scores([replace(read, is_flagged=read.margin >= offset) for read in counted])
        for offset in OFFSETS
    }


def apart(reads: Sequence[Read], key: Callable[[Item], Iterable[str]]) -> dict[str, Any]:
    """The same for each value of `key`: flagged per 100 of those that need a reply, and of those that do not."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        for name in key(read.item):
            groups.setdefault(name, []).append(read)
    return {name: _scores(group) | {"items": len(group)} for name, group in sorted(groups.items())}


def by_label(reads: Sequence[Read]) -> dict[str, Any]:
    """For each label: was the item flagged at all, and was this very label given."""
    found = {}
    for label in Label:
        wanted = [read for read in reads if label in read.item.labels]
        given = [read for read in reads if label in read.labels]
        hit = sum(label in read.item.labels for read in given)
        found[label.value] = {
            "items": len(wanted),
            "flagged_percent": _percent(wanted),
            "precision": _ratio(hit, len(given)),
            "recall": _ratio(hit, len(wanted)),
        }
    return found


def calm(reads: Sequence[Read]) -> dict[str, Any]:
    """How often norms and quotations, which are to be left alone, were flagged."""
    kinds = {
        name: [read for read in reads if not read.item.labels and read.item.phenomenon in among]
        for name, among in CALM_KINDS.items()
    }
    return {name: {"items": len(group), "flagged_percent": _percent(group)} for name, group in kinds.items()}


def _scores(reads: Sequence[Read]) -> dict[str, float | None]:
    wanted = np.array([read.item.needs_reply for read in reads], dtype=bool)
    flagged = np.array([read.is_flagged for read in reads], dtype=bool)
    return _from_arrays(wanted, flagged)


def _from_arrays(wanted: np.ndarray, flagged: np.ndarray) -> dict[str, float | None]:
    hits, calm_count = int((wanted & flagged).sum()), int((~wanted).sum())
    precision, recall = _ratio(hits, int(flagged.sum())), _ratio(hits, int(wanted.sum()))
    alarms = int((flagged & ~wanted).sum())
    return {
        "precision": precision,
        "recall": recall,
        "f1": _ratio(2 * hits, int(flagged.sum() + wanted.sum())),
        "false_alarms_per_100": round(100 * alarms / calm_count, 2) if calm_count else None,
    }


def _interval(reads: Sequence[Read]) -> dict[str, list[float]]:
    """95 % of resampled figures; items of one scenario are drawn together, for they are alike."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        groups.setdefault(read.item.group, []).append(read)
    rows = [np.array([(r.item.needs_reply, r.is_flagged) for r in group], dtype=bool) for group in groups.values()]
    if len(rows) < 5:  # too few groups to draw from: items are drawn one by one
        rows = [row[None] for group in rows for row in group]
    draw = np.random.default_rng(1)
    found: dict[str, list[float]] = {"f1": [], "false_alarms_per_100": []}
    for _ in range(DRAWS if rows else 0):
        sample = np.concatenate([rows[at] for at in draw.integers(len(rows), size=len(rows))])
        scores = _from_arrays(sample[:, 0], sample[:, 1])
        for name, values in found.items():
            values.extend(value for value in (scores[name],) if value is not None)
    return {name: [round(float(q), 3) for q in np.quantile(v, [0.025, 0.975])] for name, v in found.items() if v}


def _percent(reads: Sequence[Read]) -> float | None:
    return round(100 * sum(read.is_flagged for read in reads) / len(reads), 1) if reads else None


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
