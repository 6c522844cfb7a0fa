"""One benchmark measured in a process of its own."""

from __future__ import annotations

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from tests.bench.figure import Figure


def figures_of(name: str) -> list[Figure]:
    """The figures of this benchmark; what it raises is raised here, BrokenProcessPool where its process died."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_measure, name).result()


def _measure(name: str) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(f"tests.bench.{name}").figures()
    return figures
