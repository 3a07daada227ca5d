"""Prints what was read in a transcript: what to answer first, then who spoke, what was agreed, and what is open."""

from __future__ import annotations

from secondstory.cli.session import OUT, as_told, print_table, say_line
from secondstory.model.conversation import Consent, Conversation, Finding, Voice
from secondstory.model.reply import Step
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Move, SpeakerRole, Verdict
from secondstory.texts import say
from secondstory.usecases.coach import Heard
from secondstory.usecases.replies import Advice

_MOST_WORDS = 400  # characters of a cue


def print_heard(heard: Heard, *, with_findings: bool) -> None:
    """Print the whole report; the findings first, unless they were printed one by one."""
    conversation, cues = heard.conversation, heard.transcript.cues
    advice = {one.cue: one for one in heard.advice}
    if with_findings:
        _print_findings(cues, conversation, advice)
    _print_voices(conversation)
    _print_course(conversation, cues)
    _print_agreed(conversation, cues)
    _print_open(conversation, cues)
    _print_questions(conversation, cues, advice)


def print_finding(cue: Cue, finding: Finding, advice: Advice | None, role: SpeakerRole = SpeakerRole.UNKNOWN) -> None:
    """Print one finding: when and who, the words, why, what may be said, and what where it goes on."""
    verdict = finding.verdict
    who = _named(cue.speaker)
    named = f"{who} ({role.value})" if role is not SpeakerRole.UNKNOWN else who
    own = verdict.own_slips or role is SpeakerRole.FACILITATOR
    weight = say("coaching.move_leave") if own else _weight(verdict, advice)
    OUT.print(as_told(f"{_when(cue)}  {named}  ·  {weight}"), style="bold", soft_wrap=True)
    say_line(f"    “{cue.text[:_MOST_WORDS]}”")
    for says in dict.fromkeys(reason.says for reason in verdict.reasons):
        words = dict.fromkeys(f"“{reason.words}”" for reason in verdict.reasons if reason.says == says)
        say_line(f"    {says.rstrip('.')}: {', '.join(words)}")
    for slip in verdict.own_slips:
        say_line(f"    {say(f'coaching.slip_{slip.value}')}")
    for told in finding.replies:
        say_line(f"    → {told}")
    if advice is not None and len(advice.replies) > 1:
        key = "aloud" if advice.replies[0].step is Step.NOTE else "goes_on"
        say_line(f"    {say(f'coaching.{key}', reply=advice.replies[1].text)}")
    say_line("")


def _weight(verdict: Verdict, advice: Advice | None) -> str:
    """How much it asks for; where no words are at fault, which moment it is."""
    if verdict.move is Move.LEAVE and advice is not None and advice.replies:
        return advice.replies[0].title
    return say(f"coaching.move_{verdict.move.value}", severity=verdict.severity)


def _print_findings(cues: tuple[Cue, ...], conversation: Conversation, advice: dict[int, Advice]) -> None:
    told = [one for one in conversation.findings if one.verdict.move is not Move.ANSWER]
    say_line(_counted("findings", len(told)))
    say_line("")
    roles = {voice.name: voice.role for voice in conversation.voices}
    for finding in told:
        cue = cues[finding.cue - 1]
        print_finding(cue, finding, advice.get(finding.cue), roles.get(cue.speaker or "", SpeakerRole.UNKNOWN))


def _print_voices(conversation: Conversation) -> None:
    spoke = [voice for voice in conversation.voices if voice.cues]
    rows = [
        (
            voice.name,
            _role_of(voice),
            f"{voice.share_ratio:.0%}",
            f"{voice.seconds / 60:.1f}" if voice.seconds is not None else "–",
            str(voice.words),
            str(voice.turns),
        )
        for voice in sorted(spoke, key=lambda one: -one.share_ratio)
    ]
    if rows:
        columns = tuple(
            say(f"coaching.column_{name}") for name in ("who", "role", "share", "minutes", "words", "turns")
        )
        print_table(say("coaching.voices"), columns, rows, whole_names=True)
    if conversation.unnamed_cues:
        say_line(_counted("unnamed_cues", conversation.unnamed_cues))
    silent = [voice.name for voice in conversation.voices if not voice.cues]
    if silent:
        say_line(say("coaching.silent", names=", ".join(silent)))


