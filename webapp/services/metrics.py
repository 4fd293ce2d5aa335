"""Figures for an operator's monitoring, in Prometheus's text form.

What happens in a web process is counted there. ``kretslop serve`` runs several: it names a folder of its own
in ``PROMETHEUS_MULTIPROC_DIR`` before they start, and whichever is asked adds all of them up. What the
database knows (jobs, documents) is read from it at that moment, so that it is right whoever did the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from webapp.db import queries_health as queries
from webapp.services.health import changed_definitions
from webapp.services.site import Site

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder in which processes count together."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REGISTRY = CollectorRegistry()
_REQUESTS = Histogram(
    "kretslop_request_seconds",
    "How long requests took, by endpoint and status.",
    ["endpoint", "status"],
    buckets=SECONDS,
    registry=REGISTRY,
)
_SAVES = Counter("kretslop_answers_saved", "Answers that were saved.", registry=REGISTRY)
_CLASHES = Counter(
    "kretslop_answer_clashes", "Answers that two people changed at the same time.", registry=REGISTRY
)


def count_request(endpoint: str, status: int, seconds: float) -> None:
    """Count one request."""
    _REQUESTS.labels(endpoint, str(status)).observe(seconds)


def count_answers(saved: int, clashes: int) -> None:
    """Count what came of saving answers."""
    if saved:
        _SAVES.inc(saved)
    if clashes:
        _CLASHES.inc(clashes)


def measured(site: Site, now: datetime) -> bytes:
    """Every figure, as text for Prometheus."""
    return generate_latest(_counted()) + generate_latest(_stored(site, now))


def _counted() -> CollectorRegistry:
    if not os.environ.get(FOLDER):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus-client has no types there
    return registry


def _stored(site: Site, now: datetime) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Stored(site, now))
    return registry


class _Stored:
    """What the database and the definitions say now, in the form the registry asks for."""

    def __init__(self, site: Site, now: datetime) -> None:
        self.site = site
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """Every figure that is read rather than counted."""
        with self.site.database.read() as session:
            jobs = queries.count_jobs(session)
            oldest = queries.oldest_due(session, self.now)
            documents = queries.count_documents(session)
        by_kind = GaugeMetricFamily("kretslop_jobs", "Background jobs.", labels=["kind", "state"])
        for kind, state, count in jobs:
            by_kind.add_metric([kind, state], count)
        yield by_kind
        waited = 0.0 if oldest is None else (self.now - oldest).total_seconds()
        yield GaugeMetricFamily(
            "kretslop_oldest_job_seconds", "How long the oldest job that is due has waited.", waited
        )
        renders = GaugeMetricFamily("kretslop_documents", "PDF reports, rendered or to be.", labels=["state"])
        for state, count in documents:
            renders.add_metric([state], count)
        yield renders
        yield GaugeMetricFamily(
            "kretslop_changed_definitions",
            "Published questionnaires that are no longer what was published.",
            len(changed_definitions(self.site)),
        )
