"""Finds which masked log lines say the same but for a word, such as a name without a digit, and gives their template.

Idea: lines of one structure (the same marks between as many words) are divided at the place where they use the fewest
words, until all that still differs are places with a word of their own for most lines; those are variable. This is
repeated on the templates until nothing changes, so that several variable places in one line are found as well.
Shapes: distinct masked lines in, as many templates out, a star for each variable word; a line alone stays as it is.
Nothing depends on the order of lines or on what words mean. A place in the code (`Class#line`) and the type of an error
(after `…`) are never variable.
Misleads where one statement has been seen with few names (they stay apart), and where many statements differ in one
word only (they become one).
Reference: after Makanju et al., Clustering event logs using iterative partitioning (KDD 2009).

>>> templates(["ann paid", "bob paid", "cleo paid", "dan paid", "eve paid", "shop is open"])
('* paid', '* paid', '* paid', '* paid', '* paid', 'shop is open')
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

STAR = "*"
FEWEST_WORDS = 5  # in one place before it is variable: fewer may be the states of a thing (opened, closed, failed …)
OWN_SHARE = 0.5  # of lines have another word in a variable place; a word that many share is said on purpose
_BETWEEN = re.compile(r"([\s=:,;()\[\]{}<>|\"']+)")
_CODE_PLACE = re.compile(r"[A-Za-z_$]#\d")
_ERROR_MARK = "…"
_Words = tuple[str, ...]


def templates(lines: Sequence[str]) -> tuple[str, ...]:
    """The template of each line; equal lines have equal ones. A template is its own template."""
    now = {line: line for line in lines}
    while True:
        found = _pass(sorted(set(now.values())))
        if all(template == line for line, template in found.items()):
            return tuple(now[line] for line in lines)
        now = {line: found[template] for line, template in now.items()}


def _pass(lines: list[str]) -> dict[str, str]:
    structures: dict[_Words, list[_Words]] = defaultdict(list)
    for line in lines:
        parts = _BETWEEN.split(line)
        structures[(*parts[1::2], *_fixed(parts[::2]))].append(tuple(parts))
    found = {}
    for group in structures.values():
        for same, template in _divided(group):
            found.update(dict.fromkeys(("".join(parts) for parts in same), template))
    return found


def _fixed(words: list[str]) -> list[str]:
    """Words that must be equal in lines that say the same, with their places."""
    ends = words.index(_ERROR_MARK) if _ERROR_MARK in words else len(words)
    return [f"{at} {word}" for at, word in enumerate(words) if at >= ends or _CODE_PLACE.search(word)]


def _divided(group: list[_Words]) -> list[tuple[list[_Words], str]]:
    """The group as parts that say the same, each with its template."""
    done, waiting = [], [group]
    while waiting:
        lines = waiting.pop()
        used = [set(column) for column in zip(*lines, strict=True)]
        differing = [at for at, words in enumerate(used) if len(words) > 1]
        # What is said by all must outweigh what varies.
        constant = sum(1 for at in range(0, len(used), 2) if len(used[at]) == 1 and used[at] - {STAR, ""})
        kept = [at for at in differing if len(used[at]) < max(FEWEST_WORDS, OWN_SHARE * len(lines))]
        if not kept and len(differing) <= constant:
            template = "".join(STAR if at in differing else word for at, word in enumerate(lines[0]))
            done.append((lines, template))
            continue
        place = min(kept or differing, key=lambda at: (len(used[at]), at))
        parts: dict[str, list[_Words]] = defaultdict(list)
        for line in lines:
            parts[line[place]].append(line)
        waiting.extend(parts.values())
    return done
