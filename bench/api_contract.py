"""Holds the API to its own description: schemathesis over the real app on a copy of the demo.

Idea: requests are drawn from the OpenAPI description, right and wrong ones, for each operation alone (the edges of its
schemas, then at random) and in sequences that links join. Every answer must be one that the description names, with its
media type and schema; 5xx never, and nothing without the cookie and the CSRF token.
When it misleads: uploads are worked off at once as the server does, analyses only wait in the queue.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import schemathesis
from bench.api_approved import approved
from bench.api_contract_meeting import names_of_meeting, names_of_room
from bench.api_contract_plan import agreed, taken_back
from bench.api_contract_timeline import names_of_timeline
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, FatalError, NonFatalError, ScenarioFinished

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.model.causes import Mechanism, Part
from secondstory.model.detection import ReplayedRule, RuleKind
from secondstory.model.people import Member
from secondstory.ports import Job, Progress, World
from secondstory.usecases.attach import GivenFile, attach
from secondstory.usecases.demo import EXAMPLE, ensure_demo
from secondstory.usecases.detect import Line, detection_of
from secondstory.usecases.follow_request import exemplars
from secondstory.usecases.hold import set_hold
from secondstory.usecases.import_job import KIND, import_request
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.jobs import handlers, submit_import
from secondstory.usecases.people import InvitationItem, invite
from secondstory.usecases.propose_alert import propose_line
from secondstory.usecases.read_evidence import list_evidence
from secondstory.usecases.rehearse import rooms
from secondstory.usecases.sign_in import accept
from secondstory.usecases.talk import comment
from secondstory.usecases.uploads import is_upload, keep_upload
from secondstory.usecases.weigh import Idea, propose, weigh
from secondstory.web.app import build_app
from secondstory.web.attempts import Attempts
from secondstory.web.description import description
from secondstory.web.door import Door
from secondstory.web.once import KEY_HEADER
from secondstory.web.receiver import Receiver
from secondstory.wiring import open_world

RESULT = Path(__file__).parent / "results" / "api_contract.json"
PORT = 8123
OFTEN = 0.7
"""Share of the right requests that name what there is, so that they come further than to `not found`."""
ACCEPTED = ["2xx", "3xx", 400, 403, 404, 409]
"""Answers to what follows the schema; 400 is a rule that no schema can say, at 422 the schema would say too little."""
REFUSED = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422]
"""Answers to what does not; 413 is a body that is larger than any that follows the schema."""

_REFUSED = 300
MOST_PASSES = 30
"""Where requests can hardly differ or hardly ever fit, such operations are asked again, with other seeds."""
FEW = 3
SPOKEN_OF = 12
INVITED = 40
LIMITLESS = 10**6
ALERT_TOKEN = "the-token-of-the-contract"
SPOKEN = "Ana: What did you see at 10:02?\nBo: The queue, and then the pool.\n"
LINE = b'{"time":"2026-03-01T12:00:01Z","msg":"done","app":"orders"}\n'


@dataclass
class Outcome:
    """What was sent for each operation, how it was answered, and what did not hold; `kinds`: statuses by operation."""

    cases: Counter[str] = field(default_factory=Counter)
    phases: dict[str, Counter[str]] = field(default_factory=dict)
    kinds: dict[str, Counter[int]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def take(self, event: EngineEvent) -> None:
        """Count an event of the engine."""
        if isinstance(event, NonFatalError):
            self.failures.append(f"{event.label}: {event.info.format()}")
        elif isinstance(event, FatalError):
            raise event.exception
        elif isinstance(event, ScenarioFinished):
            self._count(event)

    def lacks(self, label: str, examples: int) -> bool:
        """True where too little was sent, or nothing yet that could be done."""
        return self.cases[label] < examples or min(self.kinds[label]) >= _REFUSED

    def _count(self, event: ScenarioFinished) -> None:
        recorder = event.recorder
        for ident, node in recorder.cases.items():
            answer = recorder.interactions.get(ident)
            if answer is None or answer.response is None:
                continue
            label = node.value.operation.label
            self.cases[label] += 1
            self.phases.setdefault(label, Counter())[event.phase.value] += 1
            self.kinds.setdefault(label, Counter())[answer.response.status_code] += 1
        for checks in recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    failure = check.failure_info.failure
                    self.failures.append(
                        f"{failure.operation} {check.name}: {failure}\n{check.failure_info.code_sample}"
                    )


def settings_with_mail(data_dir: Path) -> Settings:
    """Of an installation that could send letters; none leaves, for nobody empties its outbox."""
    return Settings(data_dir=data_dir, mail_server="127.0.0.1", mail_tls="none", mail_from="reviews@example.org")


def hold_to_description(world: World, examples: int, seed: int) -> Outcome:
    """Send at least `examples` requests to each operation, and sequences of requests."""
    door = Door(LOCAL_OWNER, PORT, receiver=Receiver(ALERT_TOKEN, LIMITLESS))
    app = build_app(world, door, 1, lambda: _work(world))
    app.state.attempts = Attempts(most=LIMITLESS)
    described, names = _described(app, door), _names(world)
    cookie = door.enter(door.invitation().partition("token=")[2])
    secrets = {"cookie": {"api_key": cookie}, "csrf": {"api_key": door.csrf}}
    secrets["alert token"] = {"bearer": ALERT_TOKEN}
    outcome, lacking = Outcome(), None
    incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    for again in range(MOST_PASSES):
        # What was asked before may have taken the ground from what is asked now.
        set_hold(LOCAL_OWNER, world, incident, on=False, why="The next pass removes files.")
        # The first pass goes before a version is published, for some things can be done only until then.
        names |= {"body.check": [approved(world, incident) if again else ""], **names_of_room(world, incident)}
        config = _config(door, secrets, names, examples, seed + again)
        config.projects.default.phases.stateful.enabled = lacking is None
        schema = schemathesis.openapi.from_dict(described, config=config)
        schema.app = app
        for event in from_schema(schema if lacking is None else schema.include(name=lacking)).execute():
            outcome.take(event)
        lacking = [label for label in outcome.cases if outcome.lacks(label, examples)]
        if not lacking:
            break
    return outcome


def _described(app: FastAPI, door: Door) -> dict[str, Any]:
    """The description with the cookie's true name, of which the port is a part."""
    described: dict[str, Any] = json.loads(json.dumps(description(app)))
    described["components"]["securitySchemes"]["cookie"]["name"] = door.cookie_name
    for operations in described["paths"].values():
        for operation in operations.values():
            # A key that is drawn for two different requests is refused, and says nothing of the operation.
            given = operation.get("parameters", [])
            operation["parameters"] = [one for one in given if one["name"] != KEY_HEADER]
    return described


