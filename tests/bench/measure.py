"""One benchmark measured in a process of its own."""

from __future__ import annotations

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.figure import Figure


def figures_of(name: str, **beside: Path) -> list[Figure]:
    """The figures of this benchmark; what it raises is raised here, BrokenProcessPool where its process died.

    beside: what the benchmark's own `figures` takes, by name.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_measure, name, beside).result()


def _measure(name: str, beside: dict[str, Path]) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(f"tests.bench.{name}").figures(**beside)
    return figures
