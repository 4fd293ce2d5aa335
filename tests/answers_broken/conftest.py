"""The bicycle shop's definitions, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers_broken.workshop import write_shop
from webapp.services.definitions import Definitions


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for ``--definitions`` with the bicycle shop as a draft."""
    root = tmp_path_factory.mktemp("catalogue")
    write_shop(root)
    return root


@pytest.fixture(scope="session")
def shop(shop_folder: Path) -> Definitions:
    """The bicycle shop's definitions."""
    return Definitions(shop_folder)
