"""Judges the grades of a rehearsal against sixty answers that people graded before there was a scorer.

`python bench/rehearsal.py [--data FILE] [--out FILE]` tells Spearman's rank correlation, with a 95 % interval from
resampling cues (answers to one cue are not independent), on the held-out half and apart on the half that was looked at
while the scorer was built; beside it, whether good, weak and bad agree, and each answer that lies far off.
"""

import argparse
import json
import platform
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from secondstory.blameless.rehearsal.scoring import GOOD, WEAK, score
from secondstory.blameless.rehearsal.situation import Situation
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.rehearsal import HardMoment
from secondstory.model.utterance import Utterance, Verdict

DATA = Path(__file__).parent / "data" / "graded_answers.jsonl"
RESAMPLES = 2000
FAR = 25  # points


@dataclass(frozen=True)
class Graded:
    """An answer with the grade that a person gave and the one that was reckoned."""

    id: str
    cue: str
    by_person: int
    reckoned: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.data.read_text(encoding="utf-8").splitlines()]
    told = {
        "about": "Grades and scorer have one author; the halves share no cue. An independent grader may differ more.",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **{half: judged([graded(row) for row in rows if row["split"] == half]) for half in ("held_out", "development")},
    }
    text = json.dumps(told, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


def graded(row: dict[str, object]) -> Graded:
    """One line of the file with its reckoned grade."""
    facts = row["facts"]
    assert isinstance(facts, list)
    scenes = tuple(Scene(str(at), tuple(sorted(fact.items())), ()) for at, fact in enumerate(facts))
    sheet = FactSheet("graded", "graded", scenes)
    situation = Situation(str(row["cue"]), HardMoment(row["moment"]), sheet, tuple(row["roles"]))  # type: ignore[arg-type]  # JSON
    return Graded(
        str(row["id"]), str(row["cue"]), int(row["grade"]), score(situation, str(row["answer"]), unread).grade
    )  # type: ignore[call-overload]  # JSON


def unread(_utterance: Utterance) -> Verdict:
    """No coach beside the scorer: what it alone can do."""
    return Verdict()


def judged(answers: list[Graded]) -> dict[str, object]:
    """The figures of one half."""
    low, high = interval(answers)
    return {
        "answers": len(answers),
        "spearman": round(rank_correlation(answers), 3),
        "ci95": [round(low, 3), round(high, 3)],
        "mean_absolute_error_points": round(
            sum(abs(one.by_person - one.reckoned) for one in answers) / len(answers), 1
        ),
        "band_agrees_ratio": round(sum(band(one.by_person) == band(one.reckoned) for one in answers) / len(answers), 3),
        "far_off": [
            {"id": one.id, "by_person": one.by_person, "reckoned": one.reckoned}
            for one in answers
            if abs(one.by_person - one.reckoned) > FAR
        ],
    }


def band(grade: int) -> str:
    return "good" if grade >= GOOD else "weak" if grade >= WEAK else "bad"


def rank_correlation(answers: list[Graded]) -> float:
    return float(spearmanr([one.by_person for one in answers], [one.reckoned for one in answers])[0])


def interval(answers: list[Graded]) -> tuple[float, float]:
    """95 %, by resampling cues with all their answers."""
    cues = sorted({one.cue for one in answers})
    draw = random.Random(1)
    values = []
    for _ in range(RESAMPLES):
        chosen = [one for cue in draw.choices(cues, k=len(cues)) for one in answers if one.cue == cue]
        values.append(rank_correlation(chosen))
    low, high = np.nanquantile(values, (0.025, 0.975))
    return float(low), float(high)


if __name__ == "__main__":
    main()
