"""Reads roles.txt: each route of the API with who is answered and what a right request holds."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("roles.txt")
EVERYBODY = "OFSREBXN"
"""The columns: owner, facilitator, scribe, responder, executive, observer, stranger, nobody."""
NAMES = {
    "kind": "report",
    "evidence": "E01",
    "name": "pool-exhaustion",
    "unit": "request",
    "alert": "None",
    "severity": "SEV5",
    "field": "severity",
    "role": "commander",
    "step": "invite",
    "section": "bluf",
    "version": "analysis",
    "number": "1",
    "form": "md",
}
"""What the placeholders in a path stand for, beside incident and job; `none` for any other."""
SPOKEN = b"Ana: The queue was full."
_LINE = re.compile(rf"(?P<method>[A-Z]+) +(?P<path>/\S*) +(?P<who>[{EVERYBODY}.]{{8}})(?: +(?P<body>\S.*))?")


@dataclass(frozen=True)
class Row:
    """A line of the table; `path` as the API's description names it."""

    method: str
    path: str
    query: str
    who: frozenset[str]
    body: str = field(hash=False)

    @property
    def label(self) -> str:
        """As the description names the operation."""
        return f"{self.method} {self.path}"

    def address(self, names: dict[str, str]) -> str:
        """Where to send it; a name that `names` does not know is `none`."""
        wanted = re.findall(r"{(\w+)}", self.path)
        return self.path.format(**{name: names.get(name, "none") for name in wanted}) + self.query

    def content(self, names: dict[str, str]) -> dict[str, Any]:
        """What the client is given beside the address."""
        if self.body.startswith("file:"):
            return {"files": {self.body.removeprefix("file:"): ("call.txt", SPOKEN)}}
        text = re.sub(r"{(\w+)}", lambda found: names.get(found[1], "none"), self.body)
        return {"json": json.loads(text)} if text else {}


def rows() -> tuple[Row, ...]:
    """The table. Raises ValueError on a line that is none."""
    found = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None or any(seen not in (sign, ".") for sign, seen in zip(EVERYBODY, match["who"], strict=True)):
            raise ValueError(f"{TABLE.name}, line {number}: {line!r} is no row; its head says what one looks like")
        path, _, query = match["path"].partition("?")
        who = frozenset(match["who"]) - {"."}
        method = match["method"]
        found.append(Row(method, f"/api/v1{path}", f"?{query}" if query else "", who, match["body"] or ""))
    return tuple(found)
