"""What every file of the repository keeps to: no addresses of machines, no long files, locks with hashes."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import bearwitness

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 450
# Put together here, so that this file does not hold them.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("pypi", "org"),
            ("files", "pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("registry", "yarnpkg", "com"),
            ("deb", "debian", "org"),
            ("proxy", "golang", "org"),
        ]
    )
)
REGISTRY_ADDRESS = re.compile(r"https?://\S*(?:/simple/|/-/\S+\.tgz|/packages/[0-9a-f]{2}/)")
MACHINE_PATH = re.compile(r"(?<![\w.\-/])/(?:home|root|Users|work)/\w|(?<![\w.\-/])[A-Z]:\\\\?Users\\")


@cache
def tracked() -> tuple[Path, ...]:
    """Every tracked file; fails where git cannot say."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(file for file in files if file.is_file())


@cache
def texts() -> dict[str, str]:
    """What every tracked text file holds, by its path."""
    held = {str(file.relative_to(ROOT)): file.read_bytes() for file in tracked()}
    return {name: data.decode("utf-8", errors="replace") for name, data in held.items() if b"\0" not in data}


def holding(pattern: re.Pattern[str]) -> list[str]:
    """Where in the tracked files ``pattern`` is found: path and line."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in texts().items()
        for match in pattern.finditer(text)
    ]


def test_there_are_files_to_look_at() -> None:
    """The tests below look at a repository, not at nothing."""
    assert len(tracked()) > 50


def test_no_file_names_a_registry() -> None:
    """No tracked file names a package registry's host or an address inside one."""
    found = [*holding(REGISTRIES), *holding(REGISTRY_ADDRESS)]
    assert not found, found


def test_no_file_names_a_machines_path() -> None:
    """No tracked file names a folder of somebody's machine."""
    found = holding(MACHINE_PATH)
    assert not found, found


def test_source_files_can_be_read_at_a_sitting() -> None:
    """No Python file is longer than 450 lines."""
    long = {}
    for file in tracked():
        if file.suffix == ".py":
            length = len(file.read_text(encoding="utf-8").splitlines())
            if length > LONGEST:
                long[str(file.relative_to(ROOT))] = length
    assert not long, long


def test_changelog_begins_with_this_version() -> None:
    """The newest entry of CHANGELOG.md is about the version the package states."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", text, flags=re.MULTILINE)
    assert versions
    assert versions[0] == bearwitness.__version__


def test_lock_files_hold_exact_versions_with_hashes() -> None:
    """Every locked requirement is exact and carries a SHA-256."""
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert {lock.stem for lock in locks} >= {"run", "build", "dev", "docs", "data"}
    for lock in locks:
        entries = re.split(r"\n(?=[A-Za-z])", lock.read_text(encoding="utf-8"))
        entries = [entry for entry in entries if not entry.startswith("#")] or entries
        assert entries
        for entry in entries:
            assert re.search(r"^[\w.\-]+==\S+", entry, flags=re.MULTILINE), f"{lock.name}: {entry[:60]}"
            assert "--hash=sha256:" in entry, f"{lock.name}: {entry[:60]}"


def test_the_run_lock_holds_every_dependency() -> None:
    """What pyproject.toml asks for is in requirements/run.txt; if not: make lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = {
        name.replace("_", "-").lower() for name in re.findall(r"^([\w.\-]+)==", lock, flags=re.MULTILINE)
    }
    asked = {re.split(r"[<>=!~;\[ ]", line)[0].replace("_", "-").lower() for line in project["dependencies"]}
    assert asked <= locked


def test_npm_lock_holds_hashes_and_no_addresses() -> None:
    """Every npm package is locked by its hash and names no address."""
    lock = ROOT / "src/bearwitness/publish/assets/package-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
