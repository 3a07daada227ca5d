"""Occurrences, incidents, objectives and alert rules: what people wrote down, with their mistakes."""

from datetime import UTC, datetime, timedelta

import pytest

from secondstory.model.errors import BadInput
from secondstory.model.system import AlertRule, Budgeting, Calendar, CalendarUnit, IncidentSeed, System
from secondstory.model.telemetry import Mapping
from secondstory.ports import FileHead, Parsed
from secondstory.sources import alert_rules, incident_toml, occurrences_csv, openslo

WINDOW = 'id = "x"\n[window]\nstart = 2026-01-02T03:00:00Z\nend = 2026-01-02T04:00:00+00:00\n'


def test_reads_the_laboratorys_occurrences(read) -> None:
    parsed = read(occurrences_csv, "occurrences_csv/occurrences.csv")
    rows = parsed.tables[0][1].to_pylist()
    assert parsed.rejects == ()
    assert rows[0]["time"] == datetime(2026, 11, 21, 11, 0, 32, 966540, tzinfo=UTC)
    assert (rows[0]["kind"], rows[0]["service"], rows[0]["version"]) == ("deploy", "payment", "2.3.2")
    assert rows[0]["actor"] == "Dana Novak"
    assert '"previous_version":"2.3.1"' in rows[0]["attributes"]
    assert {row["kind"] for row in rows} >= {"deploy", "alert", "chat", "orchestrator"}


def test_a_quoted_cell_may_span_lines_and_columns_may_be_missing_or_new(rows) -> None:
    data = b'kind,time,title,ticket,body\r\nchat,2026-01-02T03:04:05Z,"a ""b""",T-1,"one,\r\ntwo"\r\n'
    (row,) = rows(occurrences_csv, data, mapping=Mapping())
    assert (row["title"], row["body"].splitlines(), row["service"]) == ('a "b"', ["one,", "two"], "")
    assert (row["attributes"], row["actor"]) == ('{"ticket":"T-1"}', None)


def test_wrong_rows_are_rejects_with_their_line(read) -> None:
    lines = [
        "time,kind,title,attributes",
        '2026-01-02T03:04:05Z,chat,"two',
        'lines",',
        "2026-01-02T03:04:05Z,gossip,x,",
        "noon,chat,x,",
        ",chat,x,",
        "2026-01-02T03:04:05Z,chat",
        "2026-01-02T03:04:05Z,chat,x,{oops",
        '2026-01-02T03:04:05Z,chat,"never closed',
    ]
    parsed = read(occurrences_csv, "\n".join(lines).encode())
    assert parsed.tables[0][1].column("title").to_pylist() == ["two\nlines", "x"]
    assert [reject.line for reject in parsed.rejects] == [4, 5, 6, 7, 8, 9]
    assert "deploy, config, flag" in parsed.rejects[0].reason
    assert not any(said in reject.reason for reject in parsed.rejects for said in ("gossip", "noon", "oops"))


def test_an_empty_table_has_no_rows_and_one_without_needed_columns_says_which(read) -> None:
    assert read(occurrences_csv, b"time,kind\n").tables == ()
    with pytest.raises(BadInput, match="'kind'"):
        read(occurrences_csv, b"time,what\n")


def test_reads_the_laboratorys_incident(read) -> None:
    seed, system = read(incident_toml, "incident_toml/incident.toml").facts
    assert isinstance(seed, IncidentSeed)
    assert (seed.severity, seed.time_zone, seed.alarm_service) == ("SEV1", "Europe/Berlin", "gateway")
    assert seed.alarm_time == "2026-11-21T11:05:30.044939Z"
    assert isinstance(system, System)
    assert system.entry_services == ("gateway",)
    assert system.telemetry is not None
    assert system.telemetry.start < seed.window.start < seed.window.end < system.telemetry.end


def test_only_an_id_and_a_window_are_needed(read) -> None:
    seed, system = read(incident_toml, WINDOW.encode()).facts
    assert (seed.title, seed.severity, seed.time_zone, seed.alarm_time) == ("x", "SEV3", "UTC", None)
    assert seed.window.seconds == 3600
    assert system == System()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('id = "x"\n', "'window' is missing"),
        (WINDOW.replace('id = "x"\n', ""), "'id' is missing"),
        (WINDOW.replace("03:00:00Z", "03:00:00"), "names no offset"),
        (WINDOW.replace("04:00", "02:00"), "must end after it starts"),
        ('entry_services = "gateway"\n' + WINDOW, "a list is needed"),
        ("severity_level = 1\n" + WINDOW, "'severity_level' is not known"),
        (WINDOW + "[alarm]\nwhen = 1\n", "'alarm.when' is not known"),
    ],
)
def test_a_wrong_incident_says_what_is_wrong(read, text, says) -> None:
    parsed = read(incident_toml, text.encode())
    assert any(says in reject.reason for reject in parsed.rejects)


def promised(parsed: Parsed) -> list[tuple[object, ...]]:
    """The objectives without their queries."""
    return [(o.name, o.service, o.target_ratio, o.period.days, o.indicator, o.slow_ms) for o in parsed.facts]


def test_reads_the_laboratorys_objectives(read) -> None:
    parsed = read(openslo, "openslo/slo.yaml")
    assert promised(parsed) == [
        ("gateway-availability", "gateway", 0.995, 28, "availability", None),
        ("gateway-latency", "gateway", 0.95, 28, "latency", 500.0),
    ]
    assert 'le="0.5"' in parsed.facts[1].query and parsed.facts[1].proposed == ""
    total = 'sum(rate(http_server_request_duration_seconds_count{service_name="gateway"}[1m]))'
    assert {one.total_query for one in parsed.facts} == {total}
    assert parsed.facts[0].good_query == total.replace("}", ',http_response_status_code!~"5.."}')


