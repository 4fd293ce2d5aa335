"""What all tests of reports share."""

from __future__ import annotations

import pytest

from tests.reports.press import Press


@pytest.fixture(scope="session")
def press() -> Press:
    """Prints in this process."""
    return Press()
