"""The exporters by the name that people type."""

from collections.abc import Mapping

from exports.annex_b import AnnexB
from exports.contract import Exporter

EXPORTERS: Mapping[str, Exporter] = {exporter.name: exporter for exporter in (AnnexB(),)}
