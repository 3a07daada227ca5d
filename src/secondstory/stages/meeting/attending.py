"""Who should come, each with why, and whether who leads the meeting stands beside the events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondstory.model.actor import Role
from secondstory.model.assumption import Assumed, IncidentRole
from secondstory.model.meeting_plan import Answer, Attendee, Independence
from secondstory.model.meeting_said import Said
from secondstory.model.telemetry import ChangeAttribute
from secondstory.model.timeline import EventKind, TimelineEvent
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say

_PEOPLE = (EventKind.CHANGE, EventKind.COMMAND, EventKind.CHAT, EventKind.STATUS, EventKind.ADDED)
_NOBODY = ("automation", "none", "")


@dataclass(frozen=True)
class Around:
    """Who is around the incident beside its timeline: roles they had, members, whom a letter reaches."""

    roles: tuple[Assumed, ...]
    members: Mapping[str, Role]
    reached: frozenset[str]


def attendees(dossier: Dossier, around: Around, said: Said) -> tuple[Attendee, ...]:
    """Everybody that the record proposes, and those that people added; who acted first comes first."""
    why: dict[str, list[str]] = {}
    for token, acts in _acts(dossier).items():
        key = "agenda.acted_once" if len(acts) == 1 else "agenda.acted"
        why.setdefault(token, []).append(say(key, count=len(acts), time=_time(dossier, acts[0])))
    for token, change in reviewers(dossier):
        why.setdefault(token, []).append(say("agenda.reviewed", change=change))
    for one in around.roles:
        told = say("agenda.held", role=one.role.value)
        if told not in why.setdefault(one.who, []):
            why[one.who].append(told)
    for token, role in around.members.items():
        why.setdefault(token, []).append(say("agenda.member", role=role.value))
    for token, (is_in, by) in said.listed.items():
        if token not in why:
            why[token] = [say("agenda.added" if is_in else "agenda.struck", by=by)]
    return tuple(_attendee(token, tuple(reasons), around, said) for token, reasons in why.items())


def reviewers(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Who is on record as a reviewer of a change on the causal path, with the change, each once."""
    found: dict[str, str] = {}
    path = causal_path(dossier)
    changes = [event for event in dossier.timeline.events if event.kind is EventKind.CHANGE]
    for event in (one for one in changes if one is dossier.change or one.service in path):
        title = recorded(event.title)
        given = dict(event.attributes).get(ChangeAttribute.REVIEWERS, "") if title is not None else ""
        names = (part.strip() for part in given.split(","))
        found = {name: title or "" for name in names if name not in _NOBODY} | found
    return tuple(found.items())


def causal_path(dossier: Dossier) -> tuple[str, ...]:
    """The services on the causal path: where it began, then each that it reached; none where no cause is named."""
    if dossier.leading is None:
        return ()
    hops = [service for hop in dossier.causes.cascade for service in (hop.callee, hop.caller)]
    return tuple(dict.fromkeys((dossier.leading.service, *hops)))


def independence(dossier: Dossier, leader: str, roles: tuple[Assumed, ...]) -> Independence:
    """Whether who leads acted in the outage. Who owns a service is nowhere on record, and that is said."""
    findings: list[str] = []
    acts = _acts(dossier).get(leader, [])
    if acts:
        facts = {"leader": leader, "count": len(acts), "time": _time(dossier, acts[0])}
        findings.append(say("agenda.tied_acts", **facts))
    path = causal_path(dossier)
    changed = {one.service for one in acts if one.kind is EventKind.CHANGE and one.service in path}
    findings += [say("agenda.tied_change", leader=leader, service=service) for service in sorted(filter(None, changed))]
    findings += [
        say("agenda.tied_reviewed", leader=leader, change=change) for who, change in reviewers(dossier) if who == leader
    ]
    held = {one.role for one in roles if one.who == leader and one.role is not IncidentRole.FACILITATOR}
    findings += [say("agenda.tied_role", leader=leader, role=role.value) for role in sorted(held)]
    if findings:
        return Independence(leader, True, tuple(findings), say("agenda.advice_tied"))
    findings.append(say("agenda.untied", leader=leader))
    if not path:
        return Independence(leader, False, tuple(findings), say("agenda.advice_free"))
    findings.append(say("agenda.owners_unknown", services=_listed(path)))
    return Independence(leader, False, tuple(findings), say("agenda.advice_ask", leader=leader))


def _acts(dossier: Dossier) -> dict[str, list[TimelineEvent]]:
    """What each person did or said on the record, in order of time; alerts and machines are nobody."""
    found: dict[str, list[TimelineEvent]] = {}
    for event in dossier.timeline.events:
        told_by = event.amended.told_by if event.amended is not None else None
        who = told_by or event.actor
        if event.kind in _PEOPLE and who and who not in _NOBODY:
            found.setdefault(who, []).append(event)
    return found


def _attendee(token: str, why: tuple[str, ...], around: Around, said: Said) -> Attendee:
    is_in, by = said.listed.get(token, (True, ""))
    answer, answer_why = said.answers.get(token, (Answer.NONE, ""))
    role = around.members.get(token)
    return Attendee(
        token=token,
        why=why,
        is_in=is_in,
        by=by,
        answer=answer,
        answer_why=answer_why,
        has_address=token in around.reached,
        is_member=role is not None,
        is_executive=role is Role.EXECUTIVE,
        moves=said.moves.get(token, 0),
    )


def _time(dossier: Dossier, event: TimelineEvent) -> str:
    return dossier.dial.time(event.moment.latest)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
