"""Which answer of the API leads to which request: links of its description, for readers and for tests."""

from __future__ import annotations

from typing import Any

_INCIDENT = "/incidents/{incident}"
_JOB = "$response.body#/job/id"
_FROM_LIST = {"incident": "$response.body#/incidents/0/id"}
_SAME = {"incident": "$request.path.incident"}

_LINKS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("POST /imports", "GET /jobs/{job}", {"job": _JOB}),
    ("POST /imports", "DELETE /jobs/{job}", {"job": _JOB}),
    ("POST /imports", "GET /imports/{job}/summary", {"job": _JOB}),
    (f"POST {_INCIDENT}/analyse", "GET /jobs/{job}", {"job": _JOB}),
    (f"POST {_INCIDENT}/analyse", "DELETE /jobs/{job}", {"job": _JOB}),
    ("GET /recordings", "GET /recordings/{name}/mapping", {"name": "$response.body#/recordings/0/name"}),
    ("POST /incidents", f"GET {_INCIDENT}", {"incident": "$response.body#/id"}),
    ("POST /incidents", f"POST {_INCIDENT}/analyse", {"incident": "$response.body#/id"}),
    ("GET /incidents", f"GET {_INCIDENT}", _FROM_LIST),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/documents/{{kind}}", _SAME),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/evidence", _SAME),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/signals", _SAME),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/exemplars", _SAME),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/report.html", _SAME),
    (f"GET {_INCIDENT}", f"GET {_INCIDENT}/report.md", _SAME),
    (
        f"GET {_INCIDENT}/evidence",
        f"GET {_INCIDENT}/evidence/{{evidence}}",
        {**_SAME, "evidence": "$response.body#/evidence/0/label"},
    ),
    (
        f"GET {_INCIDENT}/exemplars",
        f"GET {_INCIDENT}/requests",
        {**_SAME, "trace_id": "$response.body#/exemplars/0/trace_id"},
    ),
)
"""(answered request, next request, where its parameters are); paths below the API's prefix."""


def add_links(described: dict[str, Any], prefix: str) -> None:
    """Write the links into a description."""
    for source, target, parameters in _LINKS:
        verb, path = source.split()
        answers = described["paths"][prefix + path][verb.lower()]["responses"]
        links = next(answer for status, answer in answers.items() if status.startswith("2")).setdefault("links", {})
        next_verb, next_path = target.split()
        pointer = (prefix + next_path).replace("/", "~1")
        links[target] = {"operationRef": f"#/paths/{pointer}/{next_verb.lower()}", "parameters": parameters}
