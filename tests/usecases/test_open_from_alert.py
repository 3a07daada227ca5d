"""Incidents from notifications of alerts: opened once, widened by later news, as bad as the policy says."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.incident import Severity
from secondstory.model.window import parse_time
from secondstory.ports import World
from secondstory.usecases.analyse import analyse
from secondstory.usecases.open_from_alert import LARGEST_NOTIFICATION, FromAlert, open_from_alert
from secondstory.usecases.open_incident import described, open_by_hand
from secondstory.wiring import open_world

RECORDINGS = Path(__file__).parents[1] / "recordings"
FIRED = "2026-03-01T12:00:24Z"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def notification(name: str = "CheckoutErrorsHigh", since: str = FIRED, **changed: str) -> bytes:
    labels = {"alertname": name, "service": "checkout", "severity": changed.get("severity", "critical")}
    alert = {
        "status": "resolved" if "until" in changed else "firing",
        "labels": labels,
        "annotations": {"summary": f"{name}: 5 % of checkouts fail"},
        "startsAt": since,
        "endsAt": changed.get("until", "0001-01-01T00:00:00Z"),
        "fingerprint": name,
    }
    return json.dumps({"version": "4", "groupKey": "{}", "alerts": [alert], "receiver": "x"}).encode()


def take(world: World, data: bytes) -> FromAlert:
    return open_from_alert(LOCAL_OWNER, world, data)


def test_an_alert_opens_an_incident_with_what_it_says(world: World) -> None:
    made = take(world, notification()).incident
    assert made.id == "checkout-2026-03-01-1200"
    assert made.severity is Severity.SEV1 and made.title == "CheckoutErrorsHigh: 5 % of checkouts fail"
    assert made.alarm is not None and made.alarm.service == "checkout"
    assert made.alarm.time == parse_time(FIRED) and made.window.start < made.alarm.time < made.window.end
    assert world.incidents.get(made.id) == made and world.catalogue.segments(made.recordings)


def test_repetitions_and_the_end_go_to_the_incident_that_the_alert_opened(world: World) -> None:
    first = take(world, notification())
    again = take(world, notification())
    assert first.is_new and not again.is_new and again.incident == first.incident
    ended = take(world, notification(until="2026-03-01T15:00:00Z")).incident
    assert ended.id == first.incident.id
    assert ended.window.end == parse_time("2026-03-01T15:30:00Z") and ended.window.start == first.incident.window.start
    assert len(world.incidents.visible_to(LOCAL_OWNER)) == 1


def test_an_alert_that_joins_a_known_group_is_the_same_incident_from_then_on(world: World) -> None:
    one, two = json.loads(notification("One")), json.loads(notification("Two", "2026-03-01T12:05:00Z"))
    opened = take(world, json.dumps(one).encode()).incident
    both = {**one, "alerts": [*one["alerts"], *two["alerts"]]}
    assert take(world, json.dumps(both).encode()).incident.id == opened.id
    assert take(world, json.dumps(two).encode()).incident.id == opened.id


def test_an_alert_that_fires_again_another_day_is_another_incident(world: World) -> None:
    first, later = take(world, notification()), take(world, notification(since="2026-04-01T12:00:24Z"))
    assert later.is_new and later.incident.id != first.incident.id


def test_two_alerts_of_one_name_and_minute_do_not_share_an_id(world: World) -> None:
    first, other = take(world, notification()), take(world, notification(since="2026-03-01T12:00:30Z"))
    assert other.incident.id == f"{first.incident.id}-2" and other.incident.recordings != first.incident.recordings


@pytest.mark.parametrize(
    ("said", "meant"), [("critical", "SEV1"), ("P1", "SEV1"), ("Warning", "SEV3"), ("odd", "SEV2"), ("", "SEV2")]
)
def test_the_policy_says_how_bad_it_is(world: World, said: str, meant: str) -> None:
    assert take(world, notification(severity=said)).incident.severity.value == meant


@pytest.mark.parametrize(
    ("file", "title", "severity"),
    [
        ("grafana/documentation.json", "", None),
        ("pagerduty/webhook.json", "More than 5 % of requests to gateway fail", "SEV1"),
        ("pagerduty/incidents.json", "", None),
        ("alertmanager/alerts.json", "Slowest 5 % of requests take more than one second", "SEV2"),
    ],
)
def test_what_the_usual_senders_send_opens_one_incident(
    world: World, file: str, title: str, severity: str | None
) -> None:
    data = (RECORDINGS / file).read_bytes()
    made = take(world, data).incident
    assert not take(world, data).is_new
    assert (not title or made.title == title) and (severity is None or made.severity.value == severity)


def test_every_event_of_a_pagerduty_incident_belongs_to_it(world: World) -> None:
    resolved = json.loads((RECORDINGS / "pagerduty/webhook.json").read_bytes())
    begun = json.loads(json.dumps(resolved))
    begun["event"] |= {"event_type": "incident.triggered", "occurred_at": "2026-03-01T12:00:30Z", "agent": None}
    asked = json.loads(json.dumps(resolved))
    asked["event"] |= {"event_type": "incident.acknowledged", "occurred_at": "2026-03-01T12:03:00Z"}
    made = [take(world, json.dumps(each).encode()) for each in (begun, asked, resolved)]
    assert [each.is_new for each in made] == [True, False, False] and len({each.incident.id for each in made}) == 1
    assert made[-1].incident.window.end >= parse_time("2026-03-01T12:38:40Z")
    assert "Earline Greenholt" not in str(made[-1])


def test_a_name_in_an_alert_is_a_token_in_the_title(world: World) -> None:
    token = world.sealed.token("Earline Greenholt", "responder")
    made = take(world, notification("Call Earline Greenholt")).incident
    assert "Earline" not in made.title and token in made.title and "earline" not in made.id


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"hello", b'{"alerts": []}', b'{"event": {"event_type": "x"}}'])
def test_what_tells_of_no_alert_is_refused_and_leaves_nothing(world: World, data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        take(world, data)
    assert refused.value.next_step
    assert not world.incidents.visible_to(LOCAL_OWNER) and not world.recordings.names()


def test_a_notification_too_large_or_from_somebody_else_is_refused(world: World) -> None:
    with pytest.raises(BadInput):
        take(world, b"{" + b" " * LARGEST_NOTIFICATION)
    with pytest.raises(NotAllowed):
        open_from_alert(Actor("responder-1", roles=(("a", Role.FACILITATOR),)), world, notification())
    with pytest.raises(BadInput):
        open_from_alert(LOCAL_OWNER, world, notification(), "Mars/Olympus")


def test_an_incident_that_has_only_its_alert_can_be_analysed(world: World) -> None:
    made = take(world, notification(until="2026-03-01T12:20:00Z")).incident
    analyse(LOCAL_OWNER, world, made.id, refresh=False, progress=lambda _: None)
    assert all(world.documents.latest(made.id, stage) is not None for stage in ("timeline", "impact", "report"))


def test_an_incident_opened_before_anything_is_imported_has_a_recording_to_import_into(world: World) -> None:
    made = open_by_hand(
        LOCAL_OWNER, world, described("early", "Early", "SEV2", "UTC", "2026-03-01T12:00:00Z/2026-03-01T13:00:00Z", "")
    )
    assert made.recordings == ("early",) and world.recordings.get("early") is not None
    analyse(LOCAL_OWNER, world, made.id, refresh=False, progress=lambda _: None)
    assert made.window.end - made.window.start == timedelta(hours=1)
