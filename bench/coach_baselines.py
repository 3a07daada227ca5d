"""What simpler readers say of the same texts: a list of words, a sentiment lexicon, word counts with a regression.

The last two need the packages of `pip install -e . --group bench`; without them they are left out.
"""

import importlib
import importlib.util
import json
from collections.abc import Callable, Sequence

from blame_items import DATA, Item, read_items
from secondstory.blameless.words import plain

Flags = Callable[[Sequence[Item]], Sequence[bool]]

WORDS: tuple[str, ...] = tuple(json.loads((DATA / "keywords.json").read_text(encoding="utf-8")))


def baselines() -> dict[str, Flags]:
    """The baselines that can run here, by name."""
    found: dict[str, Flags] = {"keywords": _keywords}
    if _is_there("vaderSentiment"):
        found["vader"] = _vader
    if _is_there("sklearn"):
        found["tfidf_regression"] = _regression
    return found


def _is_there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _keywords(items: Sequence[Item]) -> list[bool]:
    return [any(word in plain(item.utterance.text) for word in WORDS) for item in items]


def _vader(items: Sequence[Item]) -> list[bool]:
    reader = importlib.import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return [reader.polarity_scores(item.utterance.text)["compound"] < -0.05 for item in items]


def _regression(items: Sequence[Item]) -> list[bool]:
    """Words and pairs of words, learnt from the same training data as the coach."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    linear = importlib.import_module("sklearn.linear_model")
    taught = [item for path in sorted(DATA.glob("*.jsonl")) for item in read_items(path)]
    counts = text.TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    model = linear.LogisticRegression(class_weight="balanced", max_iter=1000)
    model.fit(counts.fit_transform([t.utterance.text for t in taught]), [t.needs_reply for t in taught])
    return [bool(flag) for flag in model.predict(counts.transform([item.utterance.text for item in items]))]
