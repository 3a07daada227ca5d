"""How often the linter is wrong and how much it finds on annotated post-mortems, as JSON.

The data is a folder with `*.md`, `index.jsonl` (file, org, words), `lint.jsonl` (file, sentence, label, severity: what
a careful reader would flag), `lint_documents.json` (the documents that were read) and, where there is one,
`lint_near_misses.jsonl` (file, sentence: what looks like a flag and is none).
Idea: a finding that does not stand in a flagged sentence is a false alarm, counted per 1,000 words of the index; a
flagged sentence with a finding in it is found. `ci95` draws whole documents with replacement, for the sentences of one
hand are alike.
When it misleads: such flags are one reader's; mild ones (severity 1) are opinions, so recall is told by severity.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondstory.blameless.lint.linter import lint_text

RESULT = Path(__file__).parent / "results" / "lint.json"
LABELS: dict[str, str] = json.loads((Path(__file__).parent / "data" / "lint_labels.json").read_text(encoding="utf-8"))
DRAWS = 2000
NOT_PRESENT = "not present"
# Linters for words in prose, of another trade: they need Node, and this program does not start them.
PEERS = {"write-good": "not run", "alex": "not run"}


@dataclass(frozen=True)
class Flag:
    """A flagged sentence as it stands in its text: characters [start, end)."""

    label: str
    severity: int
    start: int
    end: int


@dataclass(frozen=True)
class Scored:
    """One document: what was found (severity, rule, place), what should have been, its words."""

    file: str
    organisation: str
    words: int
    found: tuple[tuple[int, str, int], ...]
    flags: tuple[Flag, ...]
    traps: tuple[tuple[int, int], ...]

    def false_alarms(self, least: int) -> list[tuple[int, str, int]]:
        """Findings of at least this severity outside every flagged sentence."""
        return [one for one in self.found if one[0] >= least and not any(f.start <= one[2] < f.end for f in self.flags)]

    def met(self, flag: Flag, least: int) -> list[str]:
        """The rules that found something in the flagged sentence."""
        return [rule for severity, rule, at in self.found if severity >= least and flag.start <= at < flag.end]


def main() -> None:
    """Score every document of a folder, or those of some organisations, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--organisation", nargs="*", default=[], help="only these")
    parser.add_argument("--held-out", nargs="*", default=[], help="these apart from the others")
    parser.add_argument("--show", action="store_true", help="print the false alarms and what was not found")
    given = parser.parse_args()
    started = time.perf_counter()
    scored = documents(given.data, tuple(given.organisation))
    told: dict[str, Any] = {"all": summary(scored)}
    if given.held_out and scored:
        told["tuned_on"] = summary([one for one in scored if one.organisation not in given.held_out])
        told["held_out"] = summary([one for one in scored if one.organisation in given.held_out])
    told["speed"] = speed(given.data, scored)
    told["peers"] = PEERS
    told["took_s"] = round(time.perf_counter() - started, 2)
    given.out.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if given.show:
        show(given.data, scored)
    print(json.dumps(told["held_out" if given.held_out else "all"], indent=2))


def documents(folder: Path, organisations: tuple[str, ...]) -> list[Scored]:
    """Every document that was read, scored; none where the folder does not hold them."""
    index = {row["file"]: row for row in _rows(folder / "index.jsonl")}
    read = folder / "lint_documents.json"
    names: Iterable[str] = _names(read) if read.is_file() else index
    flags, traps = list(_rows(folder / "lint.jsonl")), list(_rows(folder / "lint_near_misses.jsonl"))
    scored = []
    for name in names:
        organisation = index.get(name, {}).get("org", "")
        if not (folder / name).is_file() or (organisations and organisation not in organisations):
            continue
        text = (folder / name).read_text(encoding="utf-8")
        starts = _starts(text)
        found = tuple(
            (one.severity, one.rule, starts[one.line - 1] + one.column - 1) for one in lint_text(name, text).findings
        )
        scored.append(
            Scored(
                name,
                organisation,
                int(index.get(name, {}).get("words") or len(text.split())),
                found,
                tuple(
                    Flag(row["label"], row["severity"], *place)
                    for row in flags
                    if row["file"] == name
                    for place in _places(text, row["sentence"])
                ),
                tuple(place for row in traps if row["file"] == name for place in _places(text, row["sentence"])),
            )
        )
    return scored


