"""From an utterance to a verdict: what it does, how strongly, by which words, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

from secondstory.blameless.classifier import LABELS, Classifier, Reading
from secondstory.blameless.language import is_english
from secondstory.blameless.people import is_question, who_is_meant
from secondstory.blameless.rule import BlameRule, Hit
from secondstory.blameless.slips import own_slips
from secondstory.blameless.words import said
from secondstory.model.utterance import (
    Basis,
    Channel,
    Label,
    Move,
    Reason,
    Span,
    SpeakerRole,
    Utterance,
    Verdict,
)

Found = tuple[tuple[BlameRule, Hit], ...]

_LABEL_IS_LIKELY = 0.35
_MOST_REASONS = 3
_PLAIN = 0.9  # strength of words that hardly ever mean anything else: they need no second opinion


@dataclass(frozen=True)
class Coach:
    """Reads utterances. Built once (`wiring.coach()`); the same utterance always gets the same verdict."""

    rules: tuple[BlameRule, ...]
    classifier: Classifier

    def judge(self, utterance: Utterance) -> Verdict:
        """What is read in the utterance; nothing is read, and it says so, in a language that is not English."""
        if not is_english(utterance.text):
            return Verdict(is_read=False)
        if not any(character.isalnum() for character in utterance.text):
            return Verdict()
        as_said = said(utterance)
        met = tuple((rule, hit) for rule in self.rules for hit in rule.find(as_said))
        return self._weigh(utterance, _not_turned_down(met), self.classifier.read(utterance))

    def judge_all(self, utterances: Iterable[Utterance]) -> tuple[Verdict, ...]:
        """The verdicts in the same order."""
        return tuple(self.judge(utterance) for utterance in utterances)

    def _weigh(self, utterance: Utterance, found: Found, reading: Reading) -> Verdict:
        settings = self.classifier.settings
        for_it = max((hit.strength for _, hit in found if _asks_reply(hit)), default=0.0)
        against = max((hit.strength for _, hit in found if not _asks_reply(hit)), default=0.0)
        likely = _share(reading.reply + settings["rule_gain"] * for_it - settings["veto_gain"] * against)
        slips = own_slips(utterance)
        own = _share(reading.labels[LABELS.index(Label.SELF_BLAME)])
        by_rule = max((hit.strength for _, hit in found if hit.label is Label.SELF_BLAME), default=0.0)
        if max(own, by_rule) > max(likely, settings["self_blame_from"]):
            reasons = self._reasons(utterance, found, reading, frozenset({Label.SELF_BLAME}))
            return Verdict((Label.SELF_BLAME,), reasons=reasons, move=Move.SUPPORT, own_slips=slips)
        is_plain = for_it >= _PLAIN and for_it > against
        if is_plain:
            likely = max(likely, for_it)
        if likely < settings["reply_from"][kind_of(utterance)] and not is_plain:
            return Verdict(likely=likely, move=_when_calm(utterance), own_slips=slips)
        labels = _labels(found, reading)
        return Verdict(
            labels=labels,
            severity=_severity(found, reading),
            likely=likely,
            target=_target(utterance, found, labels),
            reasons=self._reasons(utterance, found, reading, frozenset(labels)),
            move=Move.REPLY,
            own_slips=slips,
        )

    def _reasons(
        self, utterance: Utterance, found: Found, reading: Reading, labels: frozenset[Label]
    ) -> tuple[Reason, ...]:
        """The rules that met something, strongest first; the nearest example where none did."""
        ranked = sorted(found, key=lambda met: (-met[1].strength, met[1].words.start))
        reasons = [
            Reason(Basis.RULE, rule.name, rule.says, utterance.text[hit.words.start : hit.words.end])
            for rule, hit in ranked
            if hit.label in labels
        ]
        if reasons:
            return tuple(reasons[:_MOST_REASONS])
        example = self.classifier.nearest(reading.vector, labels)
        return (Reason(Basis.EXAMPLES, "nearest", "Reads like this sentence.", example.text),) if example else ()


def kind_of(utterance: Utterance) -> str:
    """The name of the threshold that holds for it: in a meeting it depends on who speaks."""
    if utterance.channel is not Channel.MEETING:
        return utterance.channel.value
    apart = (SpeakerRole.FACILITATOR, SpeakerRole.UNKNOWN)
    return utterance.speaker_role.value if utterance.speaker_role in apart else Channel.MEETING.value


def _not_turned_down(met: Found) -> Found:
    """Without what stands inside the words of a ground to leave it alone."""
    grounds = [hit.words for _, hit in met if hit.label is None]
    return tuple(
        (rule, hit)
        for rule, hit in met
        if hit.label is None or not any(g.start < hit.words.end and hit.words.start < g.end for g in grounds)
    )


def _asks_reply(hit: Hit) -> bool:
    return hit.label not in (None, Label.SELF_BLAME)


def _labels(found: Found, reading: Reading) -> tuple[Label, ...]:
    """What it does, the likeliest first; one at least, for a reply must know what it answers."""
    likely = {label: _share(logit) for label, logit in zip(LABELS, reading.labels, strict=True)}
    likely.pop(Label.SELF_BLAME)
    for _, hit in found:
        if hit.label in likely:
            likely[hit.label] = max(likely[hit.label], hit.strength)
    ranked = sorted(likely, key=lambda label: -likely[label])
    return tuple(label for label in ranked if likely[label] >= _LABEL_IS_LIKELY) or (ranked[0],)


def _severity(found: Found, reading: Reading) -> int:
    by_rule = max((hit.severity for _, hit in found), default=0)
    return max(by_rule, 1 + sum(logit > 0 for logit in reading.severities))


def _target(utterance: Utterance, found: Found, labels: tuple[Label, ...]) -> Span | None:
    named = (hit.target for _, hit in found if hit.label in labels and hit.target)
    return next(named, None) or who_is_meant(utterance)


def _when_calm(utterance: Utterance) -> Move:
    asks = utterance.speaker_role is SpeakerRole.EXECUTIVE and is_question(utterance.text)
    return Move.ANSWER if asks else Move.LEAVE


def _share(logit: float) -> float:
    return 1 / (1 + exp(-max(-50.0, min(50.0, logit))))
