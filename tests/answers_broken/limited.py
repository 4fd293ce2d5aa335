"""Reads answer files, each within two seconds of processor time and 200 MB more memory than before it.

Run as a program with a folder of definitions. On a line with the name of a file as JSON follows one with its
problems as JSON. A child of its own reads each file, and has the definitions already.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from assessment.errors import AnswerFileError
from questionnaires.errors import Problem
from webapp.services.definitions import Definitions
from webapp.services.scoring import check_file

SECONDS = 2
PATIENCE_SECONDS = 60
MEMORY_BYTES = 200_000_000


def main() -> None:
    """Limits count from the child's beginning: loading Python and the definition is not what is tested."""
    definitions = Definitions(Path(sys.argv[1]))
    definitions.plan("bicycle_shop", "1.0.0-draft")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _limit()
            said = json.dumps(_problems(Path(json.loads(line)), definitions))
            os.write(sys.stdout.fileno(), f"{said}\n".encode())
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            os.write(sys.stdout.fileno(), b"null\n")


def _limit() -> None:
    signal.alarm(PATIENCE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _problems(file: Path, definitions: Definitions) -> list[list[object]]:
    try:
        check_file(file, definitions)
        found: tuple[Problem, ...] = ()
    except AnswerFileError as error:
        found = error.problems
    return [[p.code, p.place.line, p.message, p.place.path] for p in found]


if __name__ == "__main__":
    main()