def test_reads_referenced_indicators_and_thresholds_and_says_what_is_not_supported(read) -> None:
    parsed = read(openslo, "openslo/indicators.yaml")
    assert promised(parsed) == [
        ("checkout-availability", "checkout", 0.999, 28, "availability", None),
        ("checkout-latency-1", "checkout", 0.99, 30, "latency", 300.0),
        ("checkout-latency-2", "checkout", 0.999, 30, "latency", 900.0),
        ("checkout-slices", "checkout", 0.99, 28, "availability", None),
    ]
    (lost,) = parsed.rejects
    assert "'nowhere'" in lost.reason


def test_reads_calendars_slices_and_burn_rate_alerts(read) -> None:
    month, slices, ratios = read(openslo, "openslo/whole.yaml").facts
    assert month.calendar == Calendar("2026-01-01T00:00:00", "Europe/Berlin", 1, CalendarUnit.MONTH)
    assert [(one.name, one.threshold, one.severity) for one in month.alerts] == [
        ("slow-burn", 6.0, "ticket"),
        ("fast-burn", 14.4, "page"),
    ]
    assert (month.alerts[0].lookback, month.alerts[0].hold) == (timedelta(hours=6), timedelta(minutes=5))
    assert (slices.budgeting, slices.slice, slices.slice_target_ratio) == (Budgeting.SLICES, timedelta(minutes=1), 0.95)
    assert (ratios.budgeting, ratios.slice) == (Budgeting.SLICE_RATIOS, timedelta(minutes=5))
    assert ratios.calendar == Calendar("2026-01-01T00:00:00", "UTC", 3, CalendarUnit.MONTH)


def test_an_objective_whose_query_is_not_understood_is_told_with_its_reason(read) -> None:
    alert, vendor, other = (reject.reason for reject in read(openslo, "openslo/whole.yaml").rejects)
    assert "An alert of the objective 'shop-month'" in alert and "'nowhere'" in alert
    assert "'vendor-query'" in vendor and "Datadog" in vendor
    assert "'no-requests'" in other and "rows_fresh_total" in other


def test_a_threshold_of_unknown_unit_is_not_guessed(read) -> None:
    text = (
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: x}\nspec:\n  service: s\n  indicator:\n    spec:\n"
        "      thresholdMetric: {metricSource: {spec: {query: latency}}}\n"
        "  timeWindow: [{duration: 28d, isRolling: true}]\n  objectives: [{op: lte, value: 3, target: 0.9}]\n"
    )
    parsed = read(openslo, text.encode())
    assert parsed.facts == ()
    assert "annotation `unit`" in parsed.rejects[0].reason


def test_reads_the_laboratorys_alert_rules(read) -> None:
    errors, latency, cpu = read(alert_rules, "alert_rules/rules.yaml").facts
    assert isinstance(errors, AlertRule)
    assert (errors.name, errors.hold, errors.severity) == ("GatewayErrorRatioHigh", timedelta(seconds=20), "page")
    assert errors.expression.endswith("> 0.05")
    assert (latency.hold, cpu.severity) == (timedelta(seconds=40), "ticket")


def test_recording_rules_are_passed_over_and_wrong_alerts_told(read) -> None:
    text = (
        "groups:\n- name: a\n  rules:\n  - {record: x, expr: y}\n  - {alert: A, expr: up == 0, for: 1h30m}\n"
        "  - {alert: B, expr: up == 0, for: soon}\n  - {alert: C}\n"
    )
    parsed = read(alert_rules, text.encode())
    assert parsed.facts == (AlertRule("A", "up == 0", timedelta(minutes=90), ""),)
    assert [("'B'" in reject.reason, "'C'" in reject.reason) for reject in parsed.rejects] == [
        (True, False),
        (False, True),
    ]


def test_text_that_is_no_document_says_where_it_breaks(read) -> None:
    with pytest.raises(BadInput, match="line 2"):
        read(alert_rules, b"groups:\n  - [a\n")
    with pytest.raises(BadInput, match="line 1"):
        read(incident_toml, b"id = \n")


RULES = """
groups:
  - name: shop
    interval: 15s
    limit: 10
    query_offset: 1m
    labels: {severity: ticket, team: shop}
    rules:
      - record: job:errors:rate5m
        expr: sum by (job) (rate(errors_total[5m]))
        labels: {source: rule}
      - alert: ErrorsHigh
        expr: |
          job:errors:rate5m
            > 0.05
        for: 1d2h3m4s5ms
        keep_firing_for: 10m
        labels: {severity: page}
        annotations: {summary: 'Too many: {{ $value }}'}
      - {alert: Quiet, expr: absent(up)}
"""


def test_reads_all_that_a_rule_file_may_hold(read) -> None:
    parsed = read(alert_rules, RULES.encode())
    high, quiet = parsed.facts
    assert (high.expression, high.severity) == ("job:errors:rate5m > 0.05", "page")
    assert high.hold == timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5)
    assert (quiet.severity, quiet.hold) == ("ticket", timedelta(0))
    assert parsed.rejects == ()


def test_reads_the_operators_manifest_and_tells_a_wrong_duration(read) -> None:
    lines = RULES.replace("keep_firing_for: 10m", "keep_firing_for: long").strip().splitlines()
    manifest = "kind: PrometheusRule\nspec:\n" + "\n".join(f"  {line}" for line in lines)
    assert alert_rules.recognise(FileHead("rules.yaml", manifest.encode()))
    parsed = read(alert_rules, manifest.encode())
    assert [rule.name for rule in parsed.facts] == ["Quiet"]
    assert "keep_firing_for" in parsed.rejects[0].reason
