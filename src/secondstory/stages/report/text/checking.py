"""What stands in the way of publishing a document, sentence by sentence: each finding blocks or warns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from secondstory.blameless.lint.linter import lint_text
from secondstory.model.person import is_common_word, name_words
from secondstory.model.publication import Check, CheckKind
from secondstory.model.report import Bullets, Chart, Claim, ClaimKind, Paragraph, ReportBody, Rows, Section
from secondstory.model.text import Folded, SectionNow
from secondstory.stages.report.agreed import FROM_PLAN
from secondstory.stages.report.text.writing import by_label, live_blocks, written
from secondstory.texts import say

NEEDED = ("bluf", "impact", "timeline", "causes", "actions")
_NUMBER = re.compile(r"(?<![\w.@{-])\d[\d,]*(?:[.:]\d+)*")
_MUST = 2  # severity of wording, from which it holds the document back
_SHORTEST = 3  # letters of a name that is looked for alone
People = tuple[tuple[str, str], ...]


def check(folded: Folded, machine: ReportBody, people: People) -> tuple[Check, ...]:
    """All findings. `people` are (person, token) whose names must not leave, longest name first."""
    states = {now.key: now for now in folded.sections}
    given = tuple(_numbers(machine))
    planned = {one.key: _plan_tables(one) for one in machine.sections}
    found: list[Check] = []
    for section in folded.body.sections:
        now = states[section.key]
        found += _sentences(machine, section, given)
        found += _names(section, people)
        if now.is_edited:
            found += _edited(now, planned.get(section.key, []))
    kept = {section.key for section in folded.body.sections}
    for now in folded.sections:
        if now.key in NEEDED and now.key not in kept:
            found.append(_check(CheckKind.MISSING, now.key, "", say("publishing.missing", section=now.title)))
    unique = {one.key: one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: not one.blocks))


def _plan_tables(section: Section) -> list[str]:
    """How a text names the tables in which people's plan stands."""
    return [name for name, block in live_blocks(section) if isinstance(block, Rows) and block.look in FROM_PLAN]


def _edited(now: SectionNow, planned: list[str]) -> Iterator[Check]:
    for stale in now.stale:
        yield _check(CheckKind.STALE, now.key, stale.sentence, stale.why, stale.suggestion)
    for name in (name for name in planned if f"::{name}" not in now.markdown):
        told = say("publishing.untold", name=name)
        yield _check(CheckKind.MISSING, now.key, "", told, blocks=False)
    for name in now.lost:
        yield _check(CheckKind.LOST, now.key, f"::{name}", say("publishing.lost"))
    for hit in lint_text(now.key, now.markdown).findings:
        if hit.severity > 0:
            blocks = hit.severity >= _MUST
            yield _check(CheckKind.WORDING, now.key, hit.sentence, hit.reason, hit.suggestion, blocks=blocks)


def _sentences(machine: ReportBody, section: Section, given: tuple[tuple[frozenset[str], str], ...]) -> Iterator[Check]:
    for claim in _claims(section):
        if not claim.is_markup:
            continue
        told = by_label(written(claim), machine)
        if claim.kind is ClaimKind.BARE:
            yield _check(CheckKind.BARE, section.key, told, say("publishing.bare"))
        if claim.kind in (ClaimKind.FACT, ClaimKind.INFERENCE):
            yield from _wrong(section.key, told, claim, given)
            if claim.gap_keys:
                yield _check(CheckKind.GAP, section.key, told, say("publishing.gap"), blocks=False)


def _wrong(key: str, told: str, claim: Claim, given: tuple[tuple[frozenset[str], str], ...]) -> Iterator[Check]:
    cited = {*claim.evidence_ids, *claim.gap_keys}
    here = {number for ids, number in given if ids & cited}
    anywhere = {number for _, number in given}
    for number in dict.fromkeys(_in(claim.text)):
        if number not in anywhere:
            yield _check(CheckKind.NUMBER, key, told, say("publishing.number", number=number))
        elif number not in here:
            yield _check(CheckKind.NUMBER, key, told, say("publishing.number_elsewhere", number=number), blocks=False)


def _numbers(machine: ReportBody) -> Iterator[tuple[frozenset[str], str]]:
    """(what it rests on, number) of all that the analysis says in numbers."""
    for section in machine.sections:
        for ids, text in _said(section):
            yield from ((ids, number) for number in _in(text))
    for key, chart in machine.evidence_charts:
        yield from ((frozenset({key}), number) for number in _in(chart.summary))


def _said(section: Section) -> Iterator[tuple[frozenset[str], str]]:
    for block in section.blocks:
        match block:
            case Paragraph(claims=claims) | Bullets(claims=claims):
                yield from ((frozenset({*one.evidence_ids, *one.gap_keys}), one.text) for one in claims)
            case Rows(rows=rows, caption=caption):
                everything = frozenset(key for row in rows for key in (*row.evidence_ids, *row.gap_keys))
                yield everything, caption
                yield from ((frozenset({*row.evidence_ids, *row.gap_keys}), " ".join(row.cells)) for row in rows)
            case Chart(evidence_ids=ids, summary=summary):
                yield frozenset(ids), summary


def _claims(section: Section) -> Iterator[Claim]:
    for block in section.blocks:
        if isinstance(block, Paragraph | Bullets):
            yield from block.claims


def _in(text: str) -> Iterator[str]:
    """The numbers of a text: 1,092 and 1092 are one."""
    for found in _NUMBER.finditer(text):
        yield found.group().replace(",", "")


def _names(section: Section, people: People) -> Iterable[Check]:
    texts = [(written(claim) if claim.is_markup else claim.text) for claim in _claims(section)]
    texts += [cell for block in section.blocks if isinstance(block, Rows) for row in block.rows for cell in row.cells]
    if not people:
        return
    for person, token in people:
        pattern = _spelled(person)
        for text in texts:
            if pattern is not None and pattern.search(text):
                yield _check(CheckKind.NAME, section.key, text, say("publishing.name", token=token))


def _spelled(person: str) -> re.Pattern[str] | None:
    """The name as a whole, and each word of it that is no word of plain English."""
    words = name_words(person)
    whole = r"[\s._-]+".join(map(re.escape, words))
    alone = [re.escape(word) for word in words if len(word) >= _SHORTEST and not is_common_word(word)]
    kept = [*([whole] if len(words) > 1 else []), *alone]
    return re.compile(rf"(?<!\w)(?:{'|'.join(kept)})(?!\w)", re.IGNORECASE) if kept else None


def _check(
    kind: CheckKind, section: str, sentence: str, reason: str, suggestion: str = "", *, blocks: bool = True
) -> Check:
    key = sha256("\0".join((kind.value, section, sentence, reason)).encode()).hexdigest()[:16]
    return Check(key, kind, blocks, section, sentence, reason, suggestion)
