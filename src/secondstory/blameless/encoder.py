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
        states -= states.mean(axis=-1, keepdims=True)
        spread = np.einsum("ij,ij->i", states, states)[:, None]
        states /= np.sqrt(spread / np.float32(states.shape[1]) + _TINY)
        states *= self.weight
        states += self.bias
        return states


@dataclass(frozen=True)
class Layer:
    """One layer, normalised after each half; query, key and value come from one product."""

    asks: _Dense  # (size, 3 size); the query is scaled already
    out: _Dense
    norm_1: _Norm
    up: _Dense
    down: _Dense
    norm_2: _Norm

    def __call__(self, states: Floats) -> Floats:
        return self._second_half(self.mixed(states))

    def first(self, states: Floats) -> Floats:
        """What the layer makes of the first piece alone, (1, size)."""
        return self._second_half(self.first_mixed(states))

    def mixed(self, states: Floats) -> Floats:
        """Each state with what it found in all, (pieces, size)."""
        asked = self.asks(states).reshape(len(states), 3, _HEADS, -1)
        query, key, value = asked.transpose(1, 2, 0, 3)
        # Keys stand in rows: numpy sums over rows at a time, and would sum along each one by one.
        shares = _shares(key @ query.transpose(0, 2, 1), axis=1)
        found: Floats = np.empty_like(states)
        np.matmul(shares.transpose(0, 2, 1), value, out=found.reshape(len(states), _HEADS, -1).transpose(1, 0, 2))
        return self._first_half(found, states)

    def first_mixed(self, states: Floats) -> Floats:
        """The same for the first piece alone, (1, size): what asks for keys is taken to the states, not they to it."""
        size = states.shape[1]
        query, key, value = self.asks.weight.reshape(size, 3, _HEADS, -1).transpose(1, 2, 0, 3)
        by_query, _, by_value = self.asks.bias.reshape(3, _HEADS, -1)
        asking = states[0] @ query + by_query  # (heads, part); the bias of keys is the same for each of them
        looked_for = (key @ asking[:, :, None])[:, :, 0]  # (heads, size)
        shares = _shares(looked_for @ states.T, axis=1)
        seen: Floats = shares @ states  # (heads, size)
        found: Floats = (seen[:, None] @ value)[:, 0]
        found += by_value
        return self._first_half(found.reshape(1, size), states[:1])

    def inner(self, mixed: Floats) -> Floats:
        """The inner states, (asking, inner)."""
        inner = self.up(mixed)
        # A gelu by a sigmoid: one exponential in place of an error function (Hendrycks & Gimpel 2016).
        falls = np.multiply(inner, np.float32(-1.702))
        np.exp(falls, out=falls)
        falls += np.float32(1)
        inner /= falls
        return inner

    def _first_half(self, found: Floats, states: Floats) -> Floats:
        halfway = self.out(found)
        halfway += states
        return self.norm_1(halfway)

    def _second_half(self, mixed: Floats) -> Floats:
        done = self.down(self.inner(mixed))
        done += mixed
        return self.norm_2(done)


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
            states = layer(states)
        last = self.layers[-1].first(states)[0]
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
    parts = [_dense(arrays, f"{name}.{part}") for part in ("query", "key", "value")]
    asks = _Dense(np.concatenate([p.weight for p in parts], axis=1), np.concatenate([p.bias for p in parts]))
    size = len(asks.weight)
    scale = np.float32(np.sqrt(_HEADS / size))  # of scaled dot products
    asks.weight[:, :size] *= scale
    asks.bias[:size] *= scale
    return Layer(
        asks=asks,
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


def _shares(weights: Floats, axis: int) -> Floats:
    """Their softmax, written over them."""
    weights -= weights.max(axis=axis, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=axis, keepdims=True)
    return weights
