"""Notifications of alerts: what opens an incident while nobody sits at a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.usecases.open_from_alert import open_from_alert
from secondstory.usecases.overview import Overview, overview
from secondstory.web.answers import JSON
from secondstory.web.declared import CHANGES, JOINS, gives
from secondstory.web.visit import Changing, Visiting

ROUTER = APIRouter(tags=["incidents"])
# Only declared here, for the description of the API; the guard has checked it before a route is reached.
_BEARER = HTTPBearer(scheme_name="alert token", auto_error=False)
_EXAMPLE: dict[str, Any] = {
    "version": "4",
    "status": "firing",
    "receiver": "second-story",
    "groupKey": '{}:{alertname="CheckoutErrorsHigh"}',
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "CheckoutErrorsHigh", "service": "checkout", "severity": "critical"},
            "annotations": {"summary": "More than 5 % of checkouts fail"},
            "startsAt": "2026-01-31T14:02:10Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": "e3b0c44298fc1c14",
        }
    ],
}


class Notification(BaseModel):
    """What Alertmanager, Grafana or PagerDuty sends, as it is."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_EXAMPLE]})

    alerts: list[dict[str, Any]] | None = Field(None, max_length=500)  # of Alertmanager and Grafana
    event: dict[str, Any] | None = None  # of PagerDuty

    def as_sent(self) -> bytes:
        """The notification as one line of JSON."""
        return json.dumps(self.model_dump(exclude_unset=True)).encode()


@dataclass(frozen=True)
class Taken:
    """That the notification was taken; to whom it sends, an installation tells nothing of its incidents."""

    taken: bool


@ROUTER.post("/alerts", status_code=202, responses=gives(Taken, JOINS, 202, "The notification was taken."))
def take_notification(visit: Visiting, given: Notification, _token: Annotated[Any, Security(_BEARER)]) -> Response:
    """Take a notification from Alertmanager, Grafana or PagerDuty (webhooks, version 3) by the receiver's token.

    Its first alert opens an incident; repetitions and the alerts' ends go to the same one. Off unless the installation
    has a token for it.
    """
    open_from_alert(visit.actor, visit.world, given.as_sent())
    return Response(canonical_json(Taken(True)), 202, media_type=JSON)


@ROUTER.post(
    "/notifications", status_code=201, responses=gives(Overview, CHANGES, 201, "The incident that it belongs to.")
)
def open_incident_from_alert(
    visit: Changing, given: Notification, time_zone: Annotated[str, Query(max_length=64)] = "UTC"
) -> Response:
    """Open an incident from a notification that you have at hand, or find the one that its alerts opened."""
    found = open_from_alert(visit.actor, visit.world, given.as_sent(), time_zone)
    body = canonical_json(overview(visit.actor, visit.world, found.incident.id))
    return Response(body, 201, {"Location": f"/api/v1/incidents/{found.incident.id}"}, media_type=JSON)
