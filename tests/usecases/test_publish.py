"""From a draft to a version that never changes, and to the people: what holds it back, who agrees, what is kept."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.codec import canonical_json, content_hash, decode
from secondstory.model.conduct import Step
from secondstory.model.decision import DecisionVerb
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, Conflict, NotAllowed, NotFound
from secondstory.model.incident_record import Field
from secondstory.model.mail import LetterState
from secondstory.model.people import Member
from secondstory.model.publication import Check, CheckKind, Edition
from secondstory.model.report import ReportBody
from secondstory.model.text import ReviewState
from secondstory.ports import World
from secondstory.usecases.circulate import Mailing, circulate, circulation
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.export_report import export_report
from secondstory.usecases.incident_record import change
from secondstory.usecases.people import wish_to_be_named
from secondstory.usecases.publish import compare, publish, published_file, versions
from secondstory.usecases.review import move, override, read_review
from secondstory.usecases.text import Edit, edit_text, read_text, restore_text

from .conftest import only_incident

SCRIBE, RESPONDER = "scribe-1", "responder-9"


@pytest.fixture
def incident(own_world: World) -> str:
    return only_incident(own_world).id


def write(world: World, incident: str, markdown: str, key: str = "questions", actor: Actor = LOCAL_OWNER) -> None:
    head = next(one.head for one in read_text(LOCAL_OWNER, world, incident).sections if one.key == key)
    edit_text(actor, world, incident, Edit(key, head, markdown))


def found(world: World, incident: str, kind: CheckKind) -> list[Check]:
    return [one for one in read_review(LOCAL_OWNER, world, incident).checks if one.kind is kind]


def approve(world: World, incident: str) -> None:
    move(LOCAL_OWNER, world, incident, ReviewState.IN_REVIEW)
    move(LOCAL_OWNER, world, incident, ReviewState.APPROVED)


def join(world: World, incident: str, token: str, role: Role) -> Actor:
    world.members.save(Member(incident, token, role, world.clock.now()))
    return Actor(token, roles=((incident, role),))


def test_the_analysis_itself_can_go_out_in_three_steps(own_world: World, incident: str) -> None:
    assert not any(one.holds_back for one in read_review(LOCAL_OWNER, own_world, incident).checks)
    with pytest.raises(BadInput, match="a draft"):
        publish(LOCAL_OWNER, own_world, incident)
    approve(own_world, incident)
    done = publish(LOCAL_OWNER, own_world, incident, "First version.").publication
    assert (done.number, done.approved_by, done.overrides) == (1, "owner", ())
    assert {"document.json", "document.md", "document.html"} <= set(done.files)
    assert read_review(LOCAL_OWNER, own_world, incident).review.state is ReviewState.PUBLISHED


def test_a_version_stays_as_it_was_and_later_ones_stand_beside(own_world: World, incident: str) -> None:
    approve(own_world, incident)
    first = publish(LOCAL_OWNER, own_world, incident).publication
    before = published_file(LOCAL_OWNER, own_world, incident, 1, "html")
    write(own_world, incident, "What did the canary show [@E01]?\n")
    now = read_review(LOCAL_OWNER, own_world, incident).review
    assert now.state is ReviewState.DRAFT and now.changed
    approve(own_world, incident)
    second = publish(LOCAL_OWNER, own_world, incident).publication
    assert published_file(LOCAL_OWNER, own_world, incident, 1, "html") == before
    assert versions(LOCAL_OWNER, own_world, incident) == (second, first) and second.hash != first.hash
    lines = compare(LOCAL_OWNER, own_world, incident, 1, 2)
    assert any(line.sign == "+" and "What did the canary show" in line.text for line in lines)
    with pytest.raises(Conflict):
        own_world.publications.add(first, ())
    with pytest.raises(NotFound, match="no published version 3"):
        published_file(LOCAL_OWNER, own_world, incident, 3, "md")


@pytest.mark.parametrize(
    ("markdown", "kind", "blocks"),
    [
        ("The pool ran dry.\n", CheckKind.BARE, True),
        ("In all, 4,321 requests fail [@E01].\n", CheckKind.NUMBER, True),
        ("In all, 1,092 requests fail [@E17].\n", CheckKind.NUMBER, False),
        ("The platform team failed to watch the pool [@E04].\n", CheckKind.WORDING, True),
        ("The logs say nothing of it [@G1].\n", CheckKind.GAP, False),
        ("::chart{no-such}\n\nWhat then?\n", CheckKind.LOST, True),
    ],
)
def test_each_finding_is_told(own_world: World, incident: str, markdown: str, kind: CheckKind, blocks: bool) -> None:
    write(own_world, incident, markdown)
    (one,) = found(own_world, incident, kind)
    assert one.blocks is blocks and one.section == "questions" and one.reason


def test_right_numbers_and_marked_opinions_are_no_findings(own_world: World, incident: str) -> None:
    write(own_world, incident, "In all, 1092 requests fail [@E01]. The pool was too small *(opinion)*. Why?\n")
    assert [one for one in read_review(LOCAL_OWNER, own_world, incident).checks if one.section == "questions"] == []


def test_a_name_holds_the_document_back_and_is_not_told_again(own_world: World, incident: str) -> None:
    token = own_world.sealed.token("Ludmila Kowalczyk", "responder")
    write(own_world, incident, "Ludmila rolled back [@E05].\n")
    (one,) = found(own_world, incident, CheckKind.NAME)
    assert one.blocks and token in one.reason and "Kowalczyk" not in one.reason


def test_an_emptied_section_that_is_needed_is_missing(own_world: World, incident: str) -> None:
    write(own_world, incident, "", "causes")
    (one,) = found(own_world, incident, CheckKind.MISSING)
    assert one.section == "causes"


def test_an_override_needs_a_reason_goes_out_with_the_version_and_ends_with_the_words(
    own_world: World, incident: str
) -> None:
    write(own_world, incident, "The pool ran dry.\n")
    (bare,) = found(own_world, incident, CheckKind.BARE)
    approve(own_world, incident)
    with pytest.raises(BadInput, match="One finding must be settled"):
        publish(LOCAL_OWNER, own_world, incident)
    with pytest.raises(BadInput, match="reason"):
        override(LOCAL_OWNER, own_world, incident, bare.key, " ")
    override(LOCAL_OWNER, own_world, incident, bare.key, "Seen by all in the room.")
    kept = publish(LOCAL_OWNER, own_world, incident).publication.overrides
    assert [(one.sentence, one.override, one.override_by) for one in kept] == [
        ("The pool ran dry.", "Seen by all in the room.", "owner")
    ]
    write(own_world, incident, "The pool ran empty.\n")
    assert found(own_world, incident, CheckKind.BARE)[0].holds_back
    with pytest.raises(NotFound):
        override(LOCAL_OWNER, own_world, incident, "none", "Because.")


def test_who_wrote_last_does_not_approve_where_there_is_somebody_else(own_world: World, incident: str) -> None:
    scribe = join(own_world, incident, SCRIBE, Role.SCRIBE)
    responder = join(own_world, incident, RESPONDER, Role.RESPONDER)
    write(own_world, incident, "What did the canary show?\n", actor=scribe)
    move(scribe, own_world, incident, ReviewState.IN_REVIEW)
    with pytest.raises(NotAllowed, match="somebody else approves"):
        move(scribe, own_world, incident, ReviewState.APPROVED)
    assert RESPONDER in read_review(scribe, own_world, incident).approvers
    move(responder, own_world, incident, ReviewState.APPROVED)
    with pytest.raises(NotAllowed):
        publish(responder, own_world, incident)
    write(own_world, incident, "And the canary before?\n", actor=scribe)
    now = read_review(scribe, own_world, incident).review
    assert now.state is ReviewState.IN_REVIEW and now.changed, "an approval is of one text"
    restore_text(scribe, own_world, incident, "questions", now_version(own_world, incident, 1))
    assert read_review(scribe, own_world, incident).review.state is ReviewState.APPROVED


def now_version(world: World, incident: str, back: int) -> str:
    sections = read_text(LOCAL_OWNER, world, incident).sections
    return next(one.versions[back].id for one in sections if one.key == "questions")


def test_a_version_goes_once_to_everybody_who_takes_part(own_world: World, incident: str) -> None:
    join(own_world, incident, RESPONDER, Role.RESPONDER)
    join(own_world, incident, "observer-1", Role.OBSERVER)
    own_world.addresses.save(RESPONDER, "rita@example.org")
    own_world.addresses.save("stranger-1", "stranger@example.org")
    approve(own_world, incident)
    publish(LOCAL_OWNER, own_world, incident)
    sent = circulate(LOCAL_OWNER, own_world, incident, 1, Mailing(link="https://reviews.example.org/#/i/x"))
    assert [one.to for one in sent.letters] == [RESPONDER] and sent.unknown == ("owner",)
    circulate(LOCAL_OWNER, own_world, incident, 1)
    assert len(circulation(LOCAL_OWNER, own_world, incident, 1).letters) == 1
    with pytest.raises(BadInput, match="no part in this incident"):
        circulate(LOCAL_OWNER, own_world, incident, 1, Mailing(("stranger-1",)))
    (due,) = own_world.mailbag.due(own_world.clock.now(), own_world.clock.now())
    letter = due.letter
    assert letter.subject == "[SEV1] Checkout fails for many customers: what we found, version 1"
    _title, bottom_line, *_, rule, _version = letter.text.split("\n\n")
    assert bottom_line.startswith("On 21 Nov 2026") and "what made the outage possible" in rule.replace("\n", " ")
    assert "- " in letter.text and "https://reviews.example.org/#/i/x" in letter.text and "Thank you" in letter.text
    assert letter.attachments and "rita" not in str(replace(letter, attachments=()))


def test_an_executive_gets_the_one_page_and_anybody_may_be_sent_either(own_world: World, incident: str) -> None:
    for token, role in ((RESPONDER, Role.RESPONDER), ("executive-1", Role.EXECUTIVE)):
        join(own_world, incident, token, role)
        own_world.addresses.save(token, f"{token}@example.org")
    approve(own_world, incident)
    version = publish(LOCAL_OWNER, own_world, incident).publication
    assert {"executive.json", "executive.md", "executive.html", "executive.pdf"} <= set(version.files)
    sent = circulate(LOCAL_OWNER, own_world, incident, 1)
    assert sent.short == ("executive-1",)
    now = own_world.clock.now()
    letters = {one.letter.to: one.letter for one in own_world.mailbag.due(now, now)}
    short, whole = letters["executive-1"], letters[RESPONDER]
    kept = {name: published_file(LOCAL_OWNER, own_world, incident, 1, "pdf", name).data for name in Edition}
    assert [one.data for one in short.attachments] == [kept[Edition.EXECUTIVE]]
    assert [one.data for one in whole.attachments] == [kept[Edition.WHOLE]]
    assert "What is asked of leadership" in short.text and "What is asked" not in whole.text
    write(
        own_world, incident, "What did the canary show [@E01]?\n", actor=join(own_world, incident, SCRIBE, Role.SCRIBE)
    )
    approve(own_world, incident)
    publish(LOCAL_OWNER, own_world, incident)
    circulate(LOCAL_OWNER, own_world, incident, 2, Mailing((RESPONDER,), Edition.EXECUTIVE))
    now = own_world.clock.now()
    (again,) = (one.letter for one in own_world.mailbag.due(now, now) if "/2/" in one.letter.key)
    assert "What is asked of leadership" in again.text


def test_a_version_says_which_it_is_and_its_page_is_cut_from_it(own_world: World, incident: str) -> None:
    approve(own_world, incident)
    version = publish(LOCAL_OWNER, own_world, incident).publication
    for edition in Edition:
        text = published_file(LOCAL_OWNER, own_world, incident, 1, "md", edition).data.decode()
        assert "published version 1, " in text and "approved by owner" in text
    kept = [published_file(LOCAL_OWNER, own_world, incident, 1, "json", one).data for one in Edition]
    whole, page = (decode(data, Document[ReportBody]) for data in kept)
    assert version.hash == whole.hash and page.envelope.inputs == (("report", whole.hash),)
    assert all(content_hash([one.envelope, one.body]) == one.hash for one in (whole, page))


def test_title_and_severity_are_the_same_wherever_the_document_is_read(own_world: World, incident: str) -> None:
    change(LOCAL_OWNER, own_world, incident, Field.TITLE, ("Nobody could pay", "as customers say it"))
    change(LOCAL_OWNER, own_world, incident, Field.SEVERITY, ("SEV2", "three minutes"))
    files = {one.name.rpartition(".")[2]: one for one in export_report(LOCAL_OWNER, own_world, incident, ())}
    body = read_text(LOCAL_OWNER, own_world, incident).document.body
    for told in (*(one.data.decode() for one in files.values()), canonical_json(body).decode()):
        assert "Nobody could pay" in told and "SEV2 ·" in told and "SEV1 ·" not in told


def test_an_outdated_analysis_holds_the_document_back_until_somebody_says_why(own_world: World, incident: str) -> None:
    approve(own_world, incident)
    decide(LOCAL_OWNER, own_world, incident, Verdict("event/unknown", DecisionVerb.REWORD, "Seen.", ""))
    (old,) = found(own_world, incident, CheckKind.OUTDATED)
    assert old.holds_back and "secondstory analyse" in old.suggestion
    with pytest.raises(BadInput, match="older than what is known"):
        publish(LOCAL_OWNER, own_world, incident)
    override(LOCAL_OWNER, own_world, incident, old.key, "The customer waits; the late entry changes nothing.")
    version = publish(LOCAL_OWNER, own_world, incident).publication
    assert [one.kind for one in version.overrides] == [CheckKind.OUTDATED]
    for edition in Edition:
        text = published_file(LOCAL_OWNER, own_world, incident, 1, "md", edition).data.decode()
        assert "published although the analysis is older" in text and "The customer waits" in text
    decide(LOCAL_OWNER, own_world, incident, Verdict("event/other", DecisionVerb.REWORD, "Also seen.", ""))
    (again,) = found(own_world, incident, CheckKind.OUTDATED)
    assert again.holds_back, "the reason was given for what was known then"


def test_who_asked_to_be_named_is_named_in_what_is_published_and_nobody_else(own_world: World, incident: str) -> None:
    token, other = (own_world.sealed.token(name, "responder") for name in ("Kim Larsen", "Bo Ek"))
    for one in (token, other):
        join(own_world, incident, one, Role.RESPONDER)
    kim = Actor(token, roles=((incident, Role.RESPONDER),))
    wish_to_be_named(kim, own_world, incident, named=True)
    write(own_world, incident, f"{token} saw it first, then {other}. {token}9 is a host.\n")
    review = read_review(LOCAL_OWNER, own_world, incident)
    for check in review.checks:
        if check.holds_back:
            override(LOCAL_OWNER, own_world, incident, check.key, "a test of names")
    move(LOCAL_OWNER, own_world, incident, ReviewState.IN_REVIEW)
    facilitator = join(own_world, incident, "facilitator-1", Role.FACILITATOR)
    move(facilitator, own_world, incident, ReviewState.APPROVED)
    publish(LOCAL_OWNER, own_world, incident)
    for suffix in ("md", "html", "json"):
        told = published_file(LOCAL_OWNER, own_world, incident, 1, suffix).data.decode()
        assert "Kim Larsen saw it first" in told and f"then {other}" in told and f"{token}9" in told, suffix
        assert "Bo Ek" not in told and "but for those who asked to be named" in told
    assert "Kim" not in canonical_json(read_text(LOCAL_OWNER, own_world, incident).document).decode()


def test_the_clocks_know_what_was_published_and_sent(own_world: World, incident: str) -> None:
    def done(step: Step) -> datetime | None:
        conduct = conduct_of(LOCAL_OWNER, own_world, incident)
        return next(one.done for one in conduct.steps if one.step is step)

    join(own_world, incident, RESPONDER, Role.RESPONDER)
    own_world.addresses.save(RESPONDER, "rita@example.org")
    approve(own_world, incident)
    assert done(Step.PUBLISH) is None
    publish(LOCAL_OWNER, own_world, incident)
    assert done(Step.PUBLISH) == versions(LOCAL_OWNER, own_world, incident)[0].at
    (queued,) = circulate(LOCAL_OWNER, own_world, incident, 1).letters
    assert done(Step.SUMMARY) is None, "a letter that waits has reached nobody"
    now = own_world.clock.now()
    own_world.mailbag.due(now, now)
    own_world.mailbag.settle(replace(queued, state=LetterState.SENT, sent_at=now))
    assert done(Step.SUMMARY) == now


def test_nobody_to_write_to_says_what_to_do(own_world: World, incident: str) -> None:
    approve(own_world, incident)
    publish(LOCAL_OWNER, own_world, incident)
    with pytest.raises(NotFound, match="mail address"):
        circulate(LOCAL_OWNER, own_world, incident, 1)


def test_the_command_line_goes_all_the_way(
    own_world: World, incident: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECONDSTORY_DATA_DIR", str(own_world.data_dir))
    monkeypatch.setenv("SECONDSTORY_MAIL_OWNER", "owner@example.org")
    text = tmp_path / "questions.md"
    text.write_text("What did the canary show?\n")
    said = [
        ["text", "edit", incident, "questions", str(text)],
        ["review", "show", incident],
        ["review", "ask", incident],
        ["review", "approve", incident],
        ["publish", incident, "--note", "First."],
        ["versions", "save", incident, "1", "--out", str(tmp_path / "out")],
        ["circulate", incident, "1"],
    ]
    for words in said:
        done = CliRunner().invoke(APP, words)
        assert done.exit_code == 0, (words, done.output)
    assert "What did the canary show?" in (tmp_path / "out" / "v1-document.md").read_text()
    listed = orjson.loads(CliRunner().invoke(APP, ["versions", "list", incident, "--json"]).stdout)
    assert [one["note"] for one in listed] == ["First."]
    letters = orjson.loads(CliRunner().invoke(APP, ["circulate", incident, "1", "--list", "--json"]).stdout)
    assert [one["to"] for one in letters["letters"]] == ["owner"]
