"""Fuzzes one source's recognise, cut and parse with atheris: python bench/fuzz/run.py SOURCE --minutes N.

Every source of the registry can be named; `all` takes them one after the other, each in a process of its own. It
starts from the samples in tests/recordings/SOURCE and from bench/fuzz/corpus/SOURCE. Nothing but BadInput may leave a
parser, and no input may take longer than TIMEOUT_S. What breaks this is kept in bench/fuzz/corpus/SOURCE beside the
shortest inputs that reached new code; tests/sources/test_fuzz.py replays all of them. Executions, minutes and crashes
go to bench/results/fuzz.json.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["secondstory.sources"]):
    from secondstory import sources
    from secondstory.ports import SourceExtension
    from secondstory.registry import extensions

    SOURCES = {source.name: source for source in extensions(sources, SourceExtension)}

from promise import broken_by

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "bench" / "fuzz" / "corpus"
RECORDINGS = ROOT / "tests" / "recordings"
RESULTS = ROOT / "bench" / "results" / "fuzz.json"
TIMEOUT_S = 10
LARGEST_BYTES = 16_384
KEPT = 30  # inputs that broke nothing, for each source
INSIDE = "--inside"
DICTIONARY = "words"
_WORD = re.compile(rb"[A-Za-z][A-Za-z_.:-]{2,30}")
_RUNS = re.compile(r"(?:^#|Done |stat::number_of_executed_units: )(\d+)", re.MULTILINE)


def main() -> None:
    if sys.argv[2:3] == [INSIDE]:
        fuzz(SOURCES[sys.argv[1]], sys.argv[3:])
        return
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("source", choices=["all", *SOURCES])
    given.add_argument("--minutes", type=float, default=1.0)
    asked = given.parse_args()
    for name in SOURCES if asked.source == "all" else [asked.source]:
        note(name, campaign(name, asked.minutes))


def fuzz(source: SourceExtension, flags: list[str]) -> None:
    """Runs inside a process of its own, which libFuzzer ends."""

    def one(data: bytes) -> None:
        found = broken_by(source, data)
        if found:
            raise AssertionError(found)

    atheris.Setup([sys.argv[0], *flags], one)
    atheris.Fuzz()


def campaign(name: str, minutes: float) -> dict[str, object]:
    """One run of libFuzzer over a scratch copy of the corpus; what it found that breaks is kept."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        seeds = [folder for folder in (RECORDINGS / name, CORPUS / name) if folder.is_dir()]
        Path(scratch, "reached").mkdir()
        Path(scratch, DICTIONARY).write_text(words(seeds))
        flags = [
            *(f"-max_total_time={int(minutes * 60)}", f"-timeout={TIMEOUT_S}", f"-max_len={LARGEST_BYTES}"),
            *("-rss_limit_mb=1500", "-print_final_stats=1", f"-artifact_prefix={scratch}/found-", "-verbosity=1"),
            *(f"-dict={scratch}/{DICTIONARY}", f"{scratch}/reached", *map(str, seeds)),
        ]
        command = [sys.executable, __file__, name, INSIDE, *flags]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
        found = sorted(Path(scratch).glob("found-*"))
        for path in found:
            (CORPUS / name).mkdir(parents=True, exist_ok=True)
            (CORPUS / name / path.name.removeprefix("found-")).write_bytes(path.read_bytes())
        keep(name, Path(scratch, "reached"))
    if ran.returncode and not found:
        raise SystemExit(ran.stderr[-2000:])
    if found:
        print(ran.stderr[-3000:])
    runs = [int(number) for number in _RUNS.findall(ran.stderr)]
    taken = (time.monotonic() - began) / 60
    return {"executions": max(runs, default=0), "minutes": round(taken, 2), "crashes": len(found)}


def keep(name: str, reached: Path) -> None:
    """The shortest inputs that reached new code join the corpus."""
    (CORPUS / name).mkdir(parents=True, exist_ok=True)
    shortest = sorted(reached.iterdir(), key=lambda each: (each.stat().st_size, each.name))
    for path in shortest[:KEPT]:
        (CORPUS / name / path.name).write_bytes(path.read_bytes())


def words(folders: list[Path]) -> str:
    """The words of the samples as a dictionary of libFuzzer: bytes alone would hardly ever spell a key."""
    text = b"\n".join(path.read_bytes() for folder in folders for path in sorted(folder.iterdir()) if path.is_file())
    return "".join(f'"{word.decode()}"\n' for word in sorted(set(_WORD.findall(text))))


def note(name: str, result: dict[str, object]) -> None:
    """Replaces the source's line in the results; others stay."""
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results[name] = result
    RESULTS.write_text(json.dumps(dict(sorted(results.items())), indent=2) + "\n")
    print(name, result)


if __name__ == "__main__":
    main()
