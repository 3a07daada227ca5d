"""Turns a finished recording into the files that an import reads: incident, occurrences, objectives, rules, truth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from secondstory.gameday.journal import Occurrence, as_csv, utc_text
from secondstory.gameday.rules import Rule, as_prometheus
from secondstory.gameday.scenario import Scenario
from secondstory.gameday.stage import Trigger

TIME_ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Moments:
    """When things happened. At `fault` the harm was done; by `saturated` the metrics showed it."""

    began: datetime
    fault: datetime
    ended: datetime
    recovered: datetime
    saturated: datetime | None = None
    alarm: tuple[datetime, Rule] | None = None
    trigger: Trigger | None = None


@dataclass(frozen=True)
class Made:
    """How the recording was made, for its README."""

    seed: int
    pace: str
    lead: timedelta  # that an investigator looks back from the first alert
    producers: Mapping[str, str]


def write_folder(
    out: Path, scenario: Scenario, moments: Moments, occurrences: list[Occurrence], rules: tuple[Rule, ...], made: Made
) -> None:
    """Write everything but `telemetry/`, which the collector has written already."""
    (out / "incident.toml").write_text(_incident(scenario, moments, made.lead))
    (out / "occurrences.csv").write_text(as_csv(occurrences))
    (out / "slo.yaml").write_text(_objectives(scenario.names["gateway"]))
    (out / "rules.yaml").write_text(as_prometheus(rules))
    (out / "truth.json").write_text(json.dumps(_truth(scenario, moments), indent=2) + "\n")
    (out / "README.md").write_text(_readme(scenario, moments, made))


def _incident(scenario: Scenario, moments: Moments, lead: timedelta) -> str:
    # An alert comes late, so the investigator looks back; a faultless day has none, and is looked at from its change.
    start = max(moments.began, moments.alarm[0] - lead) if moments.alarm else moments.fault
    lines = [
        f"id = {json.dumps(f'{scenario.name}-{moments.began:%Y-%m-%d-%H%M}')}",
        f"title = {json.dumps(scenario.title)}",
        'severity = "SEV1"',
        f"time_zone = {json.dumps(TIME_ZONE)}",
        f"entry_services = [{json.dumps(scenario.names['gateway'])}]",
        "",
        "[window]",
        f"start = {utc_text(start)}",
        f"end = {utc_text(moments.recovered)}",
    ]
    if moments.alarm:
        at, rule = moments.alarm
        lines += [
            "",
            "[alarm]",
            f"time = {utc_text(at)}",
            f'service = "{rule.service}"',
            f'indicator = "{rule.indicator}"',
        ]
    lines += ["", "[telemetry]", f"start = {utc_text(moments.began)}", f"end = {utc_text(moments.ended)}"]
    return "\n".join(lines) + "\n"


def _truth(scenario: Scenario, moments: Moments) -> list[dict[str, object]]:
    truth = scenario.truth
    if truth is None:
        return []
    service = scenario.names[truth.role]
    latest = moments.saturated or (moments.alarm[0] if moments.alarm else moments.ended)
    trigger = None
    if truth.trigger and moments.trigger:
        began = moments.trigger
        trigger = {"kind": began.kind, "service": scenario.names[truth.trigger], "time": utc_text(began.at)}
        trigger |= {"version": began.version} if began.version else {}
    return [
        {
            "id": f"{service}-{truth.fault_kind}",
            "service": service,
            **({"also": scenario.names[truth.also]} if truth.also else {}),
            "indicators": list(truth.indicators),
            "mechanism": truth.mechanism,
            "trigger": trigger,
            "onset": {"earliest": utc_text(moments.fault), "latest": utc_text(latest)},
            "fault_kind": truth.fault_kind,
        }
    ]


def _objectives(gateway: str) -> str:
    requests = "http_server_request_duration_seconds"
    everything = f'sum(rate({requests}_count{{service_name="{gateway}"}}[1m]))'
    answered = f'sum(rate({requests}_count{{service_name="{gateway}",http_response_status_code!~"5.."}}[1m]))'
    quick = f'sum(rate({requests}_bucket{{service_name="{gateway}",le="0.5"}}[1m]))'
    documents: list[dict[str, object]] = [
        {
            "apiVersion": "openslo/v1",
            "kind": "Service",
            "metadata": {"name": gateway, "displayName": gateway},
            "spec": {"description": "Where every customer's request enters."},
        },
        _objective(gateway, "availability", "Requests that are not answered with 5xx.", 0.995, (answered, everything)),
        _objective(gateway, "latency", "Requests answered within half a second.", 0.95, (quick, everything)),
    ]
    return yaml.safe_dump_all(documents, sort_keys=False, width=140)


def _objective(
    gateway: str, aspect: str, description: str, target: float, queries: tuple[str, str]
) -> dict[str, object]:
    good, total = ({"metricSource": {"type": "Prometheus", "spec": {"query": query}}} for query in queries)
    name = f"{gateway}-{aspect}"
    return {
        "apiVersion": "openslo/v1",
        "kind": "SLO",
        "metadata": {"name": name, "displayName": f"{gateway} {aspect}"},
        "spec": {
            "description": description,
            "service": gateway,
            "indicator": {
                "metadata": {"name": f"{name}-ratio", "displayName": description},
                "spec": {"ratioMetric": {"counter": False, "good": good, "total": total}},
            },
            "timeWindow": [{"duration": "28d", "isRolling": True}],
            "budgetingMethod": "Occurrences",
            "objectives": [{"displayName": aspect, "target": target}],
        },
    }


def _readme(scenario: Scenario, moments: Moments, made: Made) -> str:
    producers = "\n".join(f"- {name} {version}" for name, version in sorted(made.producers.items()))
    minutes = (moments.ended - moments.began).total_seconds() / 60
    return f"""# {scenario.name}, seed {made.seed}

A real recording of {minutes:.1f} minutes: {scenario.summary}.
The laboratory ran the shop's services as processes on one machine, with a private PostgreSQL and a load generator;
the telemetry is what their OpenTelemetry SDK sent, byte by byte. People and customers are invented, the times are real.

Recorded on {moments.began:%Y-%m-%d}, {moments.began:%H:%M:%S} to {moments.ended:%H:%M:%S} UTC, at the {made.pace} pace.
To record it again:

    secondstory gameday record {scenario.name} --seed {made.seed} --out DIR

The schedule and the choices follow the seed; timings are those of the machine and differ each time.

| file | content |
|---|---|
| `telemetry/*.otlp.pb.gz` | OTLP export requests, each after its length in four bytes (big endian), gzip |
| `occurrences.csv` | deploys, alerts, pages, chat, commands, status posts, instances started and stopped |
| `incident.toml` | the question: window, first alert, entry service |
| `slo.yaml`, `rules.yaml` | the objectives and alert rules that existed |
| `truth.json` | what was done to the shop; the analysis never reads it |

Producers:
{producers}

Directories of the recording machine are cut from stack traces; nothing else was changed.
"""
