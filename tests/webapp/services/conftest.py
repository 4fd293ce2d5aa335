"""Reports that tests check and alter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webapp.services.reportshop import Workshop, open_workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """Three reports, and two benches: one with a renderer, one for the figures alone."""
    yield from open_workshop(tmp_path_factory.mktemp("verifying"))
