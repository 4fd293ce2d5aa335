"""Speed as ratios within one interleaved run, each beside its budget: ``make bench``.

Machines differ and are shared, so seconds decide nothing: the two sides of a ratio take turns,
and the median of the turns counts. ``BENCH_REPORTS`` says how many reports the pool makes (500);
``python -m tests.bench rendering pool`` measures these alone. It ends with 1 when a budget does not hold.
"""

from __future__ import annotations

import sys

from tests.bench.cohort import bench_cohort
from tests.bench.cohortweb import bench_cohort_web
from tests.bench.growth import bench_growth
from tests.bench.load import bench_load
from tests.bench.pool import bench_longest, bench_pool
from tests.bench.rendering import bench_before_rendering, bench_rendering
from tests.bench.scoring import bench_cache, bench_conditions, bench_help, bench_scoring
from tests.bench.table import missed
from tests.bench.web import bench_wizard_page

BENCHES = {
    "conditions": (bench_conditions,),
    "cache": (bench_cache,),
    "scoring": (bench_scoring,),
    "help": (bench_help,),
    "wizard": (bench_wizard_page,),
    "growth": (bench_growth,),
    "cohort": (bench_cohort, bench_cohort_web),
    "load": (bench_load,),
    "rendering": (bench_rendering, bench_before_rendering),
    "pool": (bench_pool, bench_longest),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        for bench in BENCHES[name]:
            bench()
    sys.exit(1 if missed else 0)
