"""Take out of a virtual environment what its packages bring and bearwitness never loads, for small disks and images.

usage: python requirements/strip.py ENVIRONMENT

An environment that also runs other programs should stay as it is. ``pip install --force-reinstall`` brings all back.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

# Below site-packages. A second copy of ONNX Runtime for programs in C, and its tools that make models; locales by which
# addresses could be sorted out; tests of packages, and databases that the ledger does not use.
UNUSED = (
    "onnxruntime/capi/libonnxruntime.so.*",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "babel/locale-data/[!er]*.dat",
    "babel/locale-data/e[!n]*.dat",
    "numpy/**/tests",
    "numpy/f2py",
    "regex/tests",
    "sqlalchemy/testing",
    "sqlalchemy/dialects/m[sy]*",
    "sqlalchemy/dialects/oracle",
)


def unused(environment: Path) -> Iterator[Path]:
    """The files and folders in ``environment`` that can go."""
    for packages in environment.glob("lib*/python3*/site-packages"):
        if not packages.parents[1].is_symlink():  # lib64 leads to lib
            for pattern in UNUSED:
                yield from packages.glob(pattern)


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environment", type=Path)
    environment = parser.parse_args().environment
    if not (environment / "pyvenv.cfg").is_file():
        parser.error(f"{environment} is no virtual environment: it has no pyvenv.cfg")
    freed = 0
    for path in list(unused(environment)):
        if path.exists():
            freed += size(path)
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(f"{freed / 1e6:.0f} MB taken out of {environment}")


if __name__ == "__main__":
    main()
