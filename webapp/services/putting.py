"""Files that lie in the store before the row that names them is written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from webapp.errors import NotSaved, WebappError
from webapp.services.site import Site

log = logging.getLogger(__name__)


@contextmanager
def forgotten_if_refused(site: Site, key: str | None) -> Iterator[None]:
    """Take a file out of the store again where its row is refused. ``key``: None where there is no file.

    Not where the row could not be saved: it may have been all the same, and then its file is needed.
    """
    try:
        yield
    except NotSaved:
        raise
    except WebappError:
        if key is not None:
            forget_file(site, key)
        raise


def forget_file(site: Site, key: str) -> None:
    """Take a file out of the store; one that cannot be is left to the sweep."""
    try:
        site.files.delete(key)
    except Exception as error:  # noqa: BLE001  # its row is gone or never was; nothing hangs on it any more
        log.warning("a file is left in the store: %s", type(error).__name__)