def _names(world: World) -> dict[str, list[str]]:
    """What there is, by the parameter that names it."""
    known = world.incidents.visible_to(LOCAL_OWNER)[0]
    incident, seen = known.id, known.window
    labels = [item.label for item in list_evidence(LOCAL_OWNER, world, incident).evidence]
    traces = [one.trace_id for one in exemplars(LOCAL_OWNER, world, incident).exemplars]
    weighed = weigh(LOCAL_OWNER, world, incident)
    cells = [cell.subject for row in weighed.causes.matrix.rows for cell in row.cells]
    hypotheses = [one.key for one in weighed.causes.hypotheses]
    rules = detection_of(LOCAL_OWNER, world, incident).rules
    # Only members can wish to be named, and the one who asks here is the owner.
    world.members.save(Member(incident, LOCAL_OWNER.id, Role.FACILITATOR, world.clock.now()))
    joined = [_joined(world, incident, number) for number in range(FEW)]
    proposed = [one for one in rules if one.fires is not None and one.rule.kind is not RuleKind.EXISTING][:FEW]
    world.addresses.save(LOCAL_OWNER.id, "owner@example.org")
    return {
        "path.incident": [incident],
        "body.incident": [incident],
        "body.room": [card.name for card in rooms()],
        "path.evidence": labels,
        "path.name": [EXAMPLE],
        "path.job": [_uploaded(world)],
        **names_of_timeline(world, incident),
        **names_of_meeting(world, incident),
        "body.when.start": [seen.start.isoformat()],
        "body.start": [seen.start.isoformat()],
        "body.end": [seen.end.isoformat()],
        **_names_of_talk(world, incident),
        "path.action": agreed(world, incident),
        "path.decision": [
            *(_decided(world, incident, service) for service in weighed.services[:FEW]),
            *taken_back(world, incident),
        ],
        "query.trace_id": traces,
        "query.q": ["pool", "orders time"],
        "query.incident": [incident],
        "path.section": ["bluf", "impact", "causes"],
        "path.version": ["analysis"],
        "path.number": [1],
        "query.since": [1],
        "path.form": ["md", "html", "json"],
        "body.base": [""],
        "body.version": [""],
        "query.key": [one.key for one in rules],
        "body.recording": [EXAMPLE],
        "body.window.start": [seen.start.isoformat()],
        "body.window.end": [seen.end.isoformat()],
        "body.rule": [one.key for one in proposed],
        "path.alert": [_put_forward(world, incident, one) for one in proposed],
        "body.hypothesis": hypotheses[:FEW],
        "body.cell": cells[:FEW],
        "body.file": [SPOKEN],
        "path.member": [member for member, _ in joined],
        "path.invitation": [invitation for _, invitation in joined],
        "body.for_actor": [""],
        "body.link": [_invited(world, incident).link for _ in range(INVITED)],
        "body.name": [f"Ana {chr(ord('A') + number)}. Silva" for number in range(INVITED)],
        "body.incident_file": [SPOKEN],  # whatever it is, it is taken, and refused by the job
        "body.amount": ["2.50 EUR", "2..4 EUR", "1..3"],
    }


