"""Turns a scenario's steps into things that happen to the running shop, and notes each as an occurrence."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from secondstory.gameday.fleet import Fleet
from secondstory.gameday.journal import Occurrence
from secondstory.gameday.keeper import Keeper
from secondstory.gameday.load import Load
from secondstory.gameday.postgres import write_setting
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.rules import Change, Evaluator, Rule, State
from secondstory.gameday.scenario import (
    Act,
    AwaitCalm,
    Configure,
    Deploy,
    Post,
    Restart,
    Say,
    Scenario,
    Step,
    Surge,
    Type,
    WriteSetting,
)
from secondstory.gameday.shop.instance import Instance
from secondstory.gameday.watch import Watch

CALM_WITHIN_S = 240.0


@dataclass(frozen=True)
class Trigger:
    """The recorded change that began the fault: when, a deploy or a configuration, and the version if it has one."""

    at: datetime
    kind: str
    version: str


class Stage:
    """The shop while it is recorded: performs steps, evaluates the alert rules, keeps the occurrences."""

    def __init__(
        self, scenario: Scenario, people: Mapping[str, str], rules: tuple[Rule, ...], evaluate_s: float, watch: Watch
    ) -> None:
        self.names, self.people = scenario.names, people
        self.rules, self._evaluate_s = rules, evaluate_s
        self._load_factor = scenario.load
        self._harmed_role = scenario.truth.role if scenario.truth else "orders"
        self.occurrences: list[Occurrence] = []
        self.doing = "starting"
        self.harmed_at: datetime | None = None
        self.harmful_change: Trigger | None = None
        self.saturated_at: datetime | None = None
        self.fleet: Fleet
        self.keeper: Keeper
        self.database_url: str
        self.load: Load
        self._watch = watch
        self._evaluator = Evaluator(rules)
        self._paged: asyncio.Event = asyncio.Event()
        self._alarm: tuple[datetime, Rule] | None = None
        self._begun = False
        self.false_alarm = ""

    @staticmethod
    def now() -> datetime:
        """The wall clock, in UTC."""
        return datetime.now(UTC)

    def begin(self) -> datetime:
        """From here on starts and stops of instances are part of the recording."""
        self._begun = True
        return self.now()

    async def perform(self, steps: tuple[Step, ...], jitter: random.Random, factor: float) -> None:
        """Do the steps one after the other, at their distances times `factor`, a little early or late as people are."""
        for step in steps:
            await asyncio.sleep(step.after_s * factor * jitter.uniform(0.85, 1.25))
            await self._do(step.act)

    async def first_page(self, timeout_s: float) -> tuple[datetime, Rule]:
        """Wait for the first alert that pages; raises LaboratoryProblem when none fires in time."""
        try:
            await asyncio.wait_for(self._paged.wait(), timeout_s)
        except TimeoutError:
            raise LaboratoryProblem(
                f"No page fired within {timeout_s:g} s after the fault.", "Record again on a calmer machine."
            ) from None
        assert self._alarm
        return self._alarm

    async def until_stopped(self, stops: int, timeout_s: float) -> None:
        """Wait until the harmed role's instances stopped so often; raises LaboratoryProblem where they do not."""
        until_s = self.now().timestamp() + timeout_s
        harmed = self.names[self._harmed_role]
        while self.keeper.restarts(harmed) < stops:
            if self.now().timestamp() > until_s:
                raise LaboratoryProblem(
                    f"The instances of {harmed} did not stop {stops} times within {timeout_s:g} s.",
                    "Record again on a calmer machine.",
                )
            await asyncio.sleep(self._evaluate_s)

    def refuse_unrest(self) -> None:
        """Raises LaboratoryProblem where what should be quiet time is none: it would be taken for normal."""
        # Slowness alone is let pass: a shared machine is never quite calm, and analyses must live with that.
        (failing,) = (rule for rule in self.rules if rule.indicator == "error_ratio")
        value = failing.measure(self._watch, self.now().timestamp())
        if value is not None and value > failing.threshold:
            raise LaboratoryProblem(
                f"{value:.0%} of requests fail in what should be quiet time.", "Record again on a calmer machine."
            )

    async def watch_rules(self) -> None:
        """Evaluate the rules until cancelled."""
        while True:
            await asyncio.sleep(self._evaluate_s)
            at = self.now()
            if not self._begun:
                continue
            for change in self._evaluator.evaluate(self._watch, at.timestamp()):
                self._note_alert(change)
            self._note_saturation(at)

    def note_instance(self, instance: Instance, what: str, reason: str) -> None:
        """An instance was started or stopped, for a reason in the words of Kubernetes."""
        if what == "stopped":
            self._watch.end(instance.instance_id)
        if self._begun:
            details = {"version": instance.version, "instance": instance.instance_id, "reason": reason}
            self._note("orchestrator", instance.name, f"{instance.instance_id} {what}", actor="scheduler", **details)

    async def _do(self, act: Act) -> None:
        match act:
            case Say():
                self._note("chat", "", self._fill(act.text), actor=self._fill(act.who), channel=act.channel)
            case Type():
                self._note("command", "", self._fill(act.command), self._fill(act.outcome), self._fill(act.who))
            case Post():
                self._note(
                    "status", self.names["gateway"], self._fill(act.title), self._fill(act.text), self._fill(act.who)
                )
            case Deploy():
                await self._deploy(act)
            case Configure():
                self._configure(act)
            case Restart():
                await self.fleet.replace(act.role, None, {})
            case WriteSetting():
                self._harm(act.harms)
                await asyncio.to_thread(write_setting, self.database_url, self.names[act.role], act.name, act.value)
            case Surge():
                self.load.factor = self._load_factor * act.factor
            case AwaitCalm():
                await self._calm()

    async def _deploy(self, act: Deploy) -> None:
        previous = self.fleet.version(act.role)
        versions = {"version": act.version, "previous_version": previous}
        self._note_change("deploy", act, versions)
        await self.fleet.replace(act.role, act.version, act.options)

    def _configure(self, act: Configure) -> None:
        self._note_change("config", act, {})
        self.fleet.configure(act.role, act.options)

    def _note_change(self, kind: str, act: Deploy | Configure, details: Mapping[str, str]) -> None:
        self._harm(act.harms)
        if not act.title:
            return
        record = {name: self._fill(value) for name, value in act.record.items()}
        title, body, who = self._fill(act.title), self._fill(act.body), self._fill(act.who)
        at = self._note(kind, self.names[act.role], title, body, who, **details, **record)
        if act.harms:
            self.harmful_change = Trigger(at, kind, details.get("version", ""))

    def _harm(self, harms: bool) -> None:
        if harms:
            self.harmed_at = self.now()

    async def _calm(self) -> None:
        pages = [rule.name for rule in self.rules if rule.severity == "page"]
        until_s = self.now().timestamp() + CALM_WITHIN_S
        while any(self._evaluator.firing(name) for name in pages):
            if self.now().timestamp() > until_s:
                raise LaboratoryProblem(
                    f"The shop did not recover within {CALM_WITHIN_S:g} s of its repair.",
                    "Record again on a calmer machine.",
                )
            await asyncio.sleep(self._evaluate_s)

    def _note_alert(self, change: Change) -> None:
        rule, value = change.rule, "" if change.value is None else f"{change.value:.3f}"
        fired_at = self._note(
            "alert",
            rule.service,
            f"{rule.name} {change.state.value}",
            rule.summary,
            "alerting",
            rule=rule.name,
            state=change.state.value,
            threshold=f"{rule.threshold:g}",
            severity=rule.severity,
            value=value,
        )
        if change.state is State.FIRING and rule.severity == "page":
            self._note(
                "page", rule.service, f"{rule.name} pages {self.people['oncall']}", "", "alerting", rule=rule.name
            )
            if self.harmed_at is None:
                self.false_alarm = rule.name  # a busy machine is slow at times; people would not look for a fault then
            elif self._alarm is None:
                self._alarm = (fired_at, rule)
                self._paged.set()

    def _note_saturation(self, at: datetime) -> None:
        used, most = (self._reading("db.client.connection.count", "used"), self._reading("db.client.connection.max"))
        if self.harmed_at and self.saturated_at is None and most and used is not None and used >= most:
            self.saturated_at = at

    def _reading(self, metric: str, state: str = "") -> float | None:
        return self._watch.latest(self.names[self._harmed_role], metric, self.now().timestamp(), state)

    def _note(
        self, kind: str, service: str, title: str, body: str = "", actor: str = "", **attributes: str
    ) -> datetime:
        at = self.now()
        self.occurrences.append(Occurrence(at, kind, service, title, body, actor, attributes))
        return at

    def _fill(self, text: str) -> str:
        """Put names and live readings into a text; a reading that is missing is said to be unknown."""
        now_s = self.now().timestamp()
        measured = {rule.indicator: rule.measure(self._watch, now_s) for rule in self.rules}
        errors, slow_s = measured["error_ratio"], measured["latency_p95"]
        readings = {
            "error_pct": None if errors is None else f"{errors * 100:.1f}",
            "p95_s": None if slow_s is None else f"{slow_s:.1f}",
            "pool_used": _whole(self._reading("db.client.connection.count", "used")),
            "pool_max": _whole(self._reading("db.client.connection.max")),
            "pool_waiting": _whole(self._reading("db.client.connection.pending_requests")),
            "memory_mb": _whole(self._reading("process.memory.usage"), 2**20),
            "restarts": str(self.keeper.restarts(self.names[self._harmed_role])),
        }
        known = {name: "(no data)" if value is None else value for name, value in readings.items()}
        return text.format(**known, **self.names, **self.people)


def _whole(value: float | None, unit: float = 1) -> str | None:
    return None if value is None else f"{value / unit:.0f}"
