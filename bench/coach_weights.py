"""Writes a trained network as the one file that the package ships: bytes with a scale a row, and their making."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from blame_items import Item
from coach_network import SIZE, Network
from secondstory.blameless.wordpiece import WordPieces

AXES = 48  # of the space in which examples are near each other
LONGEST_EXAMPLE = 110  # letters


def write_weights(
    path: Path, network: Network, pieces: WordPieces, examples: tuple[list[Item], Tensor], settings: dict[str, Any]
) -> None:
    """`examples` come with their vectors, (examples, 2 SIZE)."""
    arrays = dict(_parts(network))
    items, vectors = examples
    axes, at = _space(vectors.numpy())
    arrays |= {"axes": axes, "examples_at": at}
    table = [(item.utterance.text, sorted(label.value for label in item.labels)) for item in items]
    arrays["examples"] = as_bytes(json.dumps(table, ensure_ascii=False))
    arrays["vocabulary"] = as_bytes("\n".join(pieces.pieces))
    arrays["settings"] = as_bytes(json.dumps(settings, sort_keys=True))
    path.write_bytes(packed(arrays))


def _parts(network: Network) -> list[tuple[str, np.ndarray]]:
    found: list[tuple[str, np.ndarray]] = []
    for name, tensor in network.state_dict().items():
        values = tensor.numpy()
        if values.ndim == 2 and not name.startswith("head"):
            scale = np.abs(values).max(axis=1) / 127 + 1e-12
            found.append((name, np.round(values / scale[:, None]).astype(np.int8)))
            found.append((f"{name}.scale", scale.astype(np.float32)))
        else:
            found.append((name, values.astype(np.float32)))
    return found


def _space(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The axes along which the examples differ most, (2 SIZE, AXES), and each example there, of length 127."""
    assert vectors.shape[1] == 2 * SIZE
    _, _, turned = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    axes = turned[:AXES].T.astype(np.float16)
    placed = vectors @ axes.astype(np.float32)
    placed /= np.linalg.norm(placed, axis=1, keepdims=True)
    return axes, np.round(placed * 127).astype(np.int8)


def as_bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def packed(arrays: dict[str, np.ndarray]) -> bytes:
    """An .npz without times and in order of name, so that the same weights are the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(arrays):
            part = io.BytesIO()
            np.save(part, np.ascontiguousarray(arrays[name]))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()
