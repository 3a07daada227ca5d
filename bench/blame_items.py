"""From a folder of labelled texts to items: every *.jsonl, and every *.vtt with its *.gold.json.

The labels' names in the data are mapped to the product's by `data/blame/labels.json`.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondstory.model.utterance import Channel, Label, SpeakerRole, Utterance

DATA = Path(__file__).parent / "data" / "blame"
NAMES: dict[str, str] = json.loads((DATA / "labels.json").read_text(encoding="utf-8"))
TURN = re.compile(r"^(?:<v ([^>]+)>|([A-Z][\w .'\-]{1,40}): )", re.UNICODE)


@dataclass(frozen=True)
class Item:
    """One utterance, and what people read in it. `group` keeps together what tells of the same scenario."""

    utterance: Utterance
    labels: frozenset[Label]
    severity: int
    phenomenon: str
    group: str
    is_gray: bool
    target: str | None

    @property
    def needs_reply(self) -> bool:
        """Whether a reply is asked for; self-blame asks for support in its place."""
        return bool(self.labels - {Label.SELF_BLAME})


def read_items(path: Path) -> list[Item]:
    """The items of one *.jsonl. Raises ValueError on a label that is not known."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_item(json.loads(line), path.stem) for line in lines if line.strip()]


def read_meeting(path: Path) -> list[Item]:
    """The cues of one meeting, each with the two before it, and the labels that its gold file gives them."""
    gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8"))
    roles = {who["name"]: who["role"] for who in gold["participants"]}
    marked = {cue["cue"]: cue for cue in gold["blame_cues"]}
    items: list[Item] = []
    before: list[str] = []
    cues = _cues(path)
    people = sorted({name for speaker, _ in cues for name in (speaker or "").split()})
    for number, (speaker, text) in enumerate(cues, start=1):
        cue = marked.get(number, {})
        record = {
            "text": text,
            "context": before[-2:],
            "people": people,
            "channel": "meeting",
            "speaker_role": roles.get(speaker or cue.get("speaker", ""), "unknown"),
            "label": cue.get("labels", ["none"]),
            "severity": cue.get("severity", 0),
            "gray": cue.get("gray", False),
            "target_span": cue.get("target_span"),
            "phenomenon": "cue",
        }
        items.append(_item(record, path.stem))
        before.append(text)
    return items


def _cues(path: Path) -> list[tuple[str | None, str]]:
    """Speaker, where the file names one, and text of each cue: what stands below a line of times."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    cues = []
    for block in blocks:
        lines = block.strip().splitlines()
        times = next((at for at, line in enumerate(lines) if "-->" in line), None)
        if times is None:
            continue
        text = " ".join(lines[times + 1 :]).strip()
        turn = TURN.match(text)
        speaker = (turn.group(1) or turn.group(2)) if turn else None
        cues.append((speaker, re.sub(r"</?[^>]+>", "", text[turn.end() :] if turn else text).strip()))
    return cues


def _item(record: dict[str, Any], group: str) -> Item:
    names = [name for name in record["label"] if name != "none"]
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        raise ValueError(f"{group}: labels {unknown} are not in {DATA / 'labels.json'}.")
    role = record.get("speaker_role", "unknown")
    return Item(
        utterance=Utterance(
            text=record["text"],
            context=tuple(record.get("context") or ()),
            channel=Channel(record.get("channel", "meeting")),
            speaker_role=SpeakerRole(role if role in set(SpeakerRole) else "unknown"),
            people=tuple(record.get("people") or ()),
        ),
        labels=frozenset(Label(NAMES[name]) for name in names),
        severity=int(record.get("severity") or 0),
        phenomenon=record.get("phenomenon") or "",
        group=(record.get("id") or group).rsplit("-", 1)[0],
        is_gray=bool(record.get("gray")),
        target=record.get("target_span"),
    )
