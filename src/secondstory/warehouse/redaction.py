"""Free text to the same text without secrets and personal data, and how often each rule applied.

A cheap search for any rule's hint finds the few texts worth a closer look; only these meet the rules themselves.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.warehouse.redaction_rules import RULES, Rule

_ANY_HINT = "|".join(dict.fromkeys(f"(?:{rule.hint})" for rule in RULES))
_COMPILED = {rule: re.compile(rule.pattern, re.ASCII) for rule in RULES if rule.check is not None}


def redact(texts: pa.Array, times: npt.NDArray[np.int64], *, is_json: bool) -> tuple[pa.Array, Counter[str]]:
    """`texts` (strings, nulls stay) redacted, and matches by rule name; text i counts `times[i]` times.

    With `is_json` every text is a JSON value and remains one.
    """
    counts: Counter[str] = Counter()
    suspect = matching(texts, _ANY_HINT)
    if not suspect.any():
        return texts, counts
    closer, weights = texts.filter(pa.array(suspect)), times[suspect]
    hinted: dict[str, npt.NDArray[np.bool_]] = {}  # several rules share one; what is put in never makes a hint true
    for rule in RULES:
        if rule.plain_only and is_json:
            continue
        if rule.hint not in hinted:
            hinted[rule.hint] = matching(closer, rule.hint)
        here = hinted[rule.hint]
        if not here.any():
            continue
        changed, found = _apply(rule, closer.filter(pa.array(here)), is_json=is_json)
        if found.any():
            closer = pc.replace_with_mask(closer, pa.array(here), changed)
            counts[rule.name] += int(found @ weights[here])
    return (pc.replace_with_mask(texts, pa.array(suspect), closer) if counts else texts), counts


def matching(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    """Which texts hold a match of an RE2 pattern; a null does not."""
    found: npt.NDArray[np.bool_] = (
        pc.match_substring_regex(texts, pattern).fill_null(False).to_numpy(zero_copy_only=False)
    )
    return found


def _apply(rule: Rule, texts: pa.Array, *, is_json: bool) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    if rule.check is not None:
        return _apply_checked(rule, texts, is_json=is_json)
    found = pc.count_substring_regex(texts, rule.pattern).to_numpy().astype(np.int64)
    if not found.any():
        return texts, found
    return pc.replace_substring_regex(texts, rule.pattern, rule.replacement), found


def _apply_checked(rule: Rule, texts: pa.Array, *, is_json: bool) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    pattern, check = _COMPILED[rule], rule.check
    counts = np.zeros(len(texts), dtype=np.int64)
    changed = []
    for position, text in enumerate(texts.to_pylist()):

        def replacement(match: re.Match[str], position: int = position) -> str:
            if check is None or not check(match):
                return match.group()
            counts[position] += 1
            filled = match.expand(rule.replacement)
            # A bare JSON number becomes a JSON string.
            return f'"{filled}"' if is_json and not _within_quotes(match) else filled

        changed.append(pattern.sub(replacement, text))
    return pa.array(changed, pa.string()), counts


def _within_quotes(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return len(re.findall(r'(?<!\\)(?:\\\\)*"', before)) % 2 == 1
