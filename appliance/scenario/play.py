"""`copperdesk play FILE…`: plays scenarios in virtual time, much faster than they would last."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.clock import run_virtual
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.scenario.environment import fixed_clips, speak
from appliance.scenario.mistakes import Mistake, ScenarioErrors
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import Scenario, parse
from appliance.scenario.runner import Played, play
from appliance.wav.clip import write_stereo
from appliance.wav.loading import load_wav
from appliance.wav.target import cannot_write_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a scenario; docs/scenarios.md tells how")
    parser.add_argument("--wav", type=Path, metavar="DIR", help="write what each party said (left) and heard (right)")
    parser.add_argument("--json", action="store_true", help="tell the results as JSON")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when every line of every scenario was met, 1 otherwise.

    With `--json` everything is told on the standard output, also why a scenario cannot be played.
    """
    if args.wav is not None and (refused := cannot_write_in(args.wav)):
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    if args.wav is not None and not args.wav.exists():
        args.wav.mkdir()
        print(f"The folder {args.wav} was made.", file=sys.stderr)
    scenarios, mistaken = _read(args.files)
    results = [_mistakes_as_json(errors) for errors in mistaken]
    if not args.json:
        for errors in mistaken:
            print(errors, file=sys.stderr, flush=True)
    try:
        for path, played in _played(scenarios, keep_sound=args.wav is not None):
            results.append(played.as_json())
            if args.wav is not None:
                write_sounds(args.wav, path.stem, played)
            if not args.json:
                print(told(played), flush=True)
    except SynthesisFailed as error:
        unplayed = scenarios[len(results) - len(mistaken) :]
        results += [{"file": scenario.name, "passed": False, "error": str(error)} for _, scenario in unplayed]
        if not args.json:
            print(f"copperdesk: {error}", file=sys.stderr)
    if args.json:
        print(json.dumps(results, indent=2))
    return 0 if all(result["passed"] for result in results) else 1


LARGEST_BYTES = 1_000_000


def read_scenario(path: Path) -> Scenario:
    """The scenario in this file. Raises `ScenarioErrors`, also for a file that cannot be read."""
    try:
        with path.open("rb") as file:  # A device may have no end.
            data = file.read(LARGEST_BYTES + 1)
        if len(data) > LARGEST_BYTES:
            raise ScenarioErrors(str(path), [Mistake(1, 1, f"the file is larger than {LARGEST_BYTES} bytes")])
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ScenarioErrors(str(path), [Mistake(1, 1, f"the file cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ScenarioErrors(str(path), [Mistake(1, 1, "the file is not a text file in UTF-8")]) from error
    return parse(text, str(path), office_reader(path.parent), lambda file: load_wav(path.parent / file))


def told(played: Played) -> str:
    """The transcript, and how it ended."""
    setup, failure = played.scenario.setup, played.failure
    lines = [f"{played.scenario.name}: {setup.title}".rstrip(": "), *played.transcript.lines()]
    if failure is None:
        lines.append(f"  met, after {played.seconds:.1f} s of the office's time")
    else:
        lines += [f"{played.scenario.name}:{failure.line}: not met: {failure.text}", f"  instead: {failure.instead}"]
    return "\n".join(lines) + "\n"


def write_sounds(folder: Path, name: str, played: Played) -> None:
    """One stereo WAV file a party that was ever off hook: NAME-party.wav."""
    for party, sound in played.sounds.items():
        if len(sound):
            write_stereo(folder / f"{name}-{re.sub(r'[^a-z0-9]+', '-', party.lower())}.wav", sound)


def _read(paths: list[Path]) -> tuple[list[tuple[Path, Scenario]], list[ScenarioErrors]]:
    scenarios, mistaken = [], []
    for path in paths:
        try:
            scenarios.append((path, read_scenario(path)))
        except ScenarioErrors as errors:
            mistaken.append(errors)
    return scenarios, mistaken


def _mistakes_as_json(errors: ScenarioErrors) -> dict[str, Any]:
    return {"file": errors.name, "passed": False, "mistakes": [asdict(mistake) for mistake in errors.mistakes]}


def _played(scenarios: list[tuple[Path, Scenario]], *, keep_sound: bool) -> Iterator[tuple[Path, Played]]:
    """Each scenario, played. Raises `SynthesisFailed`."""
    if not scenarios:
        return
    prompts = PromptLibrary(default_cache())
    run_virtual(lambda: speak([scenario for _, scenario in scenarios], prompts, _show_progress))
    base = fixed_clips(prompts)
    for path, scenario in scenarios:
        yield path, play(scenario, prompts, base, path.parent, keep_sound=keep_sound)


def _show_progress(done: int, total: int, _text: str) -> None:
    if sys.stderr.isatty():
        print(
            f"\r  speaking prompts: {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True
        )