def _print_course(conversation: Conversation, cues: tuple[Cue, ...]) -> None:
    say_line("")
    rows = [
        (
            step.step.value,
            _when(cues[step.cue - 1]) if step.cue is not None else say("coaching.not_called"),
            f"{step.minutes:.1f}" if step.minutes is not None else "–",
        )
        for step in conversation.agenda
        if any(one.cue is not None for one in conversation.agenda)
    ]
    columns = (say("coaching.column_step"), say("coaching.column_called"), say("coaching.column_minutes"))
    print_table(say("coaching.agenda"), columns, rows, whole_names=True)
    rule = conversation.ground_rule_cue
    say_line(say("coaching.rule_said", at=_when(cues[rule - 1])) if rule is not None else say("coaching.rule_unsaid"))
    if conversation.interruptions:
        say_line(_counted("interruptions", len(conversation.interruptions)))
        for one in conversation.interruptions:
            told = say("coaching.interrupted", who=_named(one.speaker), whom=_named(one.interrupted), how=one.by.value)
            say_line(f"  {_when(cues[one.cue - 1])}  {told}")


def _print_agreed(conversation: Conversation, cues: tuple[Cue, ...]) -> None:
    say_line("")
    decisions = [
        (_when(cues[one.cue - 1]), one.text, ", ".join(one.agreed_by) or "–", ", ".join(one.doubted_by) or "–")
        for one in conversation.agreements
    ]
    columns = tuple(say(f"coaching.column_{name}") for name in ("at", "decision", "agreed", "doubted"))
    print_table(say("coaching.decisions"), columns, decisions)
    actions = [
        (_when(cues[one.cue - 1]), one.text, one.owner or _owner_of(one.consent), one.due or "–", one.consent.value)
        for one in conversation.commitments
    ]
    columns = tuple(say(f"coaching.column_{name}") for name in ("at", "action", "owner", "due", "consent"))
    print_table(say("coaching.actions"), columns, actions)


def _print_open(conversation: Conversation, cues: tuple[Cue, ...]) -> None:
    say_line("")
    parked = [(_when(cues[one.cue - 1]), one.text) for one in conversation.parked]
    print_table(say("coaching.parked"), (say("coaching.column_at"), say("coaching.column_topic")), parked)
    for group in conversation.claims:
        say_line(say("coaching.claims"))
        for claim in group:
            say_line(f"  {_when(cues[claim.cue - 1])}  {_named(claim.speaker)}: {claim.text}")


def _print_questions(conversation: Conversation, cues: tuple[Cue, ...], advice: dict[int, Advice]) -> None:
    """Print what executives asked, what nobody answered first, each with the card that answers it."""
    waiting = [one for one in conversation.questions if one.answered_cue is None]
    answered = [one for one in conversation.questions if one.answered_cue is not None]
    if not conversation.questions:
        say_line(say("coaching.questions_none"))
        return
    say_line(say("coaching.questions", count=len(conversation.questions), waiting=len(waiting)))
    for one in (*waiting, *answered):
        told = say("coaching.answered", at=_when(cues[one.answered_cue - 1])) if one.answered_cue is not None else ""
        say_line(f"  {_when(cues[one.cue - 1])}  {one.speaker}: {one.text}{told}")
        found = advice.get(one.cue)
        if found is not None and found.card is not None:
            say_line(f"    → {found.card.text}")


def _counted(key: str, count: int) -> str:
    """The sentence for none, for one, or for many."""
    ending = {0: "_none", 1: "_one"}.get(count, "")
    return say(f"coaching.{key}{ending}", count=count)


def _role_of(voice: Voice) -> str:
    if voice.role is SpeakerRole.UNKNOWN:
        return "–"
    return f"{voice.role.value}{say('coaching.inferred') if voice.is_inferred else ''}"


def _named(speaker: str | None) -> str:
    return speaker or say("coaching.unnamed")


def _owner_of(consent: Consent) -> str:
    return say("coaching.declined") if consent is Consent.DECLINED else "–"


def _when(cue: Cue) -> str:
    """The time in the recording, or the number of the cue where the file tells none."""
    if cue.start_s is None:
        return f"#{cue.number}"
    whole = int(cue.start_s)
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