def _names_of_talk(world: World, incident: str) -> dict[str, list[str]]:
    """Comments of the one who asks, so that they can be edited, settled and taken back; and what undo means alone."""
    said = [
        comment(LOCAL_OWNER, world, incident, "event/deploy/orders", f"Number {one}.").id for one in range(SPOKEN_OF)
    ]
    files = [attach(LOCAL_OWNER, world, incident, GivenFile("said.txt", SPOKEN.encode())).id for _ in range(FEW)]
    spare = [replace(world.incidents.visible_to(LOCAL_OWNER)[0], id=f"spare-{number}") for number in range(SPOKEN_OF)]
    for one in spare:
        world.incidents.save(one)
    attached = {"path.file": files, "body.attachment": [SPOKEN], "body.deletes": [one.id for one in spare]}
    return {"path.comment": said, "query.cursor": [""], "body.entry": [""], **attached}


def _config(
    door: Door, secrets: dict[str, Any], names: dict[str, list[str]], examples: int, seed: int
) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "base-url": door.address,
            "headers": {"Host": door.hosts[0]},
            "auth": {"openapi": secrets},
            "continue-on-failure": True,
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                "negative_data_rejection": {"expected-statuses": REFUSED},
                "use_after_free": {"enabled": False},  # a job that was asked to stop can still be looked at
                "ensure_resource_availability": {"enabled": False},  # an incident has documents once it is analysed
            },
            "generation": {"max-examples": examples, "no-shrink": True},
            "dictionaries": {name: {"values": values} for name, values in names.items()},
            "parameters": {name: {"dictionary": name, "probability": OFTEN} for name in names},
        }
    )


def _decided(world: World, incident: str, service: str) -> str:
    """The id of a decision that can be taken back."""
    idea = Idea(service, "A queue fills.", Mechanism.UNKNOWN, Part.INITIATING, "", "", "")
    return propose(LOCAL_OWNER, world, incident, idea).id


def _put_forward(world: World, incident: str, one: ReplayedRule) -> str:
    """The name of an alert that can be taken back."""
    propose_line(LOCAL_OWNER, world, incident, Line(one.key, None, None), "")
    return one.rule.name


def _invited(world: World, incident: str) -> InvitationItem:
    return invite(LOCAL_OWNER, world, incident, Role.OBSERVER, timedelta(days=1))


def _joined(world: World, incident: str, number: int) -> tuple[str, str]:
    """A member, and an open invitation."""
    entered = accept(world, _invited(world, incident).link, f"Bo {chr(ord('A') + number)}. Berg", None)
    return entered.actor, _invited(world, incident).id


def _uploaded(world: World) -> str:
    """The id of an import that has ended."""
    folder = keep_upload(LOCAL_OWNER, world, [("app.jsonl", BytesIO(LINE))])
    job = submit_import(LOCAL_OWNER, world, ImportRequest(folder, "uploaded"))
    _work(world)
    return job.id


def _work(world: World) -> None:
    """Work off the uploads that wait, as the server's thread does."""
    work = dict(handlers(LOCAL_OWNER, world))[KIND]

    def uploads(job: Job, progress: Progress) -> str | None:
        return work(job, progress) if is_upload(world, import_request(job).path) else None

    world.worker.run_until_idle(((KIND, uploads),))


@contextmanager
def demo_world() -> Iterator[World]:
    """The demo in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, open_world(settings_with_mail(Path(folder))) as world:
        ensure_demo(LOCAL_OWNER, world, lambda _what: None)
        yield world


def main() -> None:
    """Run, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=200, help="requests for each operation, at least")
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    began = time.monotonic()
    with demo_world() as world:
        outcome = hold_to_description(world, chosen.examples, chosen.seed)
    result = {
        "schemathesis": schemathesis.__version__,
        "seed": chosen.seed,
        "seconds": round(time.monotonic() - began),
        "operations": len(outcome.cases),
        "cases": sum(outcome.cases.values()),
        "fewest_cases": min(outcome.cases.values()),
        "failures": sorted(outcome.failures),
        "by_operation": {
            label: {"cases": count, **outcome.phases[label], "answers": dict(sorted(outcome.kinds[label].items()))}
            for label, count in sorted(outcome.cases.items())
        },
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps({name: value for name, value in result.items() if name != "by_operation"}, indent=1))


if __name__ == "__main__":
    main()
