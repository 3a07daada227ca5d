"""Around the meeting: transcripts are read and forgotten, answers rest on evidence, and bad files are told as such."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .conftest import Browser

CALL = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Ana Lind>Let us go through the timeline. What did you see first?</v>

2
00:00:05.000 --> 00:00:09.000
<v Bo Ek>Priya broke checkout because she was careless, it is that simple.</v>

3
00:00:10.000 --> 00:00:14.000
<v Cleo Dahl>How many customers were hit, and for how long?</v>

4
00:00:15.000 --> 00:00:19.000
<v Bo Ek>Whose fault is it? Somebody has to be held accountable.</v>
"""
ROLES = ["Ana Lind=facilitator", "Cleo Dahl=executive"]


def heard(browser: Browser, incident: str, text: str = CALL, **said: object) -> dict[str, Any]:
    answer = browser.client.post(
        f"/api/v1/incidents/{incident}/transcript", files={"file": ("call.vtt", text.encode())}, data=said
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_words_to_say_stand_beside_what_asks_for_them(browser: Browser, incident: str) -> None:
    told = heard(browser, incident, roles=ROLES)
    assert [cue["speaker"] for cue in told["transcript"]["cues"]] == ["Ana Lind", "Bo Ek", "Cleo Dahl", "Bo Ek"]
    moves = {one["cue"]: one["verdict"]["move"] for one in told["conversation"]["findings"]}
    assert moves.get(4) == "reply" and moves.get(3) == "answer" and 1 not in moves
    advice = {one["cue"]: one for one in told["advice"]}
    assert advice[3]["card"]["key"] == "what_happened"
    steps = [one["step"] for one in advice[4]["replies"]]
    assert len(steps) == len(set(steps)) >= 2 and told["is_filled"]
    known = {one["id"] for one in browser.get(f"/incidents/{incident}/evidence")["evidence"]}  # type: ignore[attr-defined]  # JSON
    cited = {ident for one in told["advice"] for reply in one["replies"] for ident in reply["evidence_ids"]}
    assert cited and cited <= known


def test_the_room_hears_less_of_a_rule_that_was_called_no_blame(browser: Browser, incident: str) -> None:
    told = heard(browser, incident, roles=ROLES, not_blame=["4"])
    assert 4 not in {one["cue"] for one in told["advice"]}
    assert 4 in {one["cue"] for one in told["conversation"]["findings"]}, "what was read is still told"


def test_nothing_of_a_transcript_is_kept(own_browser: Browser) -> None:
    incident = own_browser.get("/incidents")["incidents"][0]["id"]  # type: ignore[index]  # JSON
    heard(own_browser, incident, f"{CALL}\n5\n00:00:20.000 --> 00:00:21.000\n<v Bo Ek>Zanzibar quokka.</v>\n")
    files = [path for path in Path(own_browser.world.data_dir).rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"quokka" in path.read_bytes()]


def test_an_incident_without_documents_is_told_so_and_served(own_browser: Browser) -> None:
    window = {"start": "2026-11-21T10:50:00Z", "end": "2026-11-21T10:51:00Z"}
    given = {"title": "Fresh", "recording": "pool-exhaustion", "window": window, "id": "fresh"}
    assert own_browser.client.post("/api/v1/incidents", json=given).status_code == 201
    told = heard(own_browser, "fresh", roles=ROLES)
    assert not told["is_filled"] and {one["cue"] for one in told["conversation"]["findings"]} >= {4}
    assert not [reply for one in told["advice"] for reply in one["replies"] if reply["evidence_ids"]]
    assert own_browser.client.get("/api/v1/incidents/fresh/answers").status_code == 404


@pytest.mark.parametrize("content", [b"", b"\0\1\2binary", b"WEBVTT\n\n", b" \n \n"])
def test_a_file_in_which_nobody_speaks_is_a_problem(browser: Browser, incident: str, content: bytes) -> None:
    answer = browser.client.post(f"/api/v1/incidents/{incident}/transcript", files={"file": ("call.vtt", content)})
    assert answer.status_code == 400 and "call.vtt" in answer.json()["detail"] and answer.json()["next"]


@pytest.mark.parametrize("role", ["Ana", "=executive", "Ana=queen"])
def test_a_role_that_is_none_is_a_problem_of_that_field(browser: Browser, incident: str, role: str) -> None:
    answer = browser.client.post(
        f"/api/v1/incidents/{incident}/transcript", files={"file": ("a.txt", CALL.encode())}, data={"roles": [role]}
    )
    assert answer.status_code == 422 and answer.json()["field"].startswith("roles")


def test_a_transcript_may_be_large_and_no_larger(browser: Browser, incident: str) -> None:
    url = f"/api/v1/incidents/{incident}/transcript"
    aside = b"NOTE\n" + b"set down by a machine\n" * 20_000
    cue = b"\n00:01.000 --> 00:02.000\nThe queue was full.\n"
    whole = b"WEBVTT\n\n" + aside + cue
    assert browser.client.post(url, files={"file": ("call.vtt", whole)}).status_code == 200
    assert browser.client.post(url, files={"file": ("call.vtt", whole + aside * 2 + cue)}).status_code == 413


def test_answers_rest_on_evidence_or_say_what_would_tell(browser: Browser, incident: str) -> None:
    told: Any = browser.get(f"/incidents/{incident}/answers", question="Why did nobody catch this sooner?")
    assert len(told["cards"]) == 10 and told["asked"] == "caught_earlier"
    for card in told["cards"]:
        rests = [ident for line in card["lines"] for ident in line["evidence_ids"]]
        assert card["is_refusal"] != bool(rests), card
    assert browser.get(f"/incidents/{incident}/answers", question="What is for lunch?")["asked"] is None


def test_a_card_and_the_overview_say_the_same_of_when_the_document_is_due(browser: Browser, incident: str) -> None:
    due = datetime.fromisoformat(str(browser.get(f"/incidents/{incident}")["document_due"]))
    local = due.astimezone(ZoneInfo("Europe/Berlin"))
    cards: Any = browser.get(f"/incidents/{incident}/answers")["cards"]
    told = [line["text"] for card in cards for line in card["lines"] if line["part"] == "next"]
    written = f"{local.day} {local:%b %Y}, {local:%H:%M}"
    assert any(written in text for text in told), (written, told)
