"""From the numbers of word pieces to a vector of a sentence: a small transformer in plain numpy.

A post-norm encoder after Devlin et al. 2018 (BERT), of which the first layers are kept; the last layer asks with the
begin mark alone. Weights are stored as bytes with one scale a row, and multiplied as float32. One text at a time: a
batch would pad. Misleads where a text is longer than what it was taught: the middle is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]

_HEADS = 12
_TINY = np.float32(1e-12)


@dataclass(frozen=True)
class _Dense:
    weight: Floats  # (from, to)
    bias: Floats

    def __call__(self, states: Floats) -> Floats:
        return states @ self.weight + self.bias


@dataclass(frozen=True)
class _Norm:
    weight: Floats
    bias: Floats

    def __call__(self, states: Floats) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _TINY)
        normed: Floats = centred / spread * self.weight + self.bias
        return normed


@dataclass(frozen=True)
class Layer:
    """One layer, normalised after each half."""

    query: _Dense
    key: _Dense
    value: _Dense
    out: _Dense
    norm_1: _Norm
    up: _Dense
    down: _Dense
    norm_2: _Norm

    def __call__(self, states: Floats, asking: Floats) -> Floats:
        asking = self.mixed(states, asking)
        return self.norm_2(asking + self.down(self.inner(asking)))

    def mixed(self, states: Floats, asking: Floats) -> Floats:
        """What asks, with what it found in the states, (asking, size)."""
        found = _attend(self.query(asking), self.key(states), self.value(states))
        return self.norm_1(asking + self.out(found))

    def inner(self, asking: Floats) -> Floats:
        """The inner states, (asking, inner)."""
        inner = self.up(asking)
        # A gelu by a sigmoid: one exponential in place of an error function (Hendrycks & Gimpel 2016).
        inner /= 1 + np.exp(np.float32(-1.702) * inner)
        return inner


@dataclass(frozen=True)
class Encoder:
    """Layers and tables. `pieces` stays in bytes, (pieces, size), with one scale a row."""

    pieces: NDArray[np.int8]
    scales: Floats
    places: Floats
    norm: _Norm
    layers: tuple[Layer, ...]

    @property
    def longest(self) -> int:
        """How many pieces a text may have."""
        return len(self.places)

    def encode(self, numbers: Sequence[int]) -> Floats:
        """The last layer's begin mark beside the mean of the layer before, (2 size)."""
        states = self.states(numbers)
        for layer in self.layers[:-1]:
            states = layer(states, states)
        last = self.layers[-1](states, states[:1])[0]
        return np.concatenate([last, states.mean(axis=0)])

    def states(self, numbers: Sequence[int]) -> Floats:
        """The states before the first layer, (pieces, size)."""
        rows = np.asarray(numbers)
        states = self.pieces[rows] * self.scales[rows, None] + self.places[: len(rows)]
        return self.norm(states.astype(np.float32))


def read_encoder(arrays: Arrays) -> Encoder:
    """The encoder whose parts `bench/train_coach.py` wrote, by name. Raises KeyError on a part that is missing."""
    count = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("layers."))
    return Encoder(
        pieces=arrays["pieces.weight"],
        scales=arrays["pieces.weight.scale"],
        places=_floats(arrays, "places.weight"),
        norm=_norm(arrays, "norm"),
        layers=tuple(_layer(arrays, f"layers.{number}") for number in range(count)),
    )


def _layer(arrays: Arrays, name: str) -> Layer:
    return Layer(
        query=_dense(arrays, f"{name}.query"),
        key=_dense(arrays, f"{name}.key"),
        value=_dense(arrays, f"{name}.value"),
        out=_dense(arrays, f"{name}.out"),
        norm_1=_norm(arrays, f"{name}.norm_1"),
        up=_dense(arrays, f"{name}.up"),
        down=_dense(arrays, f"{name}.down"),
        norm_2=_norm(arrays, f"{name}.norm_2"),
    )


def _dense(arrays: Arrays, name: str) -> _Dense:
    weight = np.ascontiguousarray(_floats(arrays, f"{name}.weight").T)
    return _Dense(weight, arrays[f"{name}.bias"].astype(np.float32))


def _norm(arrays: Arrays, name: str) -> _Norm:
    return _Norm(arrays[f"{name}.weight"].astype(np.float32), arrays[f"{name}.bias"].astype(np.float32))


def _floats(arrays: Arrays, name: str) -> Floats:
    scales: Floats = arrays[f"{name}.scale"][:, None]
    floats: Floats = arrays[name].astype(np.float32) * scales
    return floats


def _attend(query: Floats, key: Floats, value: Floats) -> Floats:
    """Scaled dot products, head by head; `query` (asking, size), the others (texts' pieces, size)."""
    query, key, value = (part.reshape(len(part), _HEADS, -1).transpose(1, 0, 2) for part in (query, key, value))
    weights = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    mixed = weights @ value
    joined: Floats = mixed.transpose(1, 0, 2).reshape(query.shape[1], -1)
    return joined
