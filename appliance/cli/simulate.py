"""`copperdesk simulate`: callers, staff and mishaps use an office for days, and what breaks a promise is told."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from appliance.clock import RealClock, run_virtual
from appliance.manyatonce import ProcessEnded
from appliance.office.phrase import Words
from appliance.officewords import office_languages, office_words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.scenario.mistakes import ScenarioErrors
from appliance.simulation.office import USUAL_OFFICE, SimulatedOffice, cast, setting_of
from appliance.simulation.population import Population
from appliance.simulation.running import FIRST_DAY, Finding
from appliance.simulation.shrinking import scenario_of
from appliance.simulation.team import DayPassed, SimulatedDays, simulate_at_once
from appliance.simulation.words import SAYINGS
from appliance.wav.target import cannot_write_in

CUT_OFF_S = 0.4
"""How long each prompt is where only a sample of the days has them whole."""
SAMPLE_DAYS = 28
"""Of so many days one is simulated once more with whole prompts."""
MONTH_DAYS = 30
MOST_GROWTH = 1.05
"""In its last month a unit must not have more memory than this, against the first."""
TOLD_EVERY_S = 20.0
"""How often a file is told how far it has come; a day in which all prompts are heard takes seconds."""

MOST_SHRUNK = 3
"""So many violations of one kind are made scenarios of: the others of the kind are mostly the same."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=7, help="how many days pass (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="what decides all that happens by chance (%(default)s)")
    parser.add_argument("--office", type=Path, metavar="FILE", help="the office's document; else an example office")
    parser.add_argument(
        "--audio",
        choices=("all", "sample"),
        default="sample",
        help="whole prompts in all calls, or on one day in 28, and else their beginnings (%(default)s)",
    )
    parser.add_argument("--calls", type=float, default=20.0, metavar="N", help="calls on an average day (%(default)g)")
    parser.add_argument(
        "--units",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="units that share the calls (%(default)s)",
    )
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where scenarios of violations go")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when every promise was kept and no unit needs more and more memory; 1 otherwise, or where something
    could not be done."""
    if args.days < 1 or args.units < 1 or not args.calls > 0:
        return _wrong("there must be a day, a unit and a call at least")
    if refused := cannot_write_in(args.out):
        return _wrong(refused)
    prompts = PromptLibrary(default_cache())
    setting = setting_of(args.office, None if args.audio == "all" else CUT_OFF_S)
    try:
        _speak(setting, prompts)
        jobs = _jobs(args, setting)
        tally = _Tally(sum(job.days for job in jobs))
        with closing(simulate_at_once(jobs, prompts, os.cpu_count() or 1)) as told:
            for passed in told:
                tally.add(passed)
        tally.tell()
        scenarios = _write(tally.findings, prompts, args.out)
    except (ScenarioErrors, SynthesisFailed, ProcessEnded) as error:
        return _wrong(str(error))
    for path in scenarios:
        print(f"{path}: shown by copperdesk play {path}")
    return 1 if tally.findings or tally.grown else 0


def _speak(setting: SimulatedOffice, prompts: PromptLibrary) -> None:
    """Have everything spoken before processes are made that share it. Raises `ScenarioErrors`, `SynthesisFailed`."""
    office = cast(setting, FIRST_DAY).office
    run_virtual(lambda: prompts.prepare(office_words(office), office_languages(office)))
    run_virtual(lambda: prompts.prepare([Words(text) for text in SAYINGS], [language(office.language)]))


def _jobs(args: argparse.Namespace, setting: SimulatedOffice) -> list[SimulatedDays]:
    population = Population().scaled(args.calls / args.units)
    jobs = [SimulatedDays(setting, population, args.days, args.seed + unit) for unit in range(args.units)]
    if args.audio == "sample":
        whole = setting_of(args.office, None)
        jobs += [
            SimulatedDays(whole, Population().scaled(args.calls), 1, args.seed, first)
            for first in range(0, args.days, SAMPLE_DAYS)
        ]
    return jobs


class _Tally:
    """What has happened so far, in all units. findings: every violation. grown: of the units that need more memory."""

    def __init__(self, days: int) -> None:
        self.findings: list[Finding] = []
        self.grown: list[str] = []
        self._of = days
        self._days = self._calls = 0
        self._clock = RealClock()
        self._began = self._clock.now()
        self._told_s = 0.0
        self._memory: dict[int, list[int]] = {}

    def add(self, passed: DayPassed) -> None:
        """A day is over: tell what was found in it, and how it goes."""
        self._days += 1
        self._calls += passed.calls
        self._memory.setdefault(passed.unit, []).append(passed.resident_bytes)
        self.findings += passed.findings
        for finding in passed.findings:
            print(f"  {_when(finding)}  {finding.violation.kind}: {finding.violation.what}", flush=True)
        told = f"  day {self._days} of {self._of}: {self._so_far}, {self._calls / self._seconds:.1f} calls a second"
        last = self._days == self._of
        if sys.stderr.isatty():
            print(f"\r{told}", end="\n" if last else "", file=sys.stderr, flush=True)
        elif last or self._seconds >= self._told_s + TOLD_EVERY_S:
            self._told_s = self._seconds
            print(told, file=sys.stderr, flush=True)

    def tell(self) -> None:
        """How it went, and what became of the memory of those units that lived for months."""
        print(f"{self._days} days, {self._so_far}, in {self._seconds:,.0f} s")
        for unit, days in sorted(self._memory.items()):
            if len(days) < 2 * MONTH_DAYS:
                continue
            first, last = max(days[:MONTH_DAYS]), max(days[-MONTH_DAYS:])
            told = f"unit {unit + 1}: {first / 1e6:.1f} MB in the first month, {last / 1e6:.1f} MB in the last"
            print(told)
            if last > first * MOST_GROWTH:
                self.grown.append(told)

    @property
    def _so_far(self) -> str:
        return f"{self._calls:,} calls, {len(self.findings)} violations"

    @property
    def _seconds(self) -> float:
        return max((self._clock.now() - self._began).total_seconds(), 1e-3)


def _when(finding: Finding) -> str:
    day, second = divmod(finding.violation.at_s, 86_400)
    return f"day {int(day) + 1}, {int(second // 3600):02d}:{int(second % 3600 // 60):02d}"


def _write(findings: list[Finding], prompts: PromptLibrary, folder: Path) -> list[Path]:
    """A scenario of each violation, the shortest found, and the office's file beside it."""
    written, kinds = [], dict[str, int]()
    for finding in findings:
        kind = finding.violation.kind
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > MOST_SHRUNK:
            continue
        path = folder / f"{kind.replace(' ', '-')}-{kinds[kind]}.scenario"
        path.write_text(scenario_of(finding, prompts), encoding="utf-8")
        written.append(path)
        setting = finding.setting
        name = setting.office.removeprefix("office:").strip()
        if setting.office != USUAL_OFFICE and not (folder / name).exists():
            (folder / name).write_bytes((setting.beside / name).read_bytes())
    return written


def _wrong(reason: str) -> int:
    print(f"copperdesk: {reason}", file=sys.stderr)
    return 1
