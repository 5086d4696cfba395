"""One published site of the invented record, shared by the tests that only look at it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import publish_examples

from bearwitness import publish


@pytest.fixture(scope="session")
def record() -> publish_examples.World:
    """The invented record."""
    return publish_examples.world()


@pytest.fixture(scope="session")
def site(record: publish_examples.World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site published from the invented record."""
    folder = tmp_path_factory.mktemp("published") / "site"
    publish.site(record.dossiers, record.shelves, folder, made=publish_examples.MADE)
    return folder
