"""Ten questions of an executive: answered with numbers from the documents, or with what would tell."""

import re

import pytest
from tests.stages.meeting_dossier import bare_dossier, outage_dossier

from secondstory.model.card import MOST_WORDS, LinePart
from secondstory.stages.meeting import answer_card, answer_cards, card_asked, card_kinds
from secondstory.stages.meeting.confidence import likelihood

KEYS = tuple(kind.key for kind in card_kinds())
# Without earlier incidents there is nothing to compare with, and this change has no record of its way.
UNTOLD = {"same_as_last", "procedure"}


def test_there_are_ten_questions() -> None:
    assert len(KEYS) == 10


@pytest.mark.parametrize("key", KEYS)
def test_a_card_is_short_and_rests_on_evidence_or_refuses(key: str) -> None:
    card = answer_card(outage_dossier(), key)
    assert card is not None
    assert len(card.text.split()) <= MOST_WORDS, card.text
    if card.is_refusal:
        assert key in UNTOLD
        return
    parts = [line.part for line in card.lines]
    assert parts[0] is LinePart.ANSWER and card.evidence_ids
    assert LinePart.CONFIDENCE in parts and LinePart.UNKNOWN in parts, card.text
    assert re.search(r"\d", card.text), card.text


@pytest.mark.parametrize("key", KEYS)
def test_a_quiet_day_and_a_bare_incident_are_refused_with_what_would_tell(key: str) -> None:
    for dossier in (outage_dossier(fault=False), bare_dossier()):
        card = answer_card(dossier, key)
        assert card is not None and card.is_refusal and not card.evidence_ids
        assert card.text.startswith("Not known yet. What would tell us is "), card.text


def test_times_on_cards_are_times_of_the_documents() -> None:
    dossier = outage_dossier()
    assert dossier.document_due is not None
    moments = [m for e in dossier.timeline.events for m in (e.moment.earliest, e.moment.latest)]
    moments += [m.moment.latest for m in dossier.timeline.milestones if m.moment]
    moments += [dossier.document_due, *(r.fires.latest for r in dossier.detection.rules if r.fires)]
    moments += [dossier.impact.window.start, dossier.impact.window.end]
    moments += [time for gap in dossier.gaps if gap.window for time in (gap.window.start, gap.window.end)]
    written = {dossier.dial.time(time) for time in moments}
    told = {time for card in answer_cards(dossier) for time in re.findall(r"\d\d:\d\d:\d\d", card.text)}
    assert told and told <= written


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("Why wasn't this caught earlier?", "caught_earlier"),
        ("Are we safe tonight?", "safe_tonight"),
        ("How bad was it?", "what_happened"),
        ("Why did it take us so long to fix?", "took_so_long"),
        ("Is this the same as last time?", "same_as_last"),
        ("Who is accountable?", "accountable"),
        ("Was the checklist followed?", "procedure"),
        ("How do we prevent this from happening again?", "happen_again"),
        ("What do you need from me?", "need_from_me"),
        ("What do I tell the regulator?", "tell_customers"),
        ("When is lunch?", None),
        ("The pool of orders was full.", None),
    ],
)
def test_a_question_finds_its_card(asked: str, key: str | None) -> None:
    assert card_asked(asked) == key


def test_likelihood_prints_its_range_and_is_never_certain() -> None:
    told = [likelihood(share) for share in (0.0, 0.05, 0.5, 0.8, 0.95, 1.0)]
    assert told == [
        "almost no chance (1–5 %)",
        "very unlikely (5–20 %)",
        "roughly even (45–55 %)",
        "likely (55–80 %)",
        "very likely (80–95 %)",
        "almost certain (95–99 %)",
    ]
