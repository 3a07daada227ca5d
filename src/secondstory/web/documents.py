"""The stored documents as OpenAPI describes them; their bytes are sent as they are stored."""

from __future__ import annotations

from dataclasses import dataclass, fields, make_dataclass
from typing import TYPE_CHECKING

from secondstory.model import findings
from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody
from secondstory.model.detection import DetectionBody
from secondstory.model.document import Envelope
from secondstory.model.impact import ImpactBody
from secondstory.model.report import ReportBody
from secondstory.model.signal import SignalSummary
from secondstory.model.timeline import TimelineBody

if TYPE_CHECKING:
    from secondstory.model.findings import EvidenceBody
else:
    # In a document a signal stands without its values; all else of the body is as the stages know it.
    EvidenceBody = make_dataclass(
        "EvidenceBody",
        [
            (field.name, tuple[SignalSummary, ...] if field.name == "signals" else field.type)
            for field in fields(findings.EvidenceBody)
        ],
        namespace={"__doc__": findings.EvidenceBody.__doc__, "__module__": findings.__name__},
        frozen=True,
    )


@dataclass(frozen=True)
class EvidenceDocument:
    """What was recorded and what is missing."""

    envelope: Envelope
    body: EvidenceBody
    hash: str


@dataclass(frozen=True)
class TimelineDocument:
    """What happened in order."""

    envelope: Envelope
    body: TimelineBody
    hash: str


@dataclass(frozen=True)
class ImpactDocument:
    """Whom and what it reached."""

    envelope: Envelope
    body: ImpactBody
    hash: str


@dataclass(frozen=True)
class CausesDocument:
    """Explanations, with what speaks for and against each."""

    envelope: Envelope
    body: CausesBody
    hash: str


@dataclass(frozen=True)
class DetectionDocument:
    """When alerts would have fired."""

    envelope: Envelope
    body: DetectionBody
    hash: str


@dataclass(frozen=True)
class ActionsDocument:
    """What is proposed."""

    envelope: Envelope
    body: ActionsBody
    hash: str


@dataclass(frozen=True)
class ReportDocument:
    """The post-mortem."""

    envelope: Envelope
    body: ReportBody
    hash: str


AnyDocument = (
    EvidenceDocument
    | TimelineDocument
    | ImpactDocument
    | CausesDocument
    | DetectionDocument
    | ActionsDocument
    | ReportDocument
)
