"""`copperdesk simulate`: callers, staff and mishaps use an office for days, and what breaks a promise is told."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter

from appliance.clock import run_virtual
from appliance.office.phrase import Words
from appliance.officewords import office_languages, office_words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.scenario.mistakes import ScenarioErrors
from appliance.simulation.office import USUAL_OFFICE, Setting, cast, setting_of
from appliance.simulation.population import Population
from appliance.simulation.running import FIRST_DAY, Finding
from appliance.simulation.shrinking import scenario_of
from appliance.simulation.team import DayPassed, Job, SimulationFailed, simulate_at_once
from appliance.simulation.words import SAYINGS
from appliance.wav.target import cannot_write_in

CUT_OFF_S = 0.4
"""How long each prompt is where only a sample of the days has them whole."""
SAMPLE_DAYS = 28
"""Of so many days one is simulated once more with whole prompts."""
MONTH_DAYS = 30
Found = tuple[Setting, Finding]
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
    """Exit status 0 when every promise was kept, 1 otherwise, or where something could not be done."""
    if args.days < 1 or args.units < 1 or not args.calls > 0:
        return _wrong("there must be a day, a unit and a call at least")
    if refused := cannot_write_in(args.out):
        return _wrong(refused)
    prompts = PromptLibrary(default_cache())
    setting = setting_of(args.office, None if args.audio == "all" else CUT_OFF_S)
    try:
        _speak(setting, prompts)
        jobs = _jobs(args, setting)
        findings = _simulated(jobs, prompts)
        scenarios = _write(findings, prompts, args.out)
    except (ScenarioErrors, SynthesisFailed, SimulationFailed) as error:
        return _wrong(str(error))
    for path in scenarios:
        print(f"{path}: shown by copperdesk play {path}")
    return 1 if findings else 0


def _speak(setting: Setting, prompts: PromptLibrary) -> None:
    """Have everything spoken before processes are made that share it. Raises `ScenarioErrors`, `SynthesisFailed`."""
    office = cast(setting, FIRST_DAY).office
    run_virtual(lambda: prompts.prepare(office_words(office), office_languages(office)))
    run_virtual(lambda: prompts.prepare([Words(text) for text in SAYINGS], [language(office.language)]))


def _jobs(args: argparse.Namespace, setting: Setting) -> list[Job]:
    population = Population().scaled(args.calls / args.units)
    jobs = [Job(setting, population, args.days, args.seed + unit) for unit in range(args.units)]
    if args.audio == "sample":
        whole = setting_of(args.office, None)
        jobs += [
            Job(whole, Population().scaled(args.calls), 1, args.seed, first)
            for first in range(0, args.days, SAMPLE_DAYS)
        ]
    return jobs


def _simulated(jobs: list[Job], prompts: PromptLibrary) -> list[Found]:
    """Do it, at most as many at once as there are cores, and tell how it goes. What is found comes with its setting."""
    began, findings, days, calls = perf_counter(), list[Found](), 0, 0
    memory: dict[int, list[int]] = {}
    with closing(simulate_at_once(jobs, prompts, os.cpu_count() or 1)) as told:
        for passed in told:
            days, calls = days + 1, calls + passed.calls
            memory.setdefault(passed.unit, []).append(passed.resident_bytes)
            findings += [(jobs[passed.unit].setting, finding) for finding in passed.findings]
            for finding in passed.findings:
                print(f"  {_when(finding)}  {finding.violation.kind}: {finding.violation.what}", flush=True)
            _progress(passed, sum(job.days for job in jobs), days, calls, len(findings), perf_counter() - began)
    seconds = perf_counter() - began
    print(f"{days} days of units, {calls:,} calls, {len(findings)} violations, in {seconds:,.0f} s")
    for unit, months in sorted(memory.items()):
        if len(months) >= 2 * MONTH_DAYS:
            first, last = max(months[:MONTH_DAYS]) / 1e6, max(months[-MONTH_DAYS:]) / 1e6
            print(f"memory of unit {unit + 1}: {first:.1f} MB in the first month, {last:.1f} MB in the last")
    return findings


def _progress(passed: DayPassed, of: int, days: int, calls: int, violations: int, seconds: float) -> None:
    line = f"  day {days} of {of}: {calls:,} calls, {violations} violations, {calls / seconds:.1f} calls a second"
    if sys.stderr.isatty():
        print(f"\r{line}", end="\n" if days == of else "", file=sys.stderr, flush=True)
    elif passed.day % MONTH_DAYS == 0 or days == of:
        print(line, file=sys.stderr, flush=True)


def _when(finding: Finding) -> str:
    day, second = divmod(finding.violation.at_s, 86_400)
    return f"day {int(day) + 1}, {int(second // 3600):02d}:{int(second % 3600 // 60):02d}"


def _write(findings: list[Found], prompts: PromptLibrary, folder: Path) -> list[Path]:
    """A scenario of each violation, the shortest found, and the office's file beside it."""
    written, kinds = [], dict[str, int]()
    for setting, finding in findings:
        kind = finding.violation.kind
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > MOST_SHRUNK:
            continue
        path = folder / f"{kind.replace(' ', '-')}-{kinds[kind]}.scenario"
        path.write_text(scenario_of(finding, setting, prompts), encoding="utf-8")
        written.append(path)
        name = setting.office.removeprefix("office:").strip()
        if setting.office != USUAL_OFFICE and not (folder / name).exists():
            (folder / name).write_bytes((setting.beside / name).read_bytes())
    return written


def _wrong(reason: str) -> int:
    print(f"copperdesk: {reason}", file=sys.stderr)
    return 1
