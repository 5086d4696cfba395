"""The documentation names everything there is: commands, options, problems, methods, stages; and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bearwitness import assess
from bearwitness.assess import codes
from bearwitness.cli import cli
from bearwitness.errors import PROBLEMS
from bearwitness.pipeline import STAGES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ARROW = re.compile(r"─+\s*(\w+)\s*▶")


def page(name: str) -> str:
    """The text of one documentation page."""
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Second-level heading (without backquotes) -> the text under it."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {heading.strip("` "): body for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def drawing(file: Path) -> str:
    """The first fenced block with the pipeline's arrows."""
    blocks = re.findall(
        r"^```\w*\n(.*?)^```", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    drawn = [block for block in blocks if ARROW.search(block)]
    assert drawn, f"{file.name} has no drawing of the pipeline (a fenced block with ─collect▶)"
    return drawn[0]


def test_every_command_has_a_section() -> None:
    """docs/commands.md has a section for every command and for no other."""
    headings = set(sections(page("commands.md")))
    commands = set(cli.commands)
    assert len(commands) > 10
    assert commands - headings == set(), "commands without a section"
    known = commands | {"Exit codes", "Common options"}
    assert headings - known == set(), "sections about no command"


def spelled(command: click.Command) -> Iterator[str]:
    """The options of a command and of its subcommands as written, and the subcommands' names."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield max(parameter.opts, key=len)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield name
            yield from spelled(below)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_is_in_its_commands_section(name: str) -> None:
    """Every option and subcommand is explained in the command's section or under "Common options"."""
    parts = sections(page("commands.md"))
    text = parts.get(name, "") + parts.get("Common options", "")
    words = spelled(cli.commands[name])
    missing = sorted(
        {word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)}
    )
    assert not missing, f"docs/commands.md says nothing of {name} {' '.join(missing)}"


def test_every_problem_has_a_section() -> None:
    """docs/problems.md explains every code of errors.PROBLEMS and no other."""
    assert set(sections(page("problems.md"))) == set(PROBLEMS)


def test_every_problem_raised_is_a_known_code() -> None:
    """No part of the package makes a problem whose code is not in errors.PROBLEMS."""
    used: dict[str, str] = {}
    for file in sorted((ROOT / "src" / "bearwitness").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Problem(" in text else ():
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Problem"
            ):
                for keyword in node.keywords:
                    if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                        used[str(keyword.value.value)] = f"{file.name}:{node.lineno}"
    assert used
    unknown = {code: where for code, where in used.items() if code not in PROBLEMS}
    assert not unknown, unknown


def test_every_method_has_a_section() -> None:
    """docs/methods.md explains every assessment method, the default among them."""
    assert assess.DEFAULT in assess.METHODS
    missing = set(assess.METHODS) - set(sections(page("methods.md")))
    assert not missing, missing


def test_every_reason_code_is_explained() -> None:
    """docs/methods.md names every code that a toll, a claim left out or a grade can carry."""
    text = page("methods.md")
    assert codes.CODES
    missing = [code for code in codes.CODES if f"`{code}`" not in text]
    assert not missing, missing


@pytest.mark.parametrize("file", [ROOT / "README.md", DOCS / "architecture.md"], ids=lambda file: file.name)
def test_drawings_agree_with_the_stages(file: Path) -> None:
    """The drawing shows the stages of pipeline.STAGES in their order, with what each takes and gives."""
    drawn = drawing(file)
    first = next(line for line in drawn.splitlines() if ARROW.search(line))
    pieces = ARROW.split(first)
    arrows, nouns = pieces[1::2], pieces[0::2]
    names = [stage.name for stage in STAGES]
    assert arrows == [name for name in names if name in arrows], "the arrows are not the stages in order"
    for stage in STAGES:
        if stage.name not in arrows:
            # A person's part stands beside the arrows, not on them.
            assert f"{stage.name}:" in drawn, f"{stage.name} is not drawn"
            continue
        after = nouns[arrows.index(stage.name) + 1]
        missing = [noun for noun in stage.gives.split(", ") if noun not in after]
        assert not missing, f"{file.name} does not draw that {stage.name} gives {missing}"


def test_stages_command_says_what_the_docstrings_say() -> None:
    """`bearwitness stages` prints the stages in order, each with the first line of its module's docstring."""
    printed = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["stages"])
    assert printed.exit_code == 0, printed.output
    output = " ".join(printed.output.split())
    at = -1
    for stage in STAGES:
        module = ROOT / "src" / "bearwitness" / stage.name / "__init__.py"
        source = module if module.exists() else module.parent.with_suffix(".py")
        sentence = (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").splitlines()[0]
        assert stage.sentence == sentence
        found = output.find(" ".join(sentence.split()), at + 1)
        assert found > at, f"{stage.name} is missing or out of order in:\n{printed.output}"
        at = found


def test_exit_codes_are_documented() -> None:
    """Every exit code an error can end with stands in the table of docs/commands.md."""
    from bearwitness import errors

    codes = {
        thing.exit_code
        for thing in vars(errors).values()
        if isinstance(thing, type) and issubclass(thing, errors.BearwitnessError)
    }
    table = sections(page("commands.md"))["Exit codes"]
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE)}
    assert codes | {0} <= documented, codes - documented


def test_pages_link_to_places_that_exist() -> None:
    """Every link between pages of the documentation leads to a file that is there."""
    pages = [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    links = [
        (file, target)
        for file in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target)
    ]
    broken = [f"{file.name}: {target}" for file, target in links if not (file.parent / target).exists()]
    assert links
    assert not broken, broken


def test_every_problem_code_is_given_somewhere() -> None:
    """No code stands in the table that nothing in the package ever gives."""
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py") if file.name != "errors.py"
    )
    assert [code for code in PROBLEMS if f'"{code}"' not in source] == []
