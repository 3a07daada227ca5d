"""The text is people's: edits stay through every analysis, what has changed beneath them is told, nothing is lost."""

from dataclasses import replace

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.codec import decode, encode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, Conflict, NotAllowed, NotFound
from secondstory.model.report import Claim, ClaimKind, Paragraph, ReportBody, Rows
from secondstory.model.text import SectionNow
from secondstory.ports import StoredDocument, World
from secondstory.stages.report.text.merging import merge
from secondstory.usecases.analyse import analyse
from secondstory.usecases.export_report import export_report
from secondstory.usecases.freshness import freshness
from secondstory.usecases.text import (
    Edit,
    edit_text,
    merge_text,
    read_text,
    restore_text,
    version_text,
)

from .conftest import only_incident

OWN = "Customers could not pay [@E01]. Nobody watched the pool. The runbook helped *(opinion)*. What else?\n"


@pytest.fixture
def incident(own_world: World) -> str:
    return only_incident(own_world).id


def section(world: World, incident: str, key: str = "bluf") -> SectionNow:
    return next(one for one in read_text(LOCAL_OWNER, world, incident).sections if one.key == key)


def claims(world: World, incident: str, key: str = "bluf") -> list[Claim]:
    body = read_text(LOCAL_OWNER, world, incident).document.body
    found = next(one for one in body.sections if one.key == key)
    return [claim for block in found.blocks if isinstance(block, Paragraph) for claim in block.claims]


def write(world: World, incident: str, markdown: str, key: str = "bluf", base: str | None = None) -> str:
    head = section(world, incident, key).head if base is None else base
    return edit_text(LOCAL_OWNER, world, incident, Edit(key, head, markdown)).id


def evidence_changed(world: World, incident: str, words: tuple[str, str]) -> None:
    """The analysis again, on other telemetry: all evidence has new hashes, and one sentence reads otherwise."""
    stored = world.documents.latest(incident, "report")
    assert stored is not None
    document = decode(stored.data, Document[ReportBody])
    refs = tuple(replace(ref, result_hash="0" * 64) for ref in document.body.evidence)
    text = encode(replace(document, body=replace(document.body, evidence=refs)), Document[ReportBody])
    assert words[0].encode() in text
    world.documents.save(incident, (StoredDocument("report", "x", text.replace(words[0].encode(), words[1].encode())),))


def test_untouched_the_document_is_the_analysis(world: World) -> None:
    incident = only_incident(world).id
    stored = world.documents.latest(incident, "report")
    now = read_text(LOCAL_OWNER, world, incident)
    assert stored is not None and now.document.hash == stored.hash
    assert not any(one.is_edited or one.stale or one.versions for one in now.sections)


def test_every_section_reads_back_as_it_was_written(own_world: World, incident: str) -> None:
    before = read_text(LOCAL_OWNER, own_world, incident).document.body
    for one in read_text(LOCAL_OWNER, own_world, incident).sections:
        write(own_world, incident, one.markdown + "\nOne more [@E01].\n", one.key)
    after = read_text(LOCAL_OWNER, own_world, incident)
    for was, now in zip(before.sections, after.document.body.sections, strict=True):
        assert now.blocks[:-1] == was.blocks
    assert not any(one.stale or one.lost for one in after.sections)


def test_a_sentence_is_what_it_cites_and_how_it_is_marked(own_world: World, incident: str) -> None:
    write(own_world, incident, OWN)
    found = claims(own_world, incident)
    kinds = [ClaimKind.FACT, ClaimKind.BARE, ClaimKind.OPINION, ClaimKind.FRAME]
    assert [claim.kind for claim in found] == kinds
    assert found[0].text == "Customers could not pay." and found[0].evidence_ids
    assert found[2].text == "The runbook helped."


def test_live_blocks_enter_by_name_and_lost_ones_are_told(own_world: World, incident: str) -> None:
    write(own_world, incident, "Figures:\n\n::table{what-users-met}\n\n::chart{no-such}\n", "impact")
    body = read_text(LOCAL_OWNER, own_world, incident).document.body
    blocks = next(one for one in body.sections if one.key == "impact").blocks
    assert isinstance(blocks[1], Rows) and blocks[1].caption == "What users met"
    assert section(own_world, incident, "impact").lost == ("chart{no-such}",)


def test_an_analysis_leaves_the_text_alone_and_an_edit_makes_nothing_stale(own_world: World, incident: str) -> None:
    write(own_world, incident, OWN)
    assert {stage.state for stage in freshness(LOCAL_OWNER, own_world, only_incident(own_world))} == {"full"}
    analyse(LOCAL_OWNER, own_world, incident, refresh=True, progress=lambda _what: None)
    now = section(own_world, incident)
    assert now.markdown == OWN and now.stale == ()