def summary(scored: list[Scored]) -> dict[str, Any]:
    """The figures of some documents."""
    if not scored:
        return {"documents": NOT_PRESENT}
    words = sum(one.words for one in scored)
    return {
        "documents": len(scored),
        "words": words,
        "flagged_sentences": sum(len(one.flags) for one in scored),
        "from_severity": {str(least): _from(scored, least) for least in (0, 1, 2)},
        "recall_by_severity": {
            str(severity): _recall(scored, lambda flag, severity=severity: flag.severity == severity)
            for severity in sorted({flag.severity for one in scored for flag in one.flags})
        },
        "recall_by_label": {
            label: _recall(scored, lambda flag, label=label: flag.label == label)
            for label in sorted({flag.label for one in scored for flag in one.flags})
        },
        "false_alarms_by_rule": dict(
            Counter(rule for one in scored for _, rule, _ in one.false_alarms(1)).most_common()
        ),
        "near_misses_flagged": _trapped(scored),
    }


def _from(scored: list[Scored], least: int) -> dict[str, Any]:
    alarms = [len(one.false_alarms(least)) for one in scored]
    words = [one.words for one in scored]
    flags = [(one, flag) for one in scored for flag in one.flags if flag.severity >= least]
    found = sum(bool(one.met(flag, least)) for one, flag in flags)
    return {
        "false_alarms": sum(alarms),
        "false_alarms_per_1000_words": round(1000 * sum(alarms) / sum(words), 3),
        "ci95": _interval(list(zip(alarms, words, strict=True))),
        "flags_found": found,
        "flags": len(flags),
        "recall": round(found / len(flags), 3) if flags else NOT_PRESENT,
    }


def _recall(scored: list[Scored], wanted: Callable[[Flag], bool]) -> dict[str, Any]:
    flags = [(one, flag) for one in scored for flag in one.flags if wanted(flag)]
    met = [one.met(flag, 1) for one, flag in flags]
    same = sum(LABELS.get(flag.label) in rules for (_, flag), rules in zip(flags, met, strict=True))
    return {"flags": len(flags), "found": sum(map(bool, met)), "found_by_its_own_rule": same}


def _trapped(scored: list[Scored]) -> Any:
    traps = [(one, trap) for one in scored for trap in one.traps]
    if not traps:
        return NOT_PRESENT
    hit = sum(any(s >= 1 and start <= at < end for s, _, at in one.found) for one, (start, end) in traps)
    return {"near_misses": len(traps), "flagged": hit}


def _interval(counts: list[tuple[int, int]]) -> list[float]:
    drawn = random.Random(7)
    rates = []
    for _ in range(DRAWS):
        sample = drawn.choices(counts, k=len(counts))
        rates.append(1000 * sum(alarms for alarms, _ in sample) / sum(words for _, words in sample))
    rates.sort()
    return [round(rates[int(DRAWS * share)], 3) for share in (0.025, 0.975)]


def speed(folder: Path, scored: list[Scored]) -> Any:
    """Words a second of one core, the best of three rounds over all documents."""
    texts = [(one.file, (folder / one.file).read_text(encoding="utf-8")) for one in scored]
    if not texts:
        return NOT_PRESENT
    best = min(_round(texts) for _ in range(3))
    return {"words_per_second": round(sum(one.words for one in scored) / best)}


def _round(texts: list[tuple[str, str]]) -> float:
    started = time.process_time()
    for name, text in texts:
        lint_text(name, text)
    return time.process_time() - started


def show(folder: Path, scored: list[Scored]) -> None:
    """Print what was wrongly found, and what was not found."""
    for one in scored:
        text = (folder / one.file).read_text(encoding="utf-8")
        for severity, rule, at in one.false_alarms(0):
            print(f"ALARM {severity} {rule:16} {one.file}: {' '.join(text[max(0, at - 60) : at + 140].split())}")
        for flag in one.flags:
            if not one.met(flag, 1):
                told = " ".join(text[flag.start : flag.end].split())
                print(f"MISSED {flag.severity} {flag.label:16} {one.file}: {told[:220]}")


def _places(text: str, sentence: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in sentence.split())
    return [found.span() for found in re.finditer(pattern, text)]


def _starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _names(path: Path) -> list[str]:
    held = json.loads(path.read_text(encoding="utf-8"))
    rows = held.get("documents", held) if isinstance(held, dict) else held
    return [row["file"] if isinstance(row, dict) else str(row) for row in rows]


if __name__ == "__main__":
    main()
