"""Scores what is read in whole meetings against what their authors say is in them.

`score_meetings(FOLDER)` reads every `*.vtt` with a `*.gold.json` beside it; the participants of the gold, with their
roles, are given to the reader as a facilitator would give them.

Texts match where their content words (without small words, endings cut off) overlap by a third of the shorter one, and
their cues lie within eight of each other; each item counts once, the best overlap first. Beside it stands the same by
cue alone, within three. Owner and due date are scored on matched actions: owners by equal name, due dates by half of
their words (numbers as digits), both missing counting as equal. An executive's question matches by its very cue. A
claim matches within one cue; a group of competing claims counts as found where one of ours holds two of its claims.
"""

import argparse
import json
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from secondstory.blameless.meeting.reading import conversation_of
from secondstory.blameless.meeting.speech import content_words
from secondstory.blameless.meeting.voices import facilitator_of
from secondstory.model.conversation import Consent, Conversation
from secondstory.model.transcript import Participant, Transcript
from secondstory.model.utterance import SpeakerRole
from secondstory.sources.reading.meetings import transcript_of
from secondstory.wiring import coach

OVERLAP = 1 / 3
NEAR_CUES = 8
CUE_SLACK = 3
Item = tuple[int, str]  # cue, text
Pairs = list[tuple[int, int]]  # places in gold and in ours

_NUMBER_WORDS = (
    "zero one/first two/second three/third four/fourth five/fifth six/sixth seven/seventh eight/eighth nine/ninth "
    "ten/tenth eleven/eleventh twelve/twelfth thirteen/thirteenth fourteen/fourteenth fifteen/fifteenth "
    "sixteen/sixteenth seventeen/seventeenth eighteen/eighteenth nineteen/nineteenth twenty/twentieth"
)
_SMALL_WORDS = "the a an of by on in at until before for this next within to say"
_NUMBERS = {word: str(number) for number, words in enumerate(_NUMBER_WORDS.split()) for word in words.split("/")}
_SMALL = frozenset(_SMALL_WORDS.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="with *.vtt and *.gold.json")
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was too much")
    arguments = parser.parse_args()
    if arguments.misses:
        _print_misses(arguments.folder)
    print(json.dumps(score_meetings(arguments.folder), indent=2))


def score_meetings(folder: Path) -> dict[str, object]:
    """Precision, recall and F1 of each analysis over all meetings of a folder; counts stand beside them."""
    meetings = list(_meetings(folder))
    scores: dict[str, object] = {"meetings": len(meetings)}
    for name, gold_of, ours_of in _KINDS:
        by_text, by_cue = Tally(), Tally()
        for gold, _, ours in meetings:
            wanted, found = gold_of(gold), ours_of(ours)
            by_text.add(wanted, found, _pairs(wanted, found))
            by_cue.add(wanted, found, _pairs_by_cue(wanted, found, CUE_SLACK))
        scores[name] = by_text.told() | {"by_cue": by_cue.told()}
    scores["actions_of_matched"] = _owner_and_due(meetings)
    scores["executive_questions"] = _questions(meetings)
    scores["claims"], scores["competing_groups"] = _claims(meetings)
    scores["never_spoke"] = _never_spoke(meetings)
    scores["shares"] = _shares(meetings)
    scores["facilitator_inferred"] = _inferred(meetings)
    return scores


class Tally:
    """Counts over all meetings."""

    def __init__(self) -> None:
        self.gold = self.ours = self.hits = 0

    def add(self, gold: Sequence[object], ours: Sequence[object], pairs: Sequence[object]) -> None:
        self.gold += len(gold)
        self.ours += len(ours)
        self.hits += len(pairs)

    def told(self) -> dict[str, object]:
        precision = self.hits / self.ours if self.ours else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        ratios = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
        return ratios | {"gold": self.gold, "found": self.ours, "matched": self.hits}


Meeting = tuple[dict, Transcript, Conversation]


