"""Turns pytest's JUnit file into one closing line; exits 1 when a test failed, none ran, or the file is missing."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(path: Path) -> int:
    if not path.is_file():
        sys.stderr.write(f"{path} is missing: the tests did not get as far as running.\n")
        sys.stdout.write("tests: 0 passed, 0 failed\n")
        return 1
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    sys.stdout.write(f"tests: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "") + "\n")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
