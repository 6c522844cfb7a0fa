"""Plays a scenario from its first step to its last in virtual time, and says how it went."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from appliance.clock import Deadlock, run_virtual
from appliance.ear.clipbook import ClipBook
from appliance.prompts.library import PromptLibrary
from appliance.scenario import actions as act
from appliance.scenario.environment import Environment
from appliance.scenario.judge import Unmet, judge
from appliance.scenario.parser import Scenario, ScenarioStep
from appliance.scenario.performing import doer, perform, told
from appliance.scenario.transcript import Transcript
from hw.audio import Samples
from hw.linecard import LineError


@dataclass(frozen=True, slots=True)
class Failure:
    """The first line that was not met: its number and text, and what was there instead."""

    line: int
    text: str
    instead: str


@dataclass(frozen=True, slots=True)
class Played:
    """How a scenario went. sounds: for each party what it said (left) and heard (right), interleaved at 8 kHz."""

    scenario: Scenario
    transcript: Transcript
    seconds: float
    failure: Failure | None
    sounds: dict[str, Samples]

    def as_json(self) -> dict[str, Any]:
        failure = self.failure
        return {
            "file": self.scenario.name,
            "scenario": self.scenario.setup.title,
            "passed": failure is None,
            "seconds": round(self.seconds, 2),
            "unmet": failure and {"line": failure.line, "text": failure.text, "instead": failure.instead},
            "transcript": self.transcript.as_json(),
        }


class StepFailed(Exception):
    def __init__(self, step: ScenarioStep, instead: str) -> None:
        super().__init__(instead)
        self.failure = Failure(step.line, step.text, instead)


def play(
    scenario: Scenario, prompts: PromptLibrary, base: ClipBook, beside: Path, *, keep_sound: bool = False
) -> Played:
    """Play a scenario in virtual time. The appliance's data is in a temporary folder.

    Raises `SynthesisFailed` where what is said cannot be spoken.
    """
    with TemporaryDirectory(prefix="copperdesk-") as folder:
        running = ScenarioRun(scenario, prompts, base, Path(folder), beside, keep_sound)
        try:
            run_virtual(running.run)
        except Deadlock as deadlock:
            running.deadlocked(deadlock)
        return running.played


class ScenarioRun:
    """A scenario being played, once. `run` may be awaited once."""

    def __init__(
        self, scenario: Scenario, prompts: PromptLibrary, base: ClipBook, folder: Path, beside: Path, keep_sound: bool
    ) -> None:
        self._scenario = scenario
        self._made_of = (prompts, base, folder, beside)
        self._keep_sound = keep_sound
        self._environment: Environment | None = None
        self._step: ScenarioStep | None = None
        self._failure: Failure | None = None
        self._inner: list[str] = []
        self._seconds = 0.0

    @property
    def played(self) -> Played:
        environment = self._environment
        sounds = (
            {name: party.stereo() for name, party in environment.parties.items()}
            if environment and self._keep_sound
            else {}
        )
        transcript = environment.transcript if environment else Transcript()
        return Played(self._scenario, transcript, self._seconds, self._failure, sounds)

    def deadlocked(self, deadlock: Deadlock) -> None:
        step = self._step or self._scenario.steps[-1]
        self._failure = self._failure or Failure(step.line, step.text, str(deadlock))

    async def run(self) -> None:
        prompts, base, folder, beside = self._made_of
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._inner_fault)
        self._environment = environment = Environment(
            self._scenario, prompts, base, folder, beside, keep_sound=self._keep_sound
        )
        await environment.open()
        try:
            await self._steps(environment)
        except StepFailed as failed:
            self._failure = failed.failure
        finally:
            self._seconds = loop.time()
            for party in environment.parties.values():
                party.ear.finish()
            await environment.close()
        if self._inner:
            failure, last = self._failure, self._scenario.steps[-1]
            fault = f"an inner fault: {self._inner[0]}"
            if failure is None:
                self._failure = Failure(last.line, last.text, fault)
            else:
                self._failure = replace(failure, instead=f"{failure.instead}; {fault}")

    async def _steps(self, environment: Environment) -> None:
        meanwhile: set[asyncio.Task[None]] = set()
        try:
            for step in self._scenario.steps:
                self._step = step
                task = asyncio.create_task(self._do(environment, step), name=f"scenario line {step.line}")
                if step.meanwhile:
                    meanwhile.add(task)
                    await asyncio.sleep(0)
                else:
                    await _first_failure(task, meanwhile)
            await asyncio.gather(*meanwhile)
        finally:
            for task in meanwhile:
                task.cancel()
            await asyncio.gather(*meanwhile, return_exceptions=True)

    async def _do(self, environment: Environment, step: ScenarioStep) -> None:
        try:
            if isinstance(step.action, act.Act):
                if who := doer(step.action):
                    environment.transcript.add(who, asyncio.get_running_loop().time(), told(step.action))
                await perform(environment, step.action)
            else:
                await judge(environment, step.action)
        except (Unmet, LineError, ValueError) as error:
            raise StepFailed(step, str(error)) from error

    def _inner_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self._inner.append(f"{context.get('message')}: {type(error).__name__ if error else ''} {error or ''}".strip())


async def _first_failure(task: asyncio.Task[None], meanwhile: set[asyncio.Task[None]]) -> None:
    """Wait for this task; fail as soon as one of the others does."""
    waiting = {task, *(other for other in meanwhile if not other.done())}
    while not task.done():
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        failed = next((one for one in done if one.exception() is not None), None)
        if failed is not None:
            if failed is not task:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            failed.result()
