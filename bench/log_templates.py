"""How fast log lines become templates: lines per CPU second, as a share of what one plain regular expression does.

`python bench/log_templates.py [--rows 200000] [--seed 1]` makes three kinds of lines with known statements, masks
them, merges the distinct ones, and keeps `bench/results/log_templates.json`. `right` is the share of lines whose
template holds all lines of their statement and no others (grouping accuracy). The plain expression takes out digits,
in the same engine.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from secondstory.algorithms.log_templates import templates
from secondstory.warehouse.shapes import shapes

RESULT = Path(__file__).parent / "results" / "log_templates.json"
RUNS = 3
_FIRST, _LAST = ("an", "bo", "cle", "di", "ed", "fa", "gu", "ha"), ("nna", "rik", "mon", "lia", "ward")
NAMES = [first + last for first in _FIRST for last in _LAST]
# {n} a number, {u} one of 40 names, {h} an address, {x} hexadecimal
KINDS = {
    "web": (
        "GET /orders/{n} 200 in {n} ms",
        "GET /orders/{n} 500 in {n} ms after {n} tries",
        "user {u} logged in from {h}",
        "user {u} logged out",
        "session {x} of {u} expired after {n} s",
        "cache hit",
        "cache miss for item:{n}, loading it",
        "connection to {h} refused",
    ),
    "json": (
        '{{"level":"info","event":"saved","by":"{u}","took":{n}}}',
        '{{"level":"info","event":"read","by":"{u}","rows":{n}}}',
        '{{"level":"error","event":"refused","by":"{u}","at":"{h}"}}',
        '{{"level":"warn","event":"slow","took":{n}}}',
    ),
    "java": (
        "INFO a.s.OrderService#31 order {n} of {u} is saved",
        "INFO a.s.OrderService#34 order {n} of {u} is saved",
        "INFO a.s.TokenService#95 token of {u} is {x}",
        "WARN a.s.Pool#12 pool is at {n} of {n}",
        "ERROR a.s.Pool#17 no connection after {n} ms",
    ),
}


def main() -> None:
    """Measure each kind of lines."""
    arguments = _arguments()
    result = {name: _measured(_lines(name, arguments)) for name in KINDS}
    print(json.dumps(result, indent=2))
    RESULT.write_text(json.dumps(result, indent=2) + "\n")


def _lines(kind: str, arguments: argparse.Namespace) -> tuple[list[str], list[int]]:
    random = np.random.default_rng(arguments.seed)
    which = random.integers(0, len(KINDS[kind]), arguments.rows)
    n, u = random.integers(0, 100_000, arguments.rows), random.integers(0, len(NAMES), arguments.rows)
    lines = [
        KINDS[kind][statement].format(
            n=number, u=NAMES[user], h=f"10.0.{number % 256}.{user}", x=f"{number:x}f{user:x}"
        )
        for statement, number, user in zip(which, n, u, strict=True)
    ]
    return lines, which.tolist()


def _measured(given: tuple[list[str], list[int]]) -> dict[str, float]:
    lines, statements = given
    bodies = pa.array(lines)
    mask_s = _cpu(lambda: shapes(bodies))
    keys = shapes(bodies).to_pylist()
    distinct = sorted(set(keys))
    merge_s = _cpu(lambda: templates(distinct))
    found = dict(zip(distinct, templates(distinct), strict=True))
    plain_s = _cpu(lambda: _plain(bodies))
    return {
        "lines": len(lines),
        "distinct": len(distinct),
        "templates": len(set(found.values())),
        "statements": len(set(statements)),
        "right": round(_right([found[key] for key in keys], statements), 4),
        "lines_per_cpu_s": round(len(lines) / (mask_s + merge_s)),
        "plain_lines_per_cpu_s": round(len(lines) / plain_s),
        "share_of_plain": round(plain_s / (mask_s + merge_s), 3),
    }


def _right(told: list[str], statements: list[int]) -> float:
    of_template, of_statement = defaultdict(set), defaultdict(set)
    for row, (template, statement) in enumerate(zip(told, statements, strict=True)):
        of_template[template].add(row)
        of_statement[statement].add(row)
    right = [rows for rows in of_template.values() if rows == of_statement[statements[min(rows)]]]
    return sum(len(rows) for rows in right) / len(told)


def _plain(bodies: pa.Array) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("lines", pa.table({"body": bodies}))
        connection.sql("SELECT regexp_replace(body, '[0-9]+', '*', 'g') FROM lines").to_arrow_table()


def _cpu(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
