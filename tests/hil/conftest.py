"""Cases on the bench: `async def test_…(rig, figures)` in a file test_hil_….py. Without `--hil FILE` there are none.

A case runs on the bench's own event loop, in real time. It fails by an exception, or when a figure does not meet its
limit. After it all calls are ended, and its figures are printed and kept for the report.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from appliance.cli.table import columns
from tests.hil.benchfile import load_bench
from tests.hil.figures import Figures, Recording
from tests.hil.report import FAILED, PASSED, SKIPPED, Case, figure_cells, verdict, write_report
from tests.hil.rig import Rig
from tests.hil.simulated import SimulatedRig
from tests.hil.stamp import stamp_of

CASES = "test_hil_*.py"
KEPT_CALLS = 8
_RUNNER = pytest.StashKey[asyncio.Runner]()
_FOUND = pytest.StashKey[dict[str, Figures]]()
_DONE = pytest.StashKey[list[Case]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hil", "hardware in the loop")
    group.addoption("--hil", type=Path, metavar="FILE", help="the bench file")
    group.addoption("--hil-simulated", action="store_true", help="build the bench in memory")
    group.addoption("--hil-short", action="store_true", help="only cases marked `short`, and few repetitions")
    group.addoption("--hil-report", type=Path, metavar="FOLDER", help="where the report goes")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "short: a case of the short selection")
    config.stash[_FOUND], config.stash[_DONE] = {}, []


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    on_bench = _option(config, "hil") is not None
    return True if collection_path.match(CASES) and not on_bench else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _option(config, "hil_short"):
        left_out = [item for item in items if _is_case(item) and item.get_closest_marker("short") is None]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    """The instrument, with the bench around it."""
    config = request.config
    bench = load_bench(_option(config, "hil"))
    short = _option(config, "hil_short")
    with asyncio.Runner() as runner:
        config.stash[_RUNNER] = runner
        made = SimulatedRig(bench, short=short) if _option(config, "hil_simulated") else Rig(bench, short=short)
        made.progress = lambda text: _print(config, f"    {text}")
        runner.run(made.start())
        yield made
        runner.run(made.close())


@pytest.fixture
def figures(rig: Rig, request: pytest.FixtureRequest) -> Iterator[Figures]:
    found = request.config.stash[_FOUND][request.node.nodeid] = Figures(rig.bench.limits)
    yield found
    calls = (
        rig.recorded
        if len(rig.recorded) <= KEPT_CALLS
        else [*rig.recorded[: KEPT_CALLS // 2], *rig.recorded[-KEPT_CALLS // 2 :]]
    )
    for call in calls:
        if call.heard:
            found.recordings.append(
                Recording(call.name, call.said_in(0, len(call.said)), call.heard_in(0, len(call.heard)))
            )
    rig.recorded.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a case on the bench's loop, then let the lines rest."""
    if not _is_case(pyfuncitem):
        return None
    runner = pyfuncitem.config.stash[_RUNNER]
    rig, figures = cast(Rig, pyfuncitem.funcargs["rig"]), cast(Figures, pyfuncitem.funcargs["figures"])
    try:
        runner.run(pyfuncitem.obj(rig=rig, figures=figures))
    finally:
        runner.run(rig.settle())
        for figure in figures.figures:
            pyfuncitem.user_properties.append((figure.name, figure.shown))
    if figures.missed:
        missed = "; ".join(f"{figure.name}: {figure.shown}, {figure.limit}" for figure in figures.missed)
        pytest.fail(f"not met: {missed}", pytrace=False)
    return True


# On the terminal, and in the report


def pytest_runtest_setup(item: pytest.Item) -> None:
    if _is_case(item):
        cases = [one for one in item.session.items if _is_case(one)]
        _print(item.config, f"[{cases.index(item) + 1}/{len(cases)}] {_name(item)}: {_shows(item)}")


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Print no dots: a case prints lines of its own."""
    if not Path(report.nodeid.partition("::")[0]).match(CASES):
        return None
    kind = {"passed": "passed" if report.when == "call" else "", "failed": "failed", "skipped": "skipped"}
    return kind[report.outcome], "", ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if _is_case(item):
        _note(item, report)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    folder, cases = _option(config, "hil_report"), config.stash[_DONE]
    if _option(config, "hil") is None or not cases:
        return
    _print(config, f"\n{verdict(cases)}")
    if folder is not None:
        simulated, short = _option(config, "hil_simulated"), _option(config, "hil_short")
        stamp = stamp_of(
            load_bench(_option(config, "hil")), simulated=simulated, short=short, now=datetime.now().astimezone()
        )
        _print(config, f"The report is in {write_report(folder, stamp, cases)}")


def _note(item: pytest.Item, report: pytest.TestReport) -> None:
    """Note the outcome of a case, or what went wrong before or after it."""
    done = item.config.stash[_DONE]
    found = item.config.stash[_FOUND].get(item.nodeid)
    if report.when == "teardown" and not report.failed:
        return
    if report.when == "setup" and report.passed:
        return
    outcome = {"passed": PASSED, "failed": FAILED, "skipped": SKIPPED}[report.outcome]
    reason = ""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
    elif report.failed:
        reason = str(getattr(getattr(report.longrepr, "reprcrash", None), "message", report.longrepr))
    found = found or Figures({})
    done.append(Case(_name(item), _shows(item), outcome, reason, report.duration, found))
    rows = [("", *figure_cells(figure)) for figure in found.figures]
    _print(item.config, *(f"  {row}" for row in columns(rows)))
    _print(item.config, f"    {outcome.upper() if outcome == FAILED else outcome}{': ' + reason if reason else ''}")


def _print(config: pytest.Config, *lines: str) -> None:
    terminal = cast(Any, config.pluginmanager.get_plugin("terminalreporter"))
    for line in lines:
        terminal.write_line(line)
    terminal.flush()


def _is_case(item: pytest.Item) -> bool:
    return item.path.match(CASES)


def _name(item: pytest.Item) -> str:
    """`keys` for test_hil_keys.py, and what the case is called within it where there are several."""
    name = item.path.stem.removeprefix("test_hil_")
    several = sum(one.path == item.path for one in item.session.items) > 1
    return f"{name}, {item.name.removeprefix('test_').replace('_', ' ')}" if several else name


def _shows(item: pytest.Item) -> str:
    text = inspect.getdoc(getattr(item, "obj", None)) or item.name
    return " ".join(text.split("\n\n")[0].split())


def _option(config: pytest.Config, name: str) -> Any:
    """An option's value. None where pytest was started in a folder above and so does not know our options."""
    return config.getoption(name, default=None)
