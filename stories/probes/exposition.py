"""Figures in the text of Prometheus, or in OpenMetrics where the scraper asks for it.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector, CollectorRegistry

from stories.operating.figures import Figure


def expose(figures: Iterable[Figure], *, accept: str) -> tuple[bytes, str]:
    """The text and its content type. Nothing is kept between two scrapes."""
    registry = CollectorRegistry()
    registry.register(_Figures([_family(figure) for figure in figures]))
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class _Figures(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def _family(figure: Figure) -> Metric:
    make = CounterMetricFamily if figure.is_total else GaugeMetricFamily
    labels = [figure.label] if figure.label else []
    family = make(f"newsroom_{figure.name}", figure.meaning, labels=labels)
    for word, value in figure.values.items():
        family.add_metric([word] if labels else [], float(value))
    return family
