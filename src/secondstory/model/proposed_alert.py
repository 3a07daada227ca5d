"""An alert that a person puts forward as an action: the text of a decision, with what its replay gave that day."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.detection import Rule
from secondstory.model.errors import BadInput
from secondstory.model.subject import subject_key
from secondstory.model.window import Moment

ALERT_ACTION = "action/detect/"
"""What the subject keys of proposed alerts begin with."""


@dataclass(frozen=True)
class ProposedAlert:
    """A rule that would have fired; `watch` says in words what it watches, with its line. `sooner_s` as in a replay."""

    rule: Rule
    watch: str
    fires: Moment
    sooner_s: tuple[float, float] | None
    false_alarms: int | None
    fault_free_s: float
    evidence_ids: tuple[str, ...]

    @property
    def key(self) -> str:
        """One action a rule, wherever its line lies: proposing it again with another line replaces the first."""
        return alert_action_key(self.rule.name)


def alert_action_key(rule: str) -> str:
    """The key of the action that proposes the alert of this name."""
    return subject_key("action", "detect", rule)


def alert_in(decision: Decision) -> ProposedAlert | None:
    """The alert that a decision puts forward; None where its text is none, or its key is not that of its nature."""
    if decision.verb is not DecisionVerb.ADD or not decision.subject.startswith(ALERT_ACTION):
        return None
    try:
        alert = decode(decision.text.encode(), ProposedAlert)
    except BadInput:
        return None
    return alert if alert.key == decision.subject else None
