"""The encoder's arithmetic and its word pieces, on weights small enough to reckon with."""

import numpy as np

from secondstory.blameless.encoder import read_encoder
from secondstory.blameless.wordpiece import WordPieces

PIECES = WordPieces(("[UNK]", "[CLS]", "[SEP]", "roll", "##back", "##ed", "we", "'", "naive", "10", ":", "04"))
SIZE, INNER = 24, 36


def numbers_of(text: str, at_most: int = 48) -> list[str]:
    return [PIECES.pieces[number] for number in PIECES.encode(text, at_most)]


def test_the_longest_piece_is_taken_and_what_is_unknown_is_one_unknown() -> None:
    assert numbers_of("We rollbacked") == ["[CLS]", "we", "roll", "##back", "##ed", "[SEP]"]
    assert numbers_of("rolling 10:04") == ["[CLS]", "[UNK]", "10", ":", "04", "[SEP]"]


def test_accents_and_curly_quotes_are_those_of_plain_letters() -> None:
    assert numbers_of("naïve ’") == ["[CLS]", "naive", "'", "[SEP]"]


def test_of_a_long_text_the_middle_is_left_out() -> None:
    assert numbers_of("we " * 20 + "roll", 6) == ["[CLS]", "we", "we", "we", "roll", "[SEP]"]


def parts() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(7)
    shapes = {"pieces": (12, SIZE), "places": (8, SIZE)}
    found: dict[str, np.ndarray] = {}
    for layer in ("layers.0", "layers.1"):
        shapes |= {f"{layer}.{part}": (SIZE, SIZE) for part in ("query", "key", "value", "out")}
        shapes |= {f"{layer}.up": (INNER, SIZE), f"{layer}.down": (SIZE, INNER)}
    for name, shape in shapes.items():
        found[f"{name}.weight"] = draw.integers(-127, 127, shape).astype(np.int8)
        found[f"{name}.weight.scale"] = np.full(shape[0], 0.002, np.float32)
        found[f"{name}.bias"] = draw.normal(size=shape[0]).astype(np.float32)
    for name in ("norm", *(f"layers.{n}.norm_{m}" for n in (0, 1) for m in (1, 2))):
        found[f"{name}.weight"], found[f"{name}.bias"] = np.ones(SIZE, np.float32), np.zeros(SIZE, np.float32)
    return found


def test_a_text_comes_to_two_vectors_and_always_the_same() -> None:
    encoder = read_encoder(parts())
    found = encoder.encode([1, 6, 3, 2])
    assert found.shape == (2 * SIZE,)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert (found == encoder.encode([1, 6, 3, 2])).all()


def test_the_order_of_words_matters() -> None:
    encoder = read_encoder(parts())
    assert not np.allclose(encoder.encode([1, 6, 3, 2]), encoder.encode([1, 3, 6, 2]))


def test_it_is_the_published_formulas_written_out_head_by_head() -> None:
    stored = parts()
    numbers = [1, 6, 3, 2]
    assert np.allclose(read_encoder(stored).encode(numbers), written_out(stored, numbers), atol=1e-4)


def written_out(stored: dict[str, np.ndarray], numbers: list[int]) -> np.ndarray:
    """The same in double precision, one head and one asking piece at a time (Devlin et al. 2018)."""
    states = normed(weight(stored, "pieces")[numbers] + weight(stored, "places")[: len(numbers)])
    before = states
    for layer in ("layers.0", "layers.1"):
        before = states
        states = np.stack([one_state(stored, layer, states, at) for at in range(len(numbers))])
    return np.concatenate([states[0], before.mean(axis=0)])


def one_state(stored: dict[str, np.ndarray], layer: str, states: np.ndarray, at: int) -> np.ndarray:
    query, key, value = (dense(stored, f"{layer}.{part}", states) for part in ("query", "key", "value"))
    found = []
    for head in range(12):
        cut = slice(head * SIZE // 12, (head + 1) * SIZE // 12)
        shares = np.exp(key[:, cut] @ query[at, cut] / np.sqrt(SIZE / 12))
        found.append(shares / shares.sum() @ value[:, cut])
    mixed = normed(states[at] + dense(stored, f"{layer}.out", np.concatenate(found)))
    inner = dense(stored, f"{layer}.up", mixed)
    return normed(mixed + dense(stored, f"{layer}.down", inner / (1 + np.exp(-1.702 * inner))))


def dense(stored: dict[str, np.ndarray], name: str, states: np.ndarray) -> np.ndarray:
    return states @ weight(stored, name).T + stored[f"{name}.bias"]


def weight(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    return stored[f"{name}.weight"].astype(float) * stored[f"{name}.weight.scale"][:, None]


def normed(states: np.ndarray) -> np.ndarray:
    return (states - states.mean(-1, keepdims=True)) / states.std(-1, keepdims=True)
