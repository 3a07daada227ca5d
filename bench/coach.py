"""Measures the coach on labelled texts: `python bench/coach.py --data DIR --out FILE [--no-baselines]`.

DIR holds items (*.jsonl) and meetings (*.vtt, each with its *.gold.json); FILE gets how well blame is told from what is
to be left alone, apart by label, channel and phenomenon, what the meeting's gold says of the rest, and latency.
Nothing here is trained on DIR.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from math import inf, log
from pathlib import Path
from typing import Any

import numpy as np

import coach_baselines
from blame_items import Item, read_items, read_meeting
from coach_figures import Read, apart, by_label, calm, figures, trade_off
from meeting_gold import score_meetings
from secondstory.blameless.judge import Coach, kind_of
from secondstory.model.utterance import Move, SpeakerRole, Verdict
from secondstory.wiring import coach

OUT = Path(__file__).parent / "results" / "local" / "coach.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--no-baselines", action="store_true")
    asked = parser.parse_args()
    files = sorted(asked.data.glob("*.jsonl")) if asked.data.is_dir() else []
    films = [path for path in sorted(asked.data.glob("*.vtt")) if path.with_suffix(".gold.json").exists()]
    if not files and not films:
        print(f"{asked.data}: no labelled items and no labelled meetings: not present.")
        return 0
    grown_from = _peak_mb()
    reader = coach()
    items = [item for path in files for item in read_items(path)]
    meetings = {path.stem: read_meeting(path) for path in films}
    cues = [item for meeting in meetings.values() for item in meeting]
    result: dict[str, Any] = {
        "items": _measured(reader, [items])
        | {"by_file": {p.stem: figures(reads_of(reader, read_items(p))) for p in files}},
        "meetings": _measured(reader, list(meetings.values())) | _by_meeting(reader, meetings),
        "meeting_gold": score_meetings(asked.data),
        "executive_questions": _executives(reader, films, meetings),
        "latency": _latency(reader, items + cues) | {"peak_growth_mb": round(_peak_mb() - grown_from, 1)},
        "machine": f"{platform.machine()}, {platform.python_version()}",
        "commit": _commit(),
    }
    if not asked.no_baselines:
        result["baselines"] = _beside(items, cues)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _print(result)
    return 0


def _measured(reader: Coach, groups: Sequence[Sequence[Item]]) -> dict[str, Any]:
    """`groups` are read one by one, as a meeting is."""
    reads = [read for group in groups for read in reads_of(reader, group)]
    if not reads:
        return {"redirect": None}
    return {
        "redirect": figures(reads),
        "trade_off": trade_off(reads),
        "by_label": by_label(reads),
        "by_channel": apart(reads, lambda item: (item.utterance.channel.value,)),
        "by_role": apart(reads, lambda item: (item.utterance.speaker_role.value,)),
        "by_phenomenon": apart(reads, lambda item: (item.phenomenon,)),
        "left_alone": calm(reads),
    }


def _by_meeting(reader: Coach, meetings: dict[str, list[Item]]) -> dict[str, Any]:
    return {"by_meeting": {name: figures(reads_of(reader, cues)) for name, cues in meetings.items()}}


def reads_of(reader: Coach, items: Sequence[Item]) -> list[Read]:
    verdicts = reader.judge_all(item.utterance for item in items)
    return [
        Read(item, verdict.move is Move.REPLY, frozenset(verdict.labels), _margin(reader, item, verdict))
        for item, verdict in zip(items, verdicts, strict=True)
    ]


def _margin(reader: Coach, item: Item, verdict: Verdict) -> float:
    if not 0 < verdict.likely < 1:  # support, or not read: no threshold decides
        return -inf
    least = reader.classifier.settings["reply_from"][kind_of(item.utterance)]
    return log(verdict.likely / (1 - verdict.likely)) - log(least / (1 - least))


def _executives(reader: Coach, films: Sequence[Path], meetings: dict[str, list[Item]]) -> dict[str, Any]:
    """Of the executives' honest questions, how many get an answer; of their blame, how many get a reply."""
    moves: dict[bool, list[Move]] = {True: [], False: []}
    for film in films:
        gold = json.loads(film.with_suffix(".gold.json").read_text(encoding="utf-8"))
        roles = {who["name"]: who["role"] for who in gold["participants"]}
        for question in gold["executive_questions"]:
            verdict = reader.judge(meetings[film.stem][question["cue"] - 1].utterance)
            is_known = roles.get(question["speaker"]) == SpeakerRole.EXECUTIVE
            if is_known:
                moves[bool(question["is_blame"])].append(verdict.move)
    return {
        "honest": {"asked": len(moves[False]), "moves": _counts(moves[False])},
        "blame": {"asked": len(moves[True]), "moves": _counts(moves[True])},
    }


def _counts(moves: Iterable[Move]) -> dict[str, int]:
    found = list(moves)
    return {move.value: found.count(move) for move in Move if move in found}


def _latency(reader: Coach, items: Sequence[Item]) -> dict[str, float]:
    """Milliseconds an utterance, one at a time on one core: by the clock, and of the processor alone."""
    taken = []
    for item in items:
        start, start_cpu = time.perf_counter(), time.process_time()
        reader.judge(item.utterance)
        taken.append((1000 * (time.perf_counter() - start), 1000 * (time.process_time() - start_cpu)))
    wall, cpu = zip(*taken, strict=True)
    return {
        f"p{q}_{kind}": round(float(np.percentile(values, q)), 2)
        for kind, values in (("ms", wall), ("cpu_ms", cpu))
        for q in (50, 95, 99)
    }


def _beside(items: Sequence[Item], cues: Sequence[Item]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, flag in coach_baselines.baselines().items():
        found[name] = {
            kind: _figures_of(flag, group) for kind, group in (("items", items), ("meetings", cues)) if group
        }
    return found


def _figures_of(flag: Callable[[Sequence[Item]], Sequence[bool]], items: Sequence[Item]) -> dict[str, Any]:
    return figures([Read(item, bool(is_flagged)) for item, is_flagged in zip(items, flag(items), strict=True)])


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _print(result: dict[str, Any]) -> None:
    for kind in ("items", "meetings"):
        print(kind, json.dumps(result[kind]["redirect"]))
        for name, found in result.get("baselines", {}).items():
            if kind in found:
                print(f"  {name}: F1 {found[kind]['f1']}, false alarms {found[kind]['false_alarms_per_100']}")
    print("latency", result["latency"], "executives", result["executive_questions"])


if __name__ == "__main__":
    sys.exit(main())