def _meetings(folder: Path) -> Iterable[Meeting]:
    judge = coach().judge
    for path in sorted(folder.glob("*.vtt")):
        beside = path.with_name(f"{path.stem}.gold.json")
        if beside.exists():
            gold = json.loads(beside.read_text())
            people = tuple(Participant(one["name"], SpeakerRole(one["role"])) for one in gold["participants"])
            transcript = replace(transcript_of(path.name, path.read_bytes()), participants=people)
            yield gold, transcript, conversation_of(transcript, judge, lambda *_: ())


def _items(key: str) -> Callable[[dict], list[Item]]:
    return lambda gold: [(one["cue"], one["text"]) for one in gold[key]]


_KINDS: tuple[tuple[str, Callable[[dict], list[Item]], Callable[[Conversation], list[Item]]], ...] = (
    ("decisions", _items("decisions"), lambda ours: [(one.cue, one.text) for one in ours.agreements]),
    ("actions", _items("action_items"), lambda ours: [(one.cue, one.text) for one in _taken(ours)]),
    ("parking_lot", _items("parking_lot"), lambda ours: [(one.cue, one.text) for one in ours.parked]),
)


def _taken(ours: Conversation) -> list:
    return [one for one in ours.commitments if one.consent is not Consent.DECLINED]


def _pairs(gold: Sequence[Item], ours: Sequence[Item]) -> Pairs:
    scored = [
        (_overlap(wanted[1], found[1]), -abs(wanted[0] - found[0]), here, there)
        for here, wanted in enumerate(gold)
        for there, found in enumerate(ours)
        if abs(wanted[0] - found[0]) <= NEAR_CUES
    ]
    return _best([(score, near, here, there) for score, near, here, there in scored if score >= OVERLAP])


def _pairs_by_cue(gold: Sequence[Item], ours: Sequence[Item], slack: int) -> Pairs:
    return _best(
        [
            (0.0, -abs(wanted[0] - found[0]), here, there)
            for here, wanted in enumerate(gold)
            for there, found in enumerate(ours)
            if abs(wanted[0] - found[0]) <= slack
        ]
    )


def _best(scored: list[tuple[float, int, int, int]]) -> Pairs:
    """Each place at most once, the best first."""
    pairs: Pairs = []
    for _, _, here, there in sorted(scored, key=lambda one: (-one[0], -one[1], one[2], one[3])):
        if all(here != taken and there != other for taken, other in pairs):
            pairs.append((here, there))
    return pairs


def _overlap(wanted: str, found: str) -> float:
    one, other = content_words(wanted), content_words(found)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _owner_and_due(meetings: list[Meeting]) -> dict[str, object]:
    owners, dues, both = [], [], 0
    for gold, _, ours in meetings:
        wanted, found = gold["action_items"], _taken(ours)
        for here, there in _pairs(_items("action_items")(gold), [(one.cue, one.text) for one in found]):
            owners.append(_same_name(wanted[here]["owner"], found[there].owner))
            dues.append(_same_due(wanted[here]["due"], found[there].due))
            both += owners[-1] and dues[-1]
    count = max(len(owners), 1)
    told = {"owner": sum(owners) / count, "due": sum(dues) / count, "both": both / count}
    return {name: round(ratio, 3) for name, ratio in told.items()} | {"matched": len(owners)}


