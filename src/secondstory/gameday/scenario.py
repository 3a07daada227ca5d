"""What a fault file declares: who is called what, what is done to the running shop and when, and what is true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from secondstory.gameday.names import PLAIN_NAMES

Options = Mapping[str, str]

INCIDENT_CHANNEL = "#incident"
SHIPPING_CHANNEL = "#deploys"


@dataclass(frozen=True)
class Say:
    """A person writes in a chat channel."""

    who: str
    text: str
    channel: str = INCIDENT_CHANNEL


@dataclass(frozen=True)
class Type:
    """A person runs a command; the lines say what came of it."""

    who: str
    command: str
    outcome: str


@dataclass(frozen=True)
class Post:
    """A person writes on the status page."""

    who: str
    title: str
    text: str


@dataclass(frozen=True)
class Deploy:
    """A role gets a version and settings; `record` is what the deploy tool wrote down about the change."""

    role: str
    version: str
    who: str
    title: str
    body: str
    options: Options = field(default_factory=dict)
    record: Mapping[str, str] = field(default_factory=dict)
    harms: bool = False


@dataclass(frozen=True)
class Configure:
    """Settings of a role's running instances change; with a `title` the configuration tool wrote that down."""

    role: str
    options: Options
    who: str = ""
    title: str = ""
    body: str = ""
    record: Mapping[str, str] = field(default_factory=dict)
    harms: bool = False


@dataclass(frozen=True)
class Restart:
    """A role's instances are replaced at the same version."""

    role: str


@dataclass(frozen=True)
class WriteSetting:
    """A row of a role's settings table is written; nothing records it."""

    role: str
    name: str
    value: str
    harms: bool = False


@dataclass(frozen=True)
class Surge:
    """The load is so many times the usual one from now on."""

    factor: float


@dataclass(frozen=True)
class AwaitCalm:
    """Nothing more happens until no page fires."""


Act = Say | Type | Post | Deploy | Configure | Restart | WriteSetting | Surge | AwaitCalm


@dataclass(frozen=True)
class Step:
    """An act, so many seconds after the step before it. Texts may hold `{service}`, `{person}` and live `{reading}`."""

    after_s: float
    act: Act


@dataclass(frozen=True)
class Truth:
    """What was done, in words that the analysis never sees.

    `trigger` is the role whose recorded change began it, if one did. `also` names a role that is as right an answer,
    where a fault lives between two. People respond once it is paged and instances stopped `stops` times: on a busy
    machine a page may come before the fault has shown.
    """

    role: str
    indicators: tuple[str, ...]
    mechanism: str
    fault_kind: str
    trigger: str | None
    also: str | None = None
    stops: int = 0


@dataclass(frozen=True)
class Scenario:
    """One recording's plan.

    `before` begins within the quiet time, `fault` at its end, `response` with the first page.
    Without `truth` there is no fault: `fault` holds what a healthy day holds, and no page is awaited. `drawn` gives the
    plan of a seed where seeds differ in more than names and chance.
    """

    name: str
    title: str
    summary: str
    fault: tuple[Step, ...]
    response: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    truth: Truth | None = None
    names: Mapping[str, str] = field(default_factory=lambda: PLAIN_NAMES)
    options: Mapping[str, Options] = field(default_factory=dict)
    load: float = 1.0  # times the laboratory's usual load
    drawn: Callable[[Random], "Scenario"] | None = None
