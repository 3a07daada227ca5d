"""What the linter finds in written sentences, what it leaves alone, and where it says that it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.blameless.lint.linter import lint_rules, lint_text
from secondstory.model.lint import LintFinding


def found(text: str, least: int = 1) -> list[LintFinding]:
    return [one for one in lint_text("a.md", text).findings if one.severity >= least]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The database team failed to renew the certificate.", "blame"),
        ("The gap was not noticed by the on-call engineer.", "blame"),
        ("Nobody checked the queue that night.", "blame"),
        ("The bug was introduced by the payments team.", "blame"),
        ("Remind all developers to read the release notes.", "blame"),
        ("The migration was rushed.", "blame"),
        ("The outage is attributable to the vendor.", "blame"),
        ("Lack of testing led to the outage.", "blame"),
        ("The driver was not properly tested.", "blame"),
        ("The warnings had been ignored.", "blame"),
        ("The gap was missed during code review.", "blame"),
        ("The developer pushed a broken configuration.", "blame"),
        ("It went out without telling the support team.", "blame"),
        ("The vendor's decision to drop the field broke our import.", "blame"),
        ("This should never have been merged.", "counterfactual"),
        ("Proper testing would have caught it.", "counterfactual"),
        ("Ideally the change would have waited for Monday.", "counterfactual"),
        ("It would have been better to fail over first.", "counterfactual"),
        ("The decision to deploy on Friday was a mistake.", "hindsight"),
        ("We were too slow to escalate.", "hindsight"),
        ("Clearly, the rollout was fast.", "hindsight"),
        ("It was only a matter of time.", "hindsight"),
        ("A mistake in the template was made.", "slip_as_cause"),
        ("Staff must be retrained.", "slip_as_cause"),
        ("The error was introduced in a commit by Priya Shah.", "name_in_cause"),
        ("The record must have been deleted by an admin.", "speculation"),
        ("We should have tested the failover.", "counterfactual"),
        ("Had we rehearsed the restore, the gap would have shown.", "counterfactual"),
        ("This should have been caught in review.", "counterfactual"),
        ("If the team had tested the limit, it would have held.", "counterfactual"),
        ("A quick look at the panel would have shown the leak.", "counterfactual"),
        ("In hindsight the limit was low.", "hindsight"),
        ("It was the wrong call.", "hindsight"),
        ("We underestimated the traffic of the launch.", "hindsight"),
        ("It was obvious that the disk would fill.", "hindsight"),
        ("The sole cause was the pool limit.", "single_cause"),
        ("All of the failures were due to the new driver.", "single_cause"),
        ("It was human error.", "slip_as_cause"),
        ("We accidentally deleted the table.", "slip_as_cause"),
        ("Everyone must be more careful with the console.", "slip_as_cause"),
        ("The runbook was not followed.", "slip_as_cause"),
        ("Priya's deploy took down checkout.", "name_in_cause"),
        ("@sam broke the build.", "name_in_cause"),
        ("The leak was introduced by Sam Doe.", "name_in_cause"),
        ("Apparently nobody was watching the panel.", "speculation"),
        ("It seems that the change was never tested.", "speculation"),
        ("Why didn't you roll back?", "loaded_question"),
        ("Wouldn't you agree that the test was too short?", "loaded_question"),
        ("Who forgot to tell the other team?", "loaded_question"),
    ],
)
def test_a_sentence_that_needs_work_is_found_by_its_rule(text: str, rule: str) -> None:
    findings = found(text)
    assert [one.rule for one in findings] == [rule], findings
    assert findings[0].words in text and findings[0].suggestion
    assert len(findings[0].reason.replace(findings[0].words, "W").split()) <= 14


@pytest.mark.parametrize(
    "text",
    [
        "Sam rolled back at 10:04 and called Priya.",
        pytest.param("Contents " + ". " * 2000 + "7", id="a table of contents"),
        "The load balancer is responsible for routing.",
        "The retry loop failed to stop.",
        "The alert should have fired at 10:09.",
        "A feature flag would have allowed a faster rollback.",
        "`git blame` shows the line; the job runs by default.",
        "The reviewer did nothing wrong.",
        "We do not know the root cause.",
        "The alert was ignored by the silence rule.",
        "The queue was not monitored.",
        "It turned out to be a mistake in the upgrade script.",
        "The change by Priya went out at 10:02.",
        "The rollback could have been started from either console.",
        "The request should have been answered from the cache.",
        "An engineer ran the cleanup script; the prompt looks the same in both environments.",
        "We will add testing of the failover.",
        "The vendor is responsible for the certificate.",
        "Nobody was paged, because the alert looks at errors alone.",
        "The cause is likely (55 to 80 %) the new driver.",
        "What did the panel show at 10:02?",
        "Why did the breaker stay closed?",
        "Where did the page stop matching what you saw?",
        "We should have an alert on the fill level.",
        "The team did not see an alert before 10:19.",
        "I should have seen it.",
        "It was not obvious from the panel.",
        "Human error is never a cause; it is where the work begins.",
        "The message said “you should have known” and nothing else.",
        '"The wrong call", as the chat had it, is on the timeline at 10:20.',
    ],
)
def test_accounts_systems_norms_quotations_and_open_questions_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_suggestion_keeps_the_nouns_of_the_sentence() -> None:
    assert "The restore script was not tested" in found("We should have tested the restore script.")[0].suggestion
    assert "The runbook was not updated" in found("The platform team failed to update the runbook.")[0].suggestion
    assert "“the deploy” in place of “Priya's deploy”" in found("Priya's deploy broke checkout.")[0].suggestion
    assert "“the new driver”" in found("All of the failures were due to the new driver.")[0].suggestion


def test_no_reason_and_no_suggestion_needs_work_itself() -> None:
    sentences = ["We should have tested the pool.", "It was human error.", "@sam broke it.", "Why didn't you call?"]
    for finding in (one for text in sentences for one in found(text)):
        assert found(finding.suggestion.replace(finding.words, "")) == []


def test_a_finding_knows_its_line_and_column() -> None:
    text = "# Review\n\nAll was calm.\nThen **we should have** tested\nthe pool.\n\n"
    text += "| a | b |\n|---|---|\n| x | human error |\n"
    places = [(one.line, one.column, one.words) for one in found(text)]
    assert places == [(4, 8, "we should have tested"), (9, 7, "human error")]
    finding = found(text)[0]
    assert (finding.end_line, finding.end_column) == (4, 31)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: It was human error\n---\n\nAll calm.",
        '+++\ntitle = "human error"\n+++\n\nAll calm.',
        "```\nit was human error\n```",
        "    it was human error",
        "> We should have tested the pool.",
        "Call `human error` by its name.",
        "<!-- It was human error. -->\n\nAll calm.",
        "<div>It was human error.</div>",
        "See [the page](https://example.org/human-error-was-it).",
        "See https://example.org/human error",
    ][:9],
)
def test_code_quotations_markup_and_addresses_are_not_judged(text: str) -> None:
    assert found(text) == []


def test_words_across_a_line_break_and_inside_links_and_lists_are_read() -> None:
    assert [one.line for one in found("- [ ] The team\n  [failed to](https://example.org) renew\n  it.")] == [1]
    assert found("Setext\n======\n\n1. We\n   should have tested it.\n")[0].line == 4


def test_a_curly_apostrophe_and_signs_beyond_ascii_change_no_place() -> None:
    text = "İstanbul – “ok”. We’d accidentally deleted the table."
    assert [one.words for one in found(text)] == ["We’d accidentally deleted"]
    assert found(text)[0].column == text.index("We’d") + 1


def test_jargon_counts_in_the_part_for_executives_once_there_is_more_than_one_term() -> None:
    one = "## Executive summary\n\nThe circuit breaker stayed closed.\n"
    two = one + "The p99 rose.\n\n## Details\n\nThe heap and the mutex.\n"
    assert [each.severity for each in found(one, 0)] == [0]
    assert [(each.words, each.severity) for each in found(two, 0)] == [("circuit breaker", 0), ("p99", 1)]
    assert found(two)[0].suggestion == "Write “the waiting time of the slowest requests”."
    assert found("## Summary\n\nThe p99 and the heap.\n") == []
    assert found("## For the board\n\nThe p99 (slowest 1 %) and the heap (its memory) rose.", 0) == []


def test_a_comment_allows_one_rule_in_one_line_and_gives_its_reason() -> None:
    allowed = "It was human error. <!-- secondstory: allow slip_as_cause because the form has that field -->"
    above = "<!-- secondstory: allow slip_as_cause because the form has that field -->\nIt was human error."
    for text in (allowed, above):
        linted = lint_text("a.md", text)
        assert (linted.findings, linted.allowed) == ((), 1)
    assert [one.rule for one in found(allowed.replace("slip_as_cause", "blame"))] == ["slip_as_cause", "allowance"]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("<!-- secondstory: allow slip_as_cause -->", "no rule or no reason"),
        ("<!-- secondstory: allow everything because we like it -->", "no rule “everything”"),
        ("<!-- secondstory: allow blame because of an old line -->", "needs this allowance"),
    ],
)
def test_an_allowance_that_allows_nothing_is_a_finding(comment: str, told: str) -> None:
    findings = found(f"{comment}\n\nAll calm.")
    assert [one.rule for one in findings] == ["allowance"] and told in findings[0].reason


def test_only_english_is_judged() -> None:
    linted = lint_text("a.md", "Wir hätten das testen müssen, und der Fehler war, dass niemand auf die Anzeige sah.")
    assert not linted.is_english and linted.findings == ()


def test_names_in_the_response_are_left_and_names_in_the_credits_are_known() -> None:
    credits = "Author: Zyta Nowak\n\n"
    assert found(credits + "Zyta restarted the service at 10:04.") == []
    assert [one.rule for one in found(credits + "Zyta's change broke checkout.")] == ["name_in_cause"]


def test_words_that_two_rules_met_are_told_once() -> None:
    findings = found("Apparently nobody was watching the panel.")
    assert len(findings) == 1


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in lint_text("a.md", text + "\n\nIt was human error.").findings:
        assert 1 <= finding.line <= len(lines) + 2 and finding.column >= 1


@given(
    st.lists(
        st.sampled_from(["We should have", "`a`", "[b](c)", "> ", "| ", "\n", "**", "<!--", "-->", "\\*", "&amp;", " "])
    )
)
def test_any_markup_is_read_and_the_words_stand_where_the_finding_says(parts: list[str]) -> None:
    text = " ".join(parts) + "\n\nThen it was human error.\n"
    lines = text.split("\n")
    for finding in lint_text("a.md", text).findings:
        if finding.line == finding.end_line and finding.rule == "slip_as_cause":
            assert lines[finding.line - 1][finding.column - 1 : finding.end_column - 1] == finding.words


def test_a_text_without_a_full_stop_is_read_to_its_end() -> None:
    text = "and then the next step " * 400 + "it was human error"
    assert [one.column for one in found(text)] == [text.index("human") + 1]


def test_every_rule_has_a_name_and_says_what_it_is_about() -> None:
    assert len(lint_rules()) >= 9
    for rule in lint_rules():
        assert rule.name.replace("_", "").isalpha() and len(rule.summary.split()) <= 12
