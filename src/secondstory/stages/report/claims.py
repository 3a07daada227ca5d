"""Makes claims: sentences with their kind and what they rest on, each piece of evidence named once."""

from __future__ import annotations

from secondstory.model.causes import Hypothesis, Part
from secondstory.model.report import Claim, ClaimKind
from secondstory.stages.report.phrases import CLAIM_LENGTH, TITLE_LENGTH, clean, quoted, weight
from secondstory.stages.report.story import Story
from secondstory.texts import say


def fact(text: str, evidence_ids: tuple[str, ...], gap_keys: tuple[str, ...] = ()) -> Claim:
    """A sentence that the evidence states."""
    return Claim(clean(text, CLAIM_LENGTH), ClaimKind.FACT, once(evidence_ids), once(gap_keys))


def inference(text: str, evidence_ids: tuple[str, ...], gap_keys: tuple[str, ...] = ()) -> Claim:
    """A sentence concluded from evidence; with nothing to rest on it is only a frame for what follows."""
    kind = ClaimKind.INFERENCE if evidence_ids or gap_keys else ClaimKind.FRAME
    return Claim(clean(text, CLAIM_LENGTH), kind, once(evidence_ids), once(gap_keys))


def frame(text: str, gap_keys: tuple[str, ...] = ()) -> Claim:
    """A sentence about the document or a question; it claims nothing of the incident."""
    return Claim(clean(text, CLAIM_LENGTH), ClaimKind.FRAME, (), once(gap_keys))


def once(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The same ids in the same order, each once."""
    return tuple(dict.fromkeys(ids))


def coverage(story: Story) -> tuple[str, ...]:
    """What says how much was recorded: the first piece of evidence."""
    return tuple(ref.id for ref in story.evidence.evidence[:1])


def hypothesis_title(hypothesis: Hypothesis) -> str:
    """A hypothesis as a clause: the connection pool of orders runs out."""
    service = clean(hypothesis.service, TITLE_LENGTH)
    if hypothesis.part is Part.TRIGGER:
        return say("report.explains_trigger", change=quoted(hypothesis.indicator), service=service)
    return say(f"report.explains_{hypothesis.mechanism.value}", service=service)


def decided(story: Story, leading: Hypothesis) -> str:
    """That people let this hypothesis lead, where the evidence ranks another first; else empty."""
    best = story.overruled
    if best is None:
        return ""
    titles = {"cause": hypothesis_title(leading), "best": hypothesis_title(best)}
    return say("report.decided", share=weight(leading.confidence), **titles)


def opening(clause: str) -> str:
    """A clause with a capital, unless it begins with a name as recorded."""
    return clause[:1].upper() + clause[1:]
