"""Prometheus metrics of one application, in a registry of its own."""

import os
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from gloact_qa.service.exchange import Exchange

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Set for workers by their parent: the folder in which they share their figures.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Anybody can send any method and any path; what is not here is "other".
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """What the service counts. The names are those that ``/metrics`` shows."""

    def __init__(self) -> None:
        """Start at zero; among several workers, join their shared figures."""
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "gloact_qa_requests",
            "Requests, by route, method and status.",
            ("route", "method", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "gloact_qa_request_seconds",
            "From a request's head to the end of its response, in seconds.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        answers = Counter(
            "gloact_qa_answers",
            "Questions, by whether they were answered or refused.",
            ("outcome",),
            registry=registry,
        )
        self._answered, self._refused = answers.labels("answered"), answers.labels("refused")
        self.shed = Counter(
            "gloact_qa_shed", "Requests that were turned away past capacity.", registry=registry
        )
        self.rate_limited = Counter(
            "gloact_qa_rate_limited", "Requests past their client's rate.", registry=registry
        )
        reloads = Counter(
            "gloact_qa_reloads",
            "Changes of the knowledge folder, by whether they were served or refused.",
            ("outcome",),
            registry=registry,
        )
        self.reloads_served = reloads.labels("served")
        self.reloads_refused = reloads.labels("refused")
        self.documents = Gauge(
            "gloact_qa_documents",
            "Releases that are served.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self.passages = Gauge(
            "gloact_qa_passages",
            "Passages in the index.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        # Looked up anew for each request they would cost more than the counting.
        self._series = lru_cache(maxsize=1024)(
            lambda route, method, status: (
                self._requests.labels(route, method, status),
                self._seconds.labels(route),
            )
        )

    def count(self, route: str, method: str, exchange: Exchange, seconds: float) -> None:
        """Count a request that is over; ``route`` is a template, never a path as sent."""
        requests, histogram = self._series(
            route, method if method in _METHODS else "other", exchange.status
        )
        requests.inc()
        histogram.observe(seconds)
        if exchange.answered is not None:
            (self._answered if exchange.answered else self._refused).inc()

    def render(self) -> bytes:
        """Return all of it in Prometheus' text format, of all workers together."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)
