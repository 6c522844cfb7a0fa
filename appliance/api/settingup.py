"""The set-up of a unit: its answers, kept until the last step, which takes effect wholly or not at all."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from appliance.api.officechanging import Load, revision
from appliance.calls.spokencodes import SETUP, WrongCode
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.office.pin import weakness
from appliance.officeparsing import office_of
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import SynthesisFailed
from appliance.starting.answers import STEPS, Answers
from appliance.starting.devices import FoundPorts
from appliance.starting.mistakes import AnswerMistake, mistakes
from appliance.starting.proposal import administrators_person, document
from appliance.store.accounts import AccountStore, WebAccount
from appliance.store.office import OfficeStore
from appliance.store.setupanswers import SetupAnswers
from appliance.unit import Unit
from hw.said import said, told_by

ADMINISTRATOR = "administrator"
"""The role, as accounts have it, of whoever may set the unit up."""
FINISHING = "finishing"
"""Where the answers say that the last step has begun: with the account it makes, and the revision of its office."""
PIN_DIGITS = 4
LARGEST_ANSWER = 400_000
"""Characters of one step, as JSON: 500 people are below 100,000."""


@dataclass(frozen=True, slots=True)
class FinishProgress:
    """How far the last step has come. state: `waiting`, `working`, `done`, `failed`.

    done, total: clips that are spoken, and all of them. wrong: the code of why it failed.
    """

    state: str = "waiting"
    done: int = 0
    total: int = 0
    wrong: str = ""


class SettingUp:
    """Made for one unit; `begin` it first. The methods that take a ticket raise ControlError where it opens nothing."""

    def __init__(
        self, unit: Unit, prompts: PromptLibrary, accounts: AccountStore, store: OfficeStore, answers: SetupAnswers
    ) -> None:
        self._unit = unit
        self._prompts = prompts
        self._accounts = accounts
        self._store = store
        self._answers = answers
        self._changing = asyncio.Lock()
        self._tasks = Tasks(unit.trouble)
        self._beforehand: asyncio.Task[None] | None = None
        """Speaks what is said in the language that was chosen, while the other steps are answered."""
        self.progress = FinishProgress()
        """How far the last step has come."""

    async def begin(self) -> None:
        """Have a code while there is no administrator, the same as before. A last step that was cut short is done."""
        codes = self._unit.spoken_codes
        try:
            await self._go_on()
            if await self.over():
                await codes.end(SETUP)
            elif codes.code(SETUP) is None:
                await codes.begin(SETUP)
        except OSError as error:
            self._unit.trouble.report(said("the set-up cannot be kept on the disk: %(why)s", why=told_by(error)))

    async def over(self) -> bool:
        """Whether there is an administrator."""
        return any(account.role == ADMINISTRATOR for account in await off_loop(self._accounts.all))

    def enter(self, digits: str, source: str) -> str:
        """The ticket for whoever gives the right code. ControlError `wrong-code`, or `wait` with the seconds."""
        try:
            return self._unit.spoken_codes.check(SETUP, "".join(filter(str.isdecimal, digits)), source)
        except WrongCode as wrong:
            if wrong.wait_seconds:
                raise ControlError("wait", str(wrong.wait_seconds)) from wrong
            raise ControlError("wrong-code", said("that is not the code which the telephones say")) from wrong

    async def admit(self, ticket: str) -> None:
        """Raises ControlError `setup-over` or `no-ticket`."""
        if await self.over():
            raise ControlError("setup-over", said("this unit is set up already"))
        if not self._unit.spoken_codes.admits(SETUP, ticket):
            raise ControlError("no-ticket", said("the code for the set-up has to be given first"))

    @property
    def found(self) -> FoundPorts:
        """What the unit has."""
        lines = self._unit.lines
        return FoundPorts(tuple(one.port for one in lines.trunks), tuple(one.port for one in lines.station_lines))

    async def steps(self) -> dict[str, Any]:
        """All that was answered so far."""
        return {step: answer for step, answer in (await off_loop(self._answers.load)).items() if step in STEPS}

    def mistakes(self, step: str, answers: Answers) -> list[AnswerMistake]:
        return mistakes(step, answers, self.found)

    async def answer(self, step: str, answer: Mapping[str, Any], known: str) -> str:
        """Keep an answer. known: the revision of the one that was seen. Returns the new one's.

        One that is kept already may come again, as a browser sends it whose page is reloaded.
        ControlError `answers-changed` where another browser was faster, `disk-full`, or `too-large`.
        """
        async with self._changing:
            all_of_them = await off_loop(self._answers.load)
            if revision(all_of_them.get(step)) not in (known, revision(answer)):
                raise ControlError("answers-changed", said("somebody else has answered this meanwhile"))
            if len(str(answer)) > LARGEST_ANSWER:
                raise ControlError("too-large", said("this is longer than any office needs"))
            await self._keep(all_of_them | {step: dict(answer)})
        if step == "place":
            self._speak_beforehand(Answers.of({step: answer}).language)
        return revision(answer)

    async def finish(self, load: Load, *, office_there: bool) -> None:
        """Begin to take effect: the office and the administrator's account. `progress` tells how far it has come.

        office_there: there is an office, which stays. ControlError `not-finished` with the steps that lack something.
        """
        if self.progress.state == "working":
            return
        steps = await self.steps()
        answers = Answers.of(steps)
        lacking = [step for step in (STEPS[:1] if office_there else STEPS) if self.mistakes(step, answers)]
        if lacking:
            raise ControlError("not-finished", " ".join(lacking))
        made = None if office_there else await off_loop(document, answers, self.found, new_pin)
        person = self._person_of(steps) if office_there else administrators_person(answers)
        account = {"name": answers.account, "person": person, "hash": answers.hash}
        self.progress = FinishProgress("working")
        self._tasks.begin("the last step of the set-up", self._take_effect(steps, account, made, load))

    def _person_of(self, steps: Mapping[str, Any]) -> str:
        """Whose mailbox the administrator of an office that is there has; empty for nobody's."""
        person = self._unit.office.person(str(steps["you"].get("person", "")))
        return person.id if person is not None else ""

    async def _take_effect(
        self, steps: dict[str, Any], account: dict[str, str], made: dict[str, Any] | None, load: Load
    ) -> None:
        """All of it, or nothing. What callers hear is spoken first, which takes longest and changes nothing yet."""
        wrong = "fault"
        try:
            if self._beforehand is not None:
                await asyncio.wait([self._beforehand])
            if made is not None:
                await self._unit.prepare(await off_loop(office_of, made), self._spoken)
            async with self._changing:
                before = (await off_loop(self._store.load)).document
                await self._keep(steps | {FINISHING: account | {"revision": revision(made or before)}})
                try:
                    if made is not None:
                        await load(made, "")
                except BaseException:
                    await self._keep(steps)
                    raise
                await self._complete(account)
            wrong = ""
        except SynthesisFailed:
            wrong = "voice-failed"
        except ControlError as error:
            wrong = error.code
        finally:
            self.progress = FinishProgress("failed" if wrong else "done", wrong=wrong)

    def _speak_beforehand(self, spoken: str) -> None:
        """Begin to speak what is said in a language, which takes a minute on a small unit the first time."""
        if self._beforehand is None or self._beforehand.done():
            self._beforehand = self._tasks.begin("speaking beforehand", self._speak(spoken))

    async def _speak(self, spoken: str) -> None:
        with suppress(SynthesisFailed):  # The last step tells.
            await self._prompts.prepare([], [language(spoken)], self._spoken)

    def _spoken(self, done: int, total: int, _text: str) -> None:
        if self.progress.state == "working":
            self.progress = FinishProgress("working", done, total)

    async def _go_on(self) -> None:
        """After a power cut in the last step: with the office on the disk, there is an account, too."""
        stored = await off_loop(self._answers.load)
        account = stored.pop(FINISHING, None)
        if account is None:
            return
        if account["revision"] == revision((await off_loop(self._store.load)).document):
            await self._complete(account)
        else:
            await off_loop(self._answers.save, stored)

    async def _complete(self, made: Mapping[str, str]) -> None:
        account = WebAccount(made["name"], ADMINISTRATOR, made["person"], "", made["hash"])
        await off_loop(self._accounts.put, account)
        await self._unit.spoken_codes.end(SETUP)
        await off_loop(self._answers.remove)

    async def _keep(self, answers: dict[str, Any]) -> None:
        try:
            await off_loop(self._answers.save, answers)
        except OSError as error:
            raise ControlError("disk-full", told_by(error)) from error


def new_pin(extension: str) -> str:
    """A PIN that nobody guesses at once."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        if not weakness(pin, extension):
            return pin
