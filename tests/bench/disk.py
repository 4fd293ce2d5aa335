"""A folder on a real disk: in memory a synced write costs nothing, and there is nothing to measure."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.table import ROOT

IN_MEMORY = ("tmpfs", "ramfs")


class NoDisk(Exception):
    """Every folder for temporary files is in memory."""


def disk_folder() -> Path:
    """Where temporary files are on a disk. Raises NoDisk."""
    tried = [Path(tempfile.gettempdir()), Path("/var/tmp"), ROOT / "build"]  # noqa: S108  # for a folder of its own
    for folder in tried:
        folder.mkdir(exist_ok=True)
        if _kind_of(folder) not in IN_MEMORY:
            return folder
    raise NoDisk(f"in memory: {', '.join(map(str, tried))}")


def _kind_of(folder: Path) -> str:
    """The kind of file system a folder is on, as the system's list of mounts has it."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    kinds = {mount[1]: mount[2] for mount in mounts}
    place = folder.resolve()
    while str(place) not in kinds and place != place.parent:
        place = place.parent
    return kinds.get(str(place), "")
