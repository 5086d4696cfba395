"""Checks what the source distribution and the wheel hold: check_packages.py DIST.tar.gz DIST.whl"""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile

MADE = (
    "bearwitness/gazetteer/data/places.bin",
    "bearwitness/publish/assets/vendor/countries-50m.json",
    "bearwitness/publish/assets/vendor/countries-110m.json",
)
IN_WHEEL = (
    *MADE,
    "bearwitness/py.typed",
    "bearwitness/extract/model/data/encoder.onnx",
    "bearwitness/cli",
    "bearwitness/vocabulary/countries.toml",
    r"bearwitness-[\d.]+\.dist-info/licenses/LICENSE",
    r"bearwitness-[\d.]+\.dist-info/licenses/NOTICE",
)
IN_SDIST = (
    *(f"src/{name}" for name in MADE),
    "LICENSE",
    "NOTICE",
    "README.md",
    "CHANGELOG.md",
    "Makefile",
    "hatch_build.py",
    "pyproject.toml",
    "requirements/run.txt",
    "requirements/data.in",
    "src/bearwitness/publish/assets/package-lock.json",
    "tests/project/test_imports.py",
)
NEVER = r"__pycache__|\.pyc$|node_modules|\.venv|\.making-|\.part$|\.sqlite|(^|/)\.git/"
IN_WHEEL_NEVER = NEVER + r"|(^|/)(tests|docs|bench)/"


def check(archive: str, names: list[str], wanted: tuple[str, ...], never: str) -> list[str]:
    """What is wrong with the names in one archive, in sentences."""
    missing = [name for name in wanted if not any(re.search(rf"(^|/){name}(/|$)", have) for have in names)]
    extra = [name for name in names if re.search(never, name)]
    return [f"{archive} lacks {name}" for name in missing] + [
        f"{archive} should not hold {name}" for name in extra
    ]


def main(sdist: str, wheel: str) -> int:
    """Print what is wrong with the two archives; 1 if anything is."""
    with tarfile.open(sdist) as archive:
        in_sdist = archive.getnames()
    with zipfile.ZipFile(wheel) as packed:
        in_wheel = packed.namelist()
    wrong = check("the source distribution", in_sdist, IN_SDIST, NEVER)
    wrong += check("the wheel", in_wheel, IN_WHEEL, IN_WHEEL_NEVER)
    print(f"source distribution: {len(in_sdist)} files; wheel: {len(in_wheel)} files")
    for sentence in wrong:
        print(sentence)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
