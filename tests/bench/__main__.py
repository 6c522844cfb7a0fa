"""`python -m tests.bench [NAME…] [--versus PATH]`: every benchmark beside this file, or those named, as a table and in
bench.json. With --versus, the Asterisk at PATH is measured beside the unit in the same run.

Each runs in a fresh process, so that none measures what another left behind. The exit code is 1 when one could not
be measured; a target that is missed is reported, not an error.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from appliance.cli.table import columns
from tests.bench.figure import Figure
from tests.bench.measure import figures_of

HERE = Path(__file__).parent
RESULT = Path("bench.json")
NOT_ONE = ("__init__", "__main__", "figure", "manycalls", "measure", "sipcaller", "asterisk", "dahdistandin")
COMPARED = ("sip",)
"""Benchmarks that can measure an Asterisk beside the unit."""
MET = {True: "met", False: "NOT MET", None: ""}


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_ONE)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measure speed, delays, and how well tones are heard.",
        epilog="example: python -m tests.bench sip --versus /usr/sbin/asterisk",
    )
    parser.add_argument("wanted", nargs="*", metavar="NAME", help=f"one of {', '.join(names())}; none: all")
    parser.add_argument("--versus", type=Path, metavar="PATH", help="an Asterisk to start and measure beside the unit")
    args = parser.parse_intermixed_args(words)
    wanted, versus = args.wanted, args.versus
    if versus is not None and not os.access(versus, os.X_OK):
        print(f"--versus: there is no program {versus}; name the asterisk binary itself", file=sys.stderr)
        return 2
    if unknown := sorted(set(wanted) - set(names())):
        print(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    failed: dict[str, str] = {}
    measured: dict[str, list[Figure]] = {}
    for name in wanted or names():
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            beside = {"versus": versus} if versus is not None and name in COMPARED else {}
            measured[name] = figures_of(name, **beside)
        except Exception as error:
            failed[name] = f"{type(error).__name__}: {error}"
    print("\n".join(table(measured)))
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    figures = {name: [asdict(figure) for figure in found] for name, found in measured.items()}
    result = {"machine": machine, "figures": figures, "failed": failed}
    # A figure may hold numpy's own numbers, which JSON knows only as the plain ones they stand for.
    RESULT.write_text(json.dumps(result, indent=2, default=lambda number: number.item()) + "\n")
    for name, reason in failed.items():
        print(f"{name} could not be measured: {reason}", file=sys.stderr)
    return 1 if failed else 0


def table(measured: dict[str, list[Figure]]) -> list[str]:
    """One row a figure, under the name of its benchmark, and how many targets were met."""
    rows: list[Sequence[object]] = [("", "", "", "target", "")]
    for name, figures in measured.items():
        rows.append((name,))
        rows += [(f"  {f.name}", _shown(f.value), f.unit, f.target, MET[f.met]) for f in figures]
    judged = [figure.met for figures in measured.values() for figure in figures if figure.met is not None]
    return [*columns(rows), "", f"{sum(judged)} of {len(judged)} targets met; all figures are in {RESULT}"]


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
