"""How large the core is when installed, and how much memory a process takes that reads reports with the network.

usage: python bench/size.py [--json FILE]

Size: the package with weights and gazetteer, and every distribution that its run-time lock names, as they lie in this
environment. Memory: the most a process of its own held while it read the invented stories, one after another.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from common import ROOT, keep

READ = """
import sys; sys.path.insert(0, "bench")
from pathlib import Path
from common import reading_of
from bearwitness.gazetteer import Gazetteer
gazetteer = Gazetteer.open()
for path in sorted(Path("tests/stories/texts").glob("*.txt")):
    reading_of(path.stem, path.read_text(encoding="utf-8"), None, gazetteer)
"""


def installed() -> dict[str, int]:
    """Bytes of each distribution of the run-time lock that is installed here, and of the package itself."""
    lock = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    found = {}
    for name in sorted(set(re.findall(r"^([\w.\-]+)==", lock, flags=re.M))):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue
        found[name] = sum(
            Path(str(f.locate())).stat().st_size for f in files if Path(str(f.locate())).is_file()
        )
    package = ROOT / "src/bearwitness"
    found["bearwitness"] = sum(
        f.stat().st_size for f in package.rglob("*") if f.is_file() and f.suffix != ".pyc"
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    sizes = installed()
    subprocess.run([sys.executable, "-c", READ], cwd=ROOT, check=True)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    total = sum(sizes.values()) / 1e6
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:6]
    print(f"installed: {total:.0f} MB; " + ", ".join(f"{name} {size / 1e6:.0f}" for name, size in largest))
    print(f"memory of a reading process: {memory:.0f} MB")
    keep(asked.json, "size", {"installed_mb": round(total, 1), "reading_mb": round(memory, 1)})


if __name__ == "__main__":
    main()
