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