def test_a_sentence_whose_evidence_changed_is_stale_until_somebody_says_that_it_holds(
    own_world: World, incident: str
) -> None:
    machine = section(own_world, incident).markdown
    sentence = "In all, 1,092 requests fail [@E01]."
    assert sentence in machine
    write(own_world, incident, f"Customers could not pay [@E01]. {sentence}\n")
    evidence_changed(own_world, incident, ("In all, 1,092 requests", "In all, 1,200 requests"))
    mine, theirs = section(own_world, incident).stale
    assert mine.sentence == "Customers could not pay [@E01]." and "E01" in mine.why
    assert (theirs.sentence, theirs.suggestion) == (sentence, "In all, 1,200 requests fail [@E01].")
    write(own_world, incident, f"Customers could not pay [@E01]. {theirs.suggestion} A new one [@E02].\n")
    assert [one.sentence for one in section(own_world, incident).stale] == [mine.sentence], "an edit beside hides none"
    now = section(own_world, incident)
    edit_text(LOCAL_OWNER, own_world, incident, Edit("bluf", now.head, now.markdown, holds=(mine.sentence,)))
    assert section(own_world, incident).stale == ()
    with pytest.raises(BadInput, match="Nothing in the section is different"):
        write(own_world, incident, section(own_world, incident).markdown)


def test_an_edit_on_an_older_version_is_refused_and_merged(own_world: World, incident: str) -> None:
    first = write(own_world, incident, "One [@E01].\n\nTwo [@E02].\n\nThree [@E03].\n")
    write(own_world, incident, "One more [@E01].\n\nTwo [@E02].\n\nThree [@E03].\n")
    mine = Edit("bluf", first, "One [@E01].\n\nTwo [@E02].\n\nThird [@E03].\n")
    with pytest.raises(Conflict, match="owner"):
        edit_text(LOCAL_OWNER, own_world, incident, mine)
    merged = merge_text(LOCAL_OWNER, own_world, incident, mine)
    assert (merged.markdown, merged.conflicts) == ("One more [@E01].\n\nTwo [@E02].\n\nThird [@E03].\n", 0)


def test_a_merge_loses_no_line() -> None:
    both = merge("a\nb\nc\n", "a\nmine\nc\nnew\n", "a\ntheirs\nc\n")
    assert both.conflicts == 1
    assert [line for line in both.markdown.splitlines() if line.isalpha()] == ["a", "mine", "theirs", "c", "new"]


def test_every_version_can_be_read_and_brought_back(own_world: World, incident: str) -> None:
    machine = section(own_world, incident).markdown
    first = write(own_world, incident, OWN)
    write(own_world, incident, "Short [@E01].\n")
    assert [one.id for one in section(own_world, incident).versions][1] == first
    assert version_text(LOCAL_OWNER, own_world, incident, "bluf", first) == OWN
    restore_text(LOCAL_OWNER, own_world, incident, "bluf", first)
    assert section(own_world, incident).markdown == OWN
    restore_text(LOCAL_OWNER, own_world, incident, "bluf", "")
    now = section(own_world, incident)
    assert now.markdown == machine and not now.is_edited and len(now.versions) == 4
    with pytest.raises(NotFound):
        restore_text(LOCAL_OWNER, own_world, incident, "bluf", "decision-none")


def test_labels_are_kept_as_ids(own_world: World, incident: str) -> None:
    write(own_world, incident, OWN)
    (decision,) = own_world.ledger.decisions(incident)
    assert "[@ev-" in decision.text and "[@E01]" not in decision.text


def test_what_is_written_is_harmless_in_every_format(own_world: World, incident: str) -> None:
    hostile = (
        "<script>alert(1)</script> [click](javascript:alert(1)) ![x](http://a.example/p.png) "
        "<img src=x onerror=alert(1)> [runbook](https://wiki.example/r) **bold** [@E01].\n"
    )
    write(own_world, incident, hostile)
    html = next(f for f in export_report(LOCAL_OWNER, own_world, incident, ("html",))).data.decode()
    body = html[html.index('id="bluf"') : html.index('id="impact"')]
    assert "<script" not in body and "<img" not in body and 'href="javascript' not in body
    assert '<a href="https://wiki.example/r" rel="noopener noreferrer nofollow">runbook</a>' in body
    assert "<strong>bold</strong>" in body
    markdown = export_report(LOCAL_OWNER, own_world, incident, ("markdown",))[0].data.decode()
    assert "[runbook](https://wiki.example/r) **bold**" in markdown


def test_who_may_not_decide_may_not_write(own_world: World, incident: str) -> None:
    observer = Actor("observer-1", roles=((incident, Role.OBSERVER),))
    with pytest.raises(NotAllowed):
        edit_text(observer, own_world, incident, Edit("bluf", "", OWN))
    assert read_text(observer, own_world, incident).sections


@pytest.mark.parametrize(
    ("key", "markdown", "told"), [("none", "x", "Choose one of: bluf"), ("bluf", "x" * 70_000, "60,000")]
)
def test_what_cannot_be_kept_says_why(own_world: World, incident: str, key: str, markdown: str, told: str) -> None:
    with pytest.raises((BadInput, NotFound), match=told):
        edit_text(LOCAL_OWNER, own_world, incident, Edit(key, "", markdown))
