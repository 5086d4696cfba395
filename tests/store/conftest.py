"""What the ledger's tests share: invented material, ready ledgers, and a second process."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bearwitness

_MATERIAL = Path(__file__).with_name("material.py")


@pytest.fixture(scope="session")
def material() -> ModuleType:
    """The module beside this one, which also runs as a process of its own."""
    spec = importlib.util.spec_from_file_location("store_material", _MATERIAL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["store_material"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def built(material: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed ledger of six reports; tests that change it take ``small``."""
    folder = tmp_path_factory.mktemp("built") / "ledger"
    material.build(folder, 6, length=1_000)
    return folder


@pytest.fixture
def small(built: Path, tmp_path: Path) -> Path:
    """A copy of ``built`` that a test may damage."""
    folder = tmp_path / "ledger"
    shutil.copytree(built, folder)
    return folder


@pytest.fixture
def process() -> Callable[..., Any]:
    """Run ``material.py`` as another process and return what it found."""

    def run(*arguments: object) -> Any:
        source = Path(bearwitness.__file__).parent.parent
        command = [sys.executable, str(_MATERIAL), *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(source)},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
