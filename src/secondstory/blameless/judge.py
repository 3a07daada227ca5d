"""From an utterance to a verdict: what it does, how strongly, by which words, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from secondstory.blameless.language import is_english
from secondstory.blameless.rule import BlameRule, Hit
from secondstory.blameless.words import said
from secondstory.model.utterance import Basis, Label, Move, Reason, SpeakerRole, Utterance, Verdict

_ENOUGH = 0.4


@dataclass(frozen=True)
class Coach:
    """Reads utterances. Built once (`wiring.coach()`); holds no state between calls."""

    rules: tuple[BlameRule, ...]

    def judge(self, utterance: Utterance) -> Verdict:
        """What is read in the utterance; nothing is read, and it says so, in a language that is not English."""
        if not is_english(utterance.text):
            return Verdict(is_read=False)
        as_said = said(utterance)
        hits = [(rule, hit) for rule in self.rules for hit in rule.find(as_said)]
        return _weigh(utterance, hits)

    def judge_all(self, utterances: Iterable[Utterance]) -> tuple[Verdict, ...]:
        """The verdicts in the same order."""
        return tuple(self.judge(utterance) for utterance in utterances)


def _weigh(utterance: Utterance, hits: list[tuple[BlameRule, Hit]]) -> Verdict:
    against = max((hit.strength for _, hit in hits if hit.label is None), default=0.0)
    kept = [(rule, hit) for rule, hit in hits if hit.label and hit.strength > max(against, _ENOUGH)]
    kept.sort(key=lambda found: -found[1].strength)
    labels = tuple(dict.fromkeys(hit.label for _, hit in kept if hit.label))
    if not labels:
        return Verdict(move=_when_calm(utterance))
    reasons = tuple(_reason(utterance, rule, hit) for rule, hit in kept)
    if Label.SELF_BLAME in labels:
        return Verdict(labels=(Label.SELF_BLAME,), reasons=reasons[:1], move=Move.SUPPORT)
    return Verdict(
        labels=labels,
        severity=max(hit.severity for _, hit in kept),
        likely=kept[0][1].strength,
        target=next((hit.target for _, hit in kept if hit.target), None),
        reasons=reasons,
        move=Move.REPLY,
    )


def _when_calm(utterance: Utterance) -> Move:
    asks = utterance.speaker_role is SpeakerRole.EXECUTIVE and "?" in utterance.text
    return Move.ANSWER if asks else Move.LEAVE


def _reason(utterance: Utterance, rule: BlameRule, hit: Hit) -> Reason:
    words = utterance.text[hit.words.start : hit.words.end]
    return Reason(basis=Basis.RULE, name=rule.name, says=rule.says, words=words)
