"""What people said and were told: Slack, PagerDuty, Statuspage and transcripts of meetings."""

import json
from datetime import UTC, datetime

import pytest

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping
from secondstory.sources import pagerduty, slack, statuspage, transcript


def clock(hour: int, minute: int, second: int, micro: int = 0) -> datetime:
    return datetime(2026, 3, 6, hour, minute, second, micro, tzinfo=UTC)


def test_slack_messages_name_people_and_programs_as_the_day_tells_them(read) -> None:
    parsed = read(slack, "slack/2026-03-06.json", "incident-7/2026-03-06.json")
    alert, question, answer, deleted, thanks = parsed.tables[0][1].to_pylist()
    assert (alert["actor"], alert["title"]) == (
        ("automation", "[FIRING] GatewayErrorRatioHigh\n12 % of requests > 5 % fail")
    )
    assert question["title"] == (
        "looking, @Yusuf Kaya are you there? see the dashboard (https://grafana.example.com/d/7)"
    )
    assert (answer["actor"], answer["title"]) == (
        ("Yusuf Kaya", "yes. rolling back payment & telling @oncall in #status")
    )
    told = json.loads(answer["attributes"])
    assert (told["edited"], told["thread"]) == ("1772791500.000000", "1772791400.000300")
    assert (deleted["title"], json.loads(deleted["attributes"])["deleted"]) == ("A message was deleted.", "true")
    assert (thanks["actor"], thanks["title"]) == ("Dana Novak", "back to normal, thanks @U077")
    assert parsed.people == ("U077", "Yusuf Kaya")


def test_slack_passes_over_the_lists_of_an_export(read) -> None:
    given = b'[{"id": "U012", "real_name": "Dana Novak"}]'
    assert read(slack, given, "export/users.json").rejects == ()


def test_slack_takes_the_channel_from_the_folder(rows) -> None:
    message = b'[{"type": "message", "user": "U1", "text": "hello", "ts": "1772791400.000300"}]'
    (row,) = rows(slack, message, "export/incident-7/2026-03-06.json")
    assert json.loads(row["attributes"])["channel"] == "#incident-7"
    assert (row["actor"], row["time"]) == ("U1", clock(10, 3, 20, 300))


def test_slack_keeps_what_an_edit_left_and_not_what_a_deletion_took(rows) -> None:
    inner = {"type": "message", "user": "U1", "text": "new words", "ts": "1772791400.000300"}
    changed = {"type": "message", "subtype": "message_changed", "message": inner, "ts": "1772791500.000000"}
    gone = {"type": "message", "subtype": "message_deleted", "previous_message": inner, "ts": "1772791600.000000"}
    after, deleted = rows(slack, json.dumps([changed, gone]).encode())
    assert (after["title"], json.loads(after["attributes"])["edited"]) == ("new words", "1772791500.000000")
    assert "new words" not in deleted["title"] + deleted["body"] + deleted["attributes"]


def test_pagerduty_entries_are_alerts_pages_and_notes(read) -> None:
    parsed = read(pagerduty, "pagerduty/log-entries.json")
    resolved, note, acknowledged, notified, triggered = parsed.tables[0][1].to_pylist()
    assert [row["kind"] for row in (resolved, note, acknowledged, notified, triggered)] == [
        *("alert", "chat", "page", "page", "alert")
    ]
    names = [json.loads(row["attributes"])["alertname"] for row in (resolved, triggered)]
    assert names == ["Gateway error ratio is high"] * 2
    assert (note["title"], note["actor"]) == ("Rolling payment back to v2.3.1", "Dana Novak")
    assert json.loads(acknowledged["attributes"])["state"] == "acknowledged"
    assert (triggered["service"], triggered["actor"]) == ("gateway", None)
    assert parsed.people == ("Dana Novak",)


def test_a_pagerduty_incident_alone_tells_begin_acknowledgement_and_end(rows) -> None:
    states = [json.loads(row["attributes"])["state"] for row in rows(pagerduty, "pagerduty/incidents.json")]
    assert states == ["firing", "acknowledged", "resolved"]


def test_statuspage_tells_each_update_when_it_was_shown(rows) -> None:
    resolved, *_, bare = rows(statuspage, "statuspage/incidents.json")
    assert (resolved["kind"], resolved["time"]) == ("status", clock(11, 0, 0))
    assert (resolved["title"], resolved["body"]) == (
        ("Checkout fails for some customers: resolved", "Checkout works again.")
    )
    assert json.loads(resolved["attributes"])["components"] == "Checkout"
    assert bare["title"] == "Slow search: resolved"


def test_a_transcript_counts_from_the_begin_that_its_name_tells(read) -> None:
    name = "transcript/call-2026-03-06T10-15-00Z.vtt"
    spoken = read(transcript, name).tables[0][1].to_pylist()
    assert [(row["actor"], row["title"]) for row in spoken] == [
        ("Dana Novak", "we saw errors at the gateway"),
        ("Yusuf Kaya", "payment went out at ten past & it looks close"),
        ("Dana Novak", "roll it back"),
        ("Yusuf Kaya", "doing it"),
        (None, "nobody is named here"),
    ]
    assert [row["time"] for row in spoken[:2]] == [clock(10, 15, 5, 120_000), clock(10, 15, 9, 500_000)]
    assert spoken[-1]["time"] == clock(11, 15, 0)


def test_a_transcript_may_tell_its_begin_in_a_note_and_srt_in_its_name(rows) -> None:
    (noted,) = rows(transcript, "transcript/noted.vtt")
    assert (noted["time"], noted["actor"]) == (clock(10, 15, 1), "Ida Lindholm")
    first, _ = rows(transcript, "transcript/bridge_2026-03-06_10.15.00.srt")
    assert (first["time"], first["title"]) == (clock(10, 15, 5, 120_000), "we saw errors at the gateway")


def test_a_transcript_without_a_begin_says_how_to_name_the_file() -> None:
    (block,) = transcript.EXTENSION.cut("call.vtt", [b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n"])
    with pytest.raises(BadInput, match=r"call-2026-03-06T10-15-00Z\.vtt"):
        transcript.EXTENSION.parse(block, Mapping())


def test_cues_that_cannot_be_read_are_rejects_with_their_line(read) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\na: b\n\n99:99 --> x\nlost\n\nno cue at all\n"
    parsed = read(transcript, text.encode(), "call-2026-03-06T10-15-00Z.vtt")
    assert parsed.tables[0][1].num_rows == 1
    assert [reject.line for reject in parsed.rejects] == [6, 9]
