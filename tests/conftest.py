"""What all tests share: coroutines as tests, in virtual or in real time, and how hypothesis looks for examples."""

from __future__ import annotations

import functools
import gc
import inspect
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.onloop import as_plain_function, run_in_real_time, run_in_virtual_time
from tests.proofs import ALL

# A worker lives for minutes and holds many clips: to look through all of them again and again takes its time.
gc.set_threshold(50_000, 20, 100)

# Prompts are the same for everybody: every worker, and every run after the first, finds them spoken already.
os.environ.setdefault("COPPERDESK_CACHE", str(Path(__file__).resolve().parent.parent / "build" / "cache"))

# Compiled modules are kept, whatever the environment wishes: tests start hundreds of processes of the program, and each
# would compile all of it for itself, as each worker would all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same examples every time: a run that fails can be run again. A busy machine is no failure.
settings.register_profile(
    "copperdesk", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("copperdesk")


WORKERS_MORE_THAN_CORES = 1
"""A third of the time that the tests take one after the other, nothing is calculated: they wait for calls in real time,
for programs and for browsers. With two more, tests in real time began to lack a processor."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` is."""
    return len(os.sched_getaffinity(0)) + WORKERS_MORE_THAN_CORES


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "real_time(within=None): an `async def` test that waits for processes, sockets or threads, and so cannot run "
        "in virtual time. within: it fails after so many seconds.",
    )
    config.addinivalue_line("markers", "waits_long: a test of minutes, nearly all of which it waits; it begins first.")
    config.addinivalue_line("markers", "proof: a longer proof, which `make proofs` runs and the suite leaves out.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have those that wait for long begin first, so that other processes go on with the rest meanwhile."""
    if not ALL:
        proofs = [item for item in items if item.get_closest_marker("proof") is not None]
        config.hook.pytest_deselected(items=proofs)
        items[:] = [item for item in items if item not in proofs]
    items.sort(key=lambda item: item.get_closest_marker("waits_long") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """An `async def` test runs in virtual time, or in real time where its marker says so.

    It is made a plain function here, which pytest then calls like any other. Hypothesis has put a function of its own
    around the test and calls the test within for each example, so there it is the one within that is made plain.
    """
    given = getattr(pyfuncitem.obj, "hypothesis", None)
    test = pyfuncitem.obj if given is None else given.inner_test
    if not inspect.iscoroutinefunction(test):
        return
    marker = pyfuncitem.get_closest_marker("real_time")
    run = run_in_virtual_time if marker is None else functools.partial(run_in_real_time, **marker.kwargs)
    if given is None:
        pyfuncitem.obj = as_plain_function(test, run)
    else:
        given.inner_test = as_plain_function(test, run)
