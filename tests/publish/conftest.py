"""One published site of the invented record, shared by the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import publish_examples
import pytest

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
