"""The report of the analysis and what people wrote to the document as it reads now, and what is stale in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.report import Claim, ReportBody, Section
from secondstory.model.text import TEXT, Folded, Rest, SectionNow, SectionText, Stale, Version
from secondstory.stages.report.text.reading import Known, Read, own_claim, read
from secondstory.stages.report.text.writing import CITATION, by_label, claims_of, live_blocks, markdown_of, voices_of
from secondstory.texts import say

_ALIKE = 0.55  # how alike two sentences are, from which one is offered for the other


@dataclass(frozen=True)
class _Ground:
    """What a section stands on now: its text by the analysis, and the hash of each piece of evidence."""

    body: ReportBody
    section: Section
    known: Known
    hashes: dict[str, str]


def fold_text(body: ReportBody, decisions: tuple[Decision, ...]) -> Folded:
    """The document with people's text in it; where nobody wrote, the analysis stands as it is."""
    versions: dict[str, list[Decision]] = {}
    for decision in not_withdrawn(decisions):
        if decision.subject.startswith(TEXT) and decision.verb is DecisionVerb.REWORD:
            versions.setdefault(decision.subject.removeprefix(TEXT), []).append(decision)
    folded = [_section(body, section, versions.get(section.key, [])) for section in body.sections]
    sections = tuple(section for section, _ in folded if section.blocks)
    return Folded(replace(body, sections=sections), tuple(now for _, now in folded))


def versions_of(decisions: tuple[Decision, ...], section: str) -> tuple[Decision, ...]:
    """The decisions that hold a version of the section, the oldest first."""
    subject = TEXT + section
    return tuple(one for one in not_withdrawn(decisions) if one.subject == subject and one.verb is DecisionVerb.REWORD)


def new_version(
    body: ReportBody, section: Section, markdown: str, before: SectionText | None, holds: frozenset[str] = frozenset()
) -> SectionText:
    """A version with what each sentence rests on. One that stood in the version before keeps its ground.

    A sentence of `holds` rests on the evidence as it is now and is a person's own, whatever it stood on.
    """
    ground = _ground(body, section)
    kept = {rest.sentence: rest for rest in before.rests if rest.sentence not in holds} if before is not None else {}
    found = read(markdown, _knowing(ground, before)).sentences
    rests = (
        kept.get(sentence)
        or Rest(sentence, _on(ground, sentence), sentence in ground.known.claims and sentence not in holds)
        for sentence, _ in found
    )
    return SectionText(markdown, tuple(rests))


def read_section(body: ReportBody, section: Section, markdown: str, before: SectionText | None) -> Section:
    """The section as a text would make it."""
    found = read(markdown, _knowing(_ground(body, section), before))
    return replace(section, blocks=found.blocks)


def stored(decision: Decision) -> SectionText:
    """The version that a decision holds."""
    return decode(decision.text.encode(), SectionText)


def _section(body: ReportBody, section: Section, versions: list[Decision]) -> tuple[Section, SectionNow]:
    machine = markdown_of(section)
    told = tuple(_version(one) for one in reversed(versions))
    head = versions[-1] if versions else None
    text = stored(head) if head is not None else None
    if head is None or text is None or text.is_machine:
        shown = by_label(machine, body)
        id_ = head.id if head is not None else ""
        return section, SectionNow(section.key, section.title, id_, shown, shown, (), (), told, is_edited=False)
    ground = _ground(body, section)
    found = read(text.markdown, _knowing(ground, text))
    now = SectionNow(
        key=section.key,
        title=section.title,
        head=head.id,
        markdown=by_label(text.markdown, body),
        machine=by_label(machine, body),
        stale=tuple(_stale(ground, text, found)),
        lost=found.lost,
        versions=told,
        is_edited=True,
    )
    return replace(section, blocks=found.blocks), now


def _version(decision: Decision) -> Version:
    text = stored(decision)
    words = len(text.markdown.split())
    return Version(decision.id, decision.actor_id, decision.at, decision.why, words, text.is_machine)


def _ground(body: ReportBody, section: Section) -> _Ground:
    known = Known(
        live=dict(live_blocks(section)),
        claims=dict(claims_of(section)),
        evidence=frozenset(ref.id for ref in body.evidence),
        gaps=frozenset(gap.key for gap in body.gaps),
        voices=dict(voices_of(section)),
        voice="bluf" if section.key == "bluf" else "text",
    )
    return _Ground(body, section, known, {ref.id: ref.result_hash for ref in body.evidence})


def _knowing(ground: _Ground, before: SectionText | None) -> Known:
    """Also sentences that the analysis wrote once: they are still one piece, though now a person's."""
    once = {rest.sentence for rest in before.rests if rest.machine} if before is not None else set()
    gone: dict[str, Claim] = {one: own_claim(one, ground.known) for one in once if one not in ground.known.claims}
    return replace(ground.known, claims={**gone, **ground.known.claims})


def _on(ground: _Ground, sentence: str) -> tuple[tuple[str, str], ...]:
    cited = dict.fromkeys(CITATION.findall(sentence))
    return tuple((key, ground.hashes[key]) for key in cited if key in ground.hashes)


def _stale(ground: _Ground, text: SectionText, found: Read) -> Iterable[Stale]:
    rests = {rest.sentence: rest for rest in text.rests}
    standing = {sentence for sentence, _ in found.sentences}
    offered = [one for one in ground.known.claims if one not in standing]
    for sentence in dict.fromkeys(sentence for sentence, _ in found.sentences):
        rest = rests.get(sentence)
        if sentence in ground.known.claims or rest is None:
            continue  # it stands so in the analysis as it is now
        if why := _why(ground, rest):
            yield Stale(by_label(sentence, ground.body), why, by_label(_nearest(sentence, offered), ground.body))


def _why(ground: _Ground, rest: Rest) -> str:
    labels = dict(ground.body.labels)
    for key, hash_ in rest.on:
        if key not in ground.hashes:
            return say("text.evidence_gone", label=labels.get(key, key))
        if ground.hashes[key] != hash_:
            return say("text.evidence_changed", label=labels.get(key, key))
    return say("text.said_otherwise") if rest.machine else ""


def _nearest(sentence: str, offered: list[str]) -> str:
    """What the analysis says now in place of the sentence: the most alike; "" where nothing is."""
    alike = [(SequenceMatcher(None, sentence, one).ratio(), one) for one in offered]
    share, best = max(alike, default=(0.0, ""))
    return best if share >= _ALIKE else ""
