"""Finds terms of the trade in the part that executives read, each with plain words; one in brackets is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Kind, Sentence
from secondstory.texts import say

_EXECUTIVE = re.compile(
    r"\b(?:executives?|executive summary|for (?:the )?(?:board|management|leadership)|bottom line|bluf)\b", re.I
)
_SUMMARY = re.compile(
    r"^(?:\W|\d)*(?:summary|overview|abstract|tl;?dr|in (?:brief|short|one (?:page|sentence)))\b", re.IGNORECASE
)
_PLAIN = {
    r"circuit breakers?": "the guard that stops calls to a failing part",
    r"retry budgets?": "the limit on repeated calls",
    r"retry storms?|thundering herds?": "callers asking again all at once",
    r"back-?pressure": "slowing callers down when a part is full",
    r"connection pools?": "the fixed set of database connections",
    r"p(?:50|75|9\d|99\.9)(?: latency)?": "the waiting time of the slowest requests",
    r"mtt[rdfab]|mtbf": "the time it took, with its range",
    r"sl[ioa]s?": "the promised level of service",
    r"(?:http )?[45]xx|http [45]\d\d": "requests that failed",
    r"oom(?:-?kill(?:ed|s)?)?|out-of-memory kills?": "ended because memory ran out",
    r"k8s|kubernetes|kubelets?": "the platform that runs our programs",
    r"crash ?loop(?:s|ing|backoff)?": "starting and ending again and again",
    r"mutex(?:es)?|deadlocks?|race conditions?": "two steps that wait for or overtake each other",
    r"garbage collect(?:ion|or)|heap": "memory housekeeping",
    r"shard(?:s|ing|ed)?": "a part of the database",
    r"sidecars?|ingress(?:es)?|daemonsets?|statefulsets?": "a part of the platform",
    r"idempoten(?:t|cy)": "safe to repeat",
    r"cache stampedes?": "many requests filling the same store at once",
    r"query plans?": "the way in which the database reads",
    r"wal|b-tree|mvcc": "a part of the database",
    r"failovers?": "the move to the spare",
    r"cardinality": "the number of different values",
    r"throughput": "requests handled in a second",
    r"qps|rps|iops": "requests a second",
}
_TERM = re.compile("|".join(rf"(?P<t{place}>\b(?:{term})\b)" for place, term in enumerate(_PLAIN)))
_WORDS = tuple(_PLAIN.values())
_EXPLAINED = re.compile(r"\s*(?:\(|, that is|, which is|, i\.e\.)")


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each term once a sentence: mild in a part for executives, a note in what is only called a summary."""
    if sentence.kind is Kind.HEADING or not sentence.section:
        return
    severity = 1 if any(_EXECUTIVE.search(title) for title in sentence.section) else 0
    if not severity and not _SUMMARY.search(sentence.section[-1]):
        return
    for found in _TERM.finditer(sentence.judged):
        if not _EXPLAINED.match(sentence.judged[found.end() :]):
            place = next(number for number in range(len(_WORDS)) if found[f"t{number}"])
            reason = say("lint.jargon_term", words=spoken(sentence, found))
            yield Hit(*found.span(), severity, reason, say("lint.jargon_term_try", plain=_WORDS[place]))


EXTENSION = LintRule("jargon", say("lint.jargon"), find, spared=1)