def _same_name(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()


def _same_due(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return not one and not other
    wanted, found = _due_words(one), _due_words(other)
    return 2 * len(wanted & found) >= max(len(wanted), len(found))


def _due_words(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    plain = (re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", _NUMBERS.get(word, word)) for word in words if word not in _SMALL)
    return frozenset(word.removesuffix("s") for word in plain)


def _questions(meetings: list[Meeting]) -> dict[str, object]:
    every, facts, pressure, sorted_right = Tally(), Tally(), Tally(), 0
    for gold, _, ours in meetings:
        wanted = {one["cue"]: one["is_blame"] for one in gold["executive_questions"]}
        found = {one.cue: one.is_pressure for one in ours.questions}
        every.add(list(wanted), list(found), [cue for cue in wanted if cue in found])
        sorted_right += sum(found.get(cue) == is_blame for cue, is_blame in wanted.items())
        for tally, kind in ((facts, False), (pressure, True)):
            gold_cues = {cue for cue, is_blame in wanted.items() if is_blame is kind}
            our_cues = {cue for cue, is_pressure in found.items() if is_pressure is kind}
            tally.add(list(gold_cues), list(our_cues), list(gold_cues & our_cues))
    kinds = {"fact": facts.told(), "pressure": pressure.told()}
    return every.told() | kinds | {"kind_right_ratio": round(sorted_right / max(every.hits, 1), 3)}


def _claims(meetings: list[Meeting]) -> tuple[dict[str, object], dict[str, object]]:
    claims, groups = Tally(), Tally()
    for gold, _, ours in meetings:
        wanted = [(one["cue"], one["cause"]) for one in gold["causal_claims"]]
        found = [(one.cue, one.text) for group in ours.claims for one in group]
        claims.add(wanted, found, _pairs_by_cue(wanted, found, 1))
        cue_of = {one["claim_id"]: one["cue"] for one in gold["causal_claims"]}
        gold_groups = [[cue_of[name] for name in group] for group in gold["competing_claim_groups"]]
        our_groups = [[one.cue for one in group] for group in ours.claims]
        met = [group for group in gold_groups if any(sum(_near(cue, mine) for cue in group) > 1 for mine in our_groups)]
        groups.add(gold_groups, our_groups, met)
    return claims.told(), groups.told()


def _near(cue: int, cues: Iterable[int]) -> bool:
    return any(abs(cue - other) <= 1 for other in cues)


def _never_spoke(meetings: list[Meeting]) -> dict[str, object]:
    tally = Tally()
    for gold, _, ours in meetings:
        if ours.unnamed_cues == 0:  # a file that names nobody cannot tell
            silent = {voice.name for voice in ours.voices if voice.cues == 0}
            tally.add(gold["never_spoke"], list(silent), list(silent & set(gold["never_spoke"])))
    return tally.told()


def _shares(meetings: list[Meeting]) -> dict[str, object]:
    errors = [
        abs(voice.share_ratio - gold["talk_stats"][voice.name]["share"])
        for gold, _, ours in meetings
        if ours.unnamed_cues == 0
        for voice in ours.voices
        if voice.name in gold["talk_stats"]
    ]
    return {
        "mean_error": round(statistics.fmean(errors), 4) if errors else None,
        "worst_error": round(max(errors), 4) if errors else None,
        "speakers": len(errors),
    }


def _inferred(meetings: list[Meeting]) -> dict[str, int]:
    """How often the text alone tells who leads: right, wrong, not told."""
    counts = {"right": 0, "wrong": 0, "not_told": 0}
    for gold, transcript, _ in meetings:
        leads = facilitator_of(replace(transcript, participants=()))
        true = {one["name"] for one in gold["participants"] if one["role"] == "facilitator"}
        counts["not_told" if leads is None else "right" if leads in true else "wrong"] += 1
    return counts


def _print_misses(folder: Path) -> None:
    for gold, _, ours in _meetings(folder):
        for name, gold_of, ours_of in _KINDS:
            wanted, found = gold_of(gold), ours_of(ours)
            pairs = _pairs(wanted, found)
            _print_items(f"{gold['id']} {name} missed  ", wanted, {here for here, _ in pairs})
            _print_items(f"{gold['id']} {name} too much", found, {there for _, there in pairs})
        asked = {one.cue for one in ours.questions}
        gold_asked = {one["cue"] for one in gold["executive_questions"]}
        print(gold["id"], "questions missed", sorted(gold_asked - asked), "too many", sorted(asked - gold_asked))
        claimed = [[one.cue for one in group] for group in ours.claims]
        print(gold["id"], "claims", [one["cue"] for one in gold["causal_claims"]], "ours", claimed)


def _print_items(lead: str, items: Sequence[Item], met: set[int]) -> None:
    for place, (cue, text) in enumerate(items):
        if place not in met:
            print(f"{lead} {cue:4} {text}")


if __name__ == "__main__":
    main()
