"""Reads one answer file within two seconds of processor time and 200 MB more memory than at the start.

Run as a program: FILE and a folder of definitions; prints the problems as one JSON list.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from assessment.errors import AnswerFileError
from questionnaires.errors import Problem
from webapp.services.definitions import Definitions
from webapp.services.scoring import check_file

SECONDS = 2
MEMORY_BYTES = 200_000_000


def main() -> None:
    """Limits count from here: loading Python and the definition is not what is tested."""
    definitions = Definitions(Path(sys.argv[2]))
    definitions.plan("bicycle_shop", "1.0.0-draft")
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        check_file(Path(sys.argv[1]), definitions)
        found: tuple[Problem, ...] = ()
    except AnswerFileError as error:
        found = error.problems
    json.dump([[p.code, p.place.line, p.message, p.place.path] for p in found], sys.stdout)


if __name__ == "__main__":
    main()
