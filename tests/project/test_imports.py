"""Who may import whom: the table in docs/architecture.md against every import in the package."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "bearwitness"
STAGES = {"collect", "read", "extract", "link", "assess", "publish"}
BUILD_ONLY = {"hatchling"}
NOT_IMPORTED_HERE = {
    "lxml_html_clean": "trafilatura does not import without it",
    "backports.zstd": "is looked for by name, as the standard library's own is",
}

Imports = dict[str, dict[str, set[str]]]


def part_of(module: str) -> str:
    """The part of the package a dotted module belongs to: what stands first below ``bearwitness``."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def imported(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[str, int]]:
    """Dotted names of everything a module imports, wherever it does so, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*above, *([base] if base else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
                yield node.args[0].value, node.lineno


@cache
def parsed(file: Path) -> ast.Module:
    """A file of the package as Python reads it; it is read once for all tests."""
    return ast.parse(file.read_text(encoding="utf-8"))


def modules() -> Iterator[tuple[str, bool, Path]]:
    """Every module of the package: dotted name, whether it is a package, file."""
    for file in sorted(PACKAGE.rglob("*.py")):
        names = file.relative_to(PACKAGE.parent).with_suffix("").parts
        is_package = names[-1] == "__init__"
        yield ".".join(names[:-1] if is_package else names), is_package, file


def parts_on_disk() -> set[str]:
    """The parts there are: modules and folders directly below the package that hold Python."""
    files = {file.stem for file in PACKAGE.glob("*.py")}
    return files | {folder.parent.name for folder in PACKAGE.glob("*/__init__.py")}


def seen() -> Imports:
    """Part -> imported part -> places, over the whole package."""
    found: Imports = defaultdict(lambda: defaultdict(set))
    known = parts_on_disk()
    for module, is_package, file in modules():
        tree = parsed(file)
        for name, line in imported(tree, module, is_package):
            if name.split(".")[0] != "bearwitness":
                continue
            target = part_of(name)
            # "from bearwitness import __version__" names something of __init__ itself.
            target = target if target in known else "__init__"
            found[part_of(module)][target].add(f"{file.relative_to(ROOT)}:{line}")
    return found


def table() -> dict[str, set[str]]:
    """The table under "Who may import whom" in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.split("## Who may import whom")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", section, flags=re.MULTILINE)
    return {part: set(re.findall(r"`(\w+)`", allowed)) for part, allowed in rows}


def test_imports_keep_to_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Every import between parts of the package stands in the table; what was seen is printed."""
    found, allowed = seen(), table()
    with capsys.disabled():
        print("\nwho imports whom, as seen:")
        for part in sorted(found):
            print(f"  {part:<12} {', '.join(sorted(set(found[part]) - {part})) or '-'}")
    assert sum(len(targets) for targets in found.values()) > len(STAGES), "hardly any import was seen"
    wrong = [
        f"{part} imports {target}: {', '.join(sorted(places))}"
        for part, targets in found.items()
        for target, places in targets.items()
        if target not in {part, *allowed.get(part, ())}
    ]
    assert not wrong, "not allowed by docs/architecture.md:\n" + "\n".join(wrong)


def test_every_part_stands_in_the_table() -> None:
    """The table names exactly the parts that exist, so none goes unwatched."""
    assert set(table()) == parts_on_disk()


def test_stages_keep_apart() -> None:
    """The table itself never lets a stage import another stage, the store or the pipeline."""
    allowed = table()
    assert set(allowed) >= STAGES
    for stage in STAGES:
        assert not allowed[stage] & (STAGES | {"store", "pipeline", "cli"}), stage
    callers = {part for part, targets in allowed.items() if targets & STAGES}
    assert callers == {"pipeline"}, "only the pipeline calls stages"


def test_gazetteer_is_made_from_the_files_the_hook_watches() -> None:
    """Whatever the gazetteer's builder imports from its folder is in the hook's and the Makefile's list."""
    folder = PACKAGE / "gazetteer"
    needed, waiting = set(), ["build"]
    while waiting:
        name = waiting.pop()
        file = folder / f"{name}.py"
        if name in needed or not file.exists():
            continue
        needed.add(name)
        tree = parsed(file)
        names = (dotted for dotted, _ in imported(tree, f"bearwitness.gazetteer.{name}", False))
        waiting += [part for dotted in names for part in dotted.split(".")[2:4]]
    for watcher in ("hatch_build.py", "Makefile"):
        text = (ROOT / watcher).read_text(encoding="utf-8")
        missing = [name for name in sorted(needed) if f"{name}.py" not in text]
        assert not missing, f"{watcher} does not watch {missing}"


def test_dependencies_are_those_imported() -> None:
    """What the package imports is declared as its dependency, and what is declared is used."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    normal = lambda name: re.sub(r"[-_.]+", "-", name).lower()  # noqa: E731
    extras = [name for more in project.get("optional-dependencies", {}).values() for name in more]
    declared = {normal(re.split(r"[<>=!~;\[ ]", line)[0]) for line in [*project["dependencies"], *extras]}
    owners = metadata.packages_distributions()
    used = set()
    for module, is_package, file in modules():
        tree = parsed(file)
        for name, _ in imported(tree, module, is_package):
            used |= {normal(owner) for owner in owners.get(name.split(".")[0], ())}
    used -= {"bearwitness", *BUILD_ONLY}
    assert used - declared == set(), "imported but not declared in pyproject.toml"
    assert declared - used - {normal(name) for name in NOT_IMPORTED_HERE} == set(), (
        "declared but not imported"
    )
