"""From an utterance to how likely it needs a reply, and as what: an encoder with one dense head, learnt from examples.

All numbers come from `bench/train_coach.py`. Misleads on jargon and manners that its examples do not have; that is why
rules stand beside it, and why a verdict shows the examples it rests on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from secondstory.blameless.encoder import Arrays, Encoder, Floats, read_encoder
from secondstory.blameless.wordpiece import WordPieces
from secondstory.model.utterance import Channel, Label, SpeakerRole, Utterance

# The order of the features and of the outputs, shared with training.
FEATURES: tuple[SpeakerRole | Channel, ...] = (*SpeakerRole, *Channel)
LABELS = tuple(Label)


@dataclass(frozen=True)
class Example:
    """A sentence it learnt from."""

    text: str
    labels: frozenset[Label]


@dataclass(frozen=True)
class Reading:
    """Logits: that it needs a reply, of each label in the order of LABELS, of a severity of 2 or more and of 3."""

    reply: float
    labels: tuple[float, ...]
    severities: tuple[float, float]
    vector: Floats


@dataclass(frozen=True)
class Classifier:
    """Reads one utterance at a time; holds no state."""

    pieces: WordPieces
    encoder: Encoder
    head: Floats  # (2 size + features, outputs)
    bias: Floats
    examples: tuple[Example, ...]
    examples_at: Floats  # (examples, axes), each of length one
    axes: Floats  # (2 size, axes)
    settings: Mapping[str, Any]  # what was chosen by cross-validation, and what it was made from

    def read(self, utterance: Utterance) -> Reading:
        """What the text is like, on its own."""
        vector = self.encoder.encode(self.pieces.encode(utterance.text, self.encoder.longest))
        kinds = (utterance.speaker_role, utterance.channel)
        features = np.array([feature in kinds for feature in FEATURES], dtype=np.float32)
        logits = (np.concatenate([vector, features]) @ self.head + self.bias).tolist()
        return Reading(logits[0], tuple(logits[1:-2]), (logits[-2], logits[-1]), vector)

    def nearest(self, vector: Floats, labels: frozenset[Label]) -> Example | None:
        """The most similar sentence among those that share a label; None where there is none."""
        ranked = np.argsort(-(self.examples_at @ (vector @ self.axes)), kind="stable")
        shared = (self.examples[number] for number in ranked if self.examples[number].labels & labels)
        return next(shared, None)


def read_classifier(arrays: Arrays) -> Classifier:
    """The classifier whose parts `bench/train_coach.py` wrote. Raises KeyError on a part that is missing."""
    table = json.loads(_text(arrays["examples"]))
    return Classifier(
        pieces=WordPieces(tuple(_text(arrays["vocabulary"]).split("\n"))),
        encoder=read_encoder(arrays),
        head=np.ascontiguousarray(arrays["head.weight"].astype(np.float32).T),
        bias=arrays["head.bias"].astype(np.float32),
        examples=tuple(Example(text, frozenset(Label(name) for name in names)) for text, names in table),
        examples_at=arrays["examples_at"].astype(np.float32) / np.float32(127),
        axes=arrays["axes"].astype(np.float32),
        settings=json.loads(_text(arrays["settings"])),
    )


def _text(stored: NDArray[Any]) -> str:
    return stored.tobytes().decode("utf-8")
