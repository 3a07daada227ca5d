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
        found: Floats = states @ self.weight
        found += self.bias
        return found


@dataclass(frozen=True)
class _Norm:
    weight: Floats
    bias: Floats

    def __call__(self, states: Floats) -> Floats:
        """Writes over the states, which nobody needs any more."""
        size = states.shape[1]
        states -= np.add.reduce(states, axis=1, keepdims=True) / np.float32(size)
        spread = np.vecdot(states, states)[:, None] / np.float32(size) + _TINY
        states *= self.weight / np.sqrt(spread)
        states += self.bias
        return states


@dataclass(frozen=True)
class _Halves:
    """What every layer does with what was found: normalised after each half."""

    out: _Dense
    norm_1: _Norm
    up: _Dense
    down: _Dense
    norm_2: _Norm

    def inner(self, mixed: Floats) -> Floats:
        """The inner states, (asking, inner)."""
        inner = self.up(mixed)
        # A gelu by a sigmoid: one exponential in place of an error function (Hendrycks & Gimpel 2016).
        falls = np.multiply(inner, np.float32(-1.702))
        np.exp(falls, out=falls)
        falls += np.float32(1)
        inner /= falls
        return inner

    def first_half(self, found: Floats, states: Floats) -> Floats:
        """What was found, added to what asked."""
        halfway = self.out(found)
        halfway += states
        return self.norm_1(halfway)

    def second_half(self, mixed: Floats) -> Floats:
        """What comes of it, (asking, size)."""
        done = self.down(self.inner(mixed))
        done += mixed
        return self.norm_2(done)


@dataclass(frozen=True)
class Layer:
    """One layer in which each piece asks; query, key and value come from one product."""

    asks: _Dense  # (size, 3 size); the query is scaled already
    halves: _Halves

    def __call__(self, states: Floats) -> Floats:
        return self.halves.second_half(self.mixed(states))

    def mixed(self, states: Floats) -> Floats:
        """Each state with what it found in all, (pieces, size)."""
        asked = self.asks(states).reshape(len(states), 3, _HEADS, -1)
        query, key, value = asked.transpose(1, 2, 0, 3)
        # Keys stand in rows: numpy sums over rows at a time, and would sum along each one by one.
        shares = _shares(key @ query.transpose(0, 2, 1))
        found: Floats = np.empty_like(states)
        np.matmul(shares.transpose(0, 2, 1), value, out=found.reshape(len(states), _HEADS, -1).transpose(1, 0, 2))
        return self.halves.first_half(found, states)


@dataclass(frozen=True)
class LastLayer:
    """The layer in which the first piece asks alone: its query is taken to the states, not they to keys and values."""

    query: _Dense
    key: Floats  # (heads, part, size); what a bias adds is the same for each key, and falls out
    value: Floats  # (heads, size, part)
    by_value: Floats  # (size)
    halves: _Halves

    def __call__(self, states: Floats) -> Floats:
        return self.halves.second_half(self.mixed(states))

    def mixed(self, states: Floats) -> Floats:
        """The first state with what it found in all, (1, size)."""
        first = states[:1]
        looked_for: Floats = self.query(first).reshape(_HEADS, 1, -1) @ self.key  # (heads, 1, size)
        shares = _shares(states @ looked_for[:, 0].T, axis=0)  # (pieces, heads)
        seen: Floats = shares.T @ states  # (heads, size)
        found: Floats = (seen[:, None] @ self.value).reshape(1, -1)
        found += self.by_value
        return self.halves.first_half(found, first)


@dataclass(frozen=True)
class Encoder:
    """Layers and tables. `pieces` stays in bytes, (pieces, size), with one scale a row."""

    pieces: NDArray[np.int8]
    scales: Floats
    places: Floats
    norm: _Norm
    layers: tuple[Layer, ...]
    last_layer: LastLayer

    @property
    def longest(self) -> int:
        """How many pieces a text may have."""
        return len(self.places)

    def encode(self, numbers: Sequence[int]) -> Floats:
        """The last layer's begin mark beside the mean of the layer before, (2 size)."""
        states = self.states(numbers)
        for layer in self.layers:
            states = layer(states)
        return np.concatenate([self.last_layer(states)[0], states.mean(axis=0)])

    def states(self, numbers: Sequence[int]) -> Floats:
        """The states before the first layer, (pieces, size)."""
        rows = np.asarray(numbers)
        states = self.pieces[rows] * self.scales[rows, None] + self.places[: len(rows)]
        return self.norm(states.astype(np.float32, copy=False))


def read_encoder(arrays: Arrays) -> Encoder:
    """The encoder whose parts `bench/train_coach.py` wrote, by name. Raises KeyError on a part that is missing."""
    count = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("layers."))
    return Encoder(
        pieces=arrays["pieces.weight"],
        scales=arrays["pieces.weight.scale"],
        places=_floats(arrays, "places.weight"),
        norm=_norm(arrays, "norm"),
        layers=tuple(_layer(arrays, f"layers.{number}") for number in range(count - 1)),
        last_layer=_last_layer(arrays, f"layers.{count - 1}"),
    )


def _layer(arrays: Arrays, name: str) -> Layer:
    parts = (_query(arrays, name), _dense(arrays, f"{name}.key"), _dense(arrays, f"{name}.value"))
    weight, bias = (np.concatenate(found, axis=-1) for found in zip(*((p.weight, p.bias) for p in parts), strict=True))
    return Layer(_Dense(weight, bias), _halves(arrays, name))


def _last_layer(arrays: Arrays, name: str) -> LastLayer:
    key, value = (_dense(arrays, f"{name}.{part}") for part in ("key", "value"))
    size = len(key.weight)
    return LastLayer(
        query=_query(arrays, name),
        key=np.ascontiguousarray(key.weight.T).reshape(_HEADS, -1, size),
        value=np.ascontiguousarray(value.weight.reshape(size, _HEADS, -1).transpose(1, 0, 2)),
        by_value=value.bias,
        halves=_halves(arrays, name),
    )


def _query(arrays: Arrays, name: str) -> _Dense:
    """Scaled as dot products are, so that nobody needs to scale those."""
    asks = _dense(arrays, f"{name}.query")
    scale = np.float32(np.sqrt(_HEADS / len(asks.weight)))
    return _Dense(asks.weight * scale, asks.bias * scale)


def _halves(arrays: Arrays, name: str) -> _Halves:
    return _Halves(
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


def _shares(weights: Floats, axis: int = 1) -> Floats:
    """Their softmax, written over them."""
    weights -= np.maximum.reduce(weights, axis=axis, keepdims=True)
    np.exp(weights, out=weights)
    weights /= np.add.reduce(weights, axis=axis, keepdims=True)
    return weights
