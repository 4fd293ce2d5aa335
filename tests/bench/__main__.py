"""Speed as ratios within one interleaved run, each beside its budget: ``make bench``.

Machines differ and are shared, so seconds decide nothing: the two sides of a ratio take turns,
and the median of the turns counts. ``BENCH_REPORTS`` says how many reports the pool makes (500);
``python -m tests.bench rendering pool`` measures these alone.
"""

from __future__ import annotations

import sys

from tests.bench.pool import bench_longest, bench_pool
from tests.bench.rendering import bench_before_rendering, bench_rendering
from tests.bench.scoring import bench_cache, bench_conditions, bench_help, bench_scoring

BENCHES = {
    "conditions": (bench_conditions,),
    "cache": (bench_cache,),
    "scoring": (bench_scoring,),
    "help": (bench_help,),
    "rendering": (bench_rendering, bench_before_rendering),
    "pool": (bench_pool, bench_longest),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        for bench in BENCHES[name]:
            bench()
