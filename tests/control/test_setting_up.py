"""The last step of a set-up takes effect wholly or not at all, whenever the power fails; and what else it does."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from appliance.api import settingup
from appliance.api.office import revision
from appliance.api.settingup import SettingUp, new_pin
from appliance.calls.faults import Faults
from appliance.calls.spokencodes import SETUP, SpokenCodes
from appliance.clock import RealClock
from appliance.control.errors import ControlError
from appliance.office.pin import weakness
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.accounts import AccountStore
from appliance.store.office import OfficeStore
from appliance.store.setupanswers import SetupAnswers
from appliance.store.spokencodes import SpokenCodeStore
from tests.calls.world import voice
from tests.starting.answered import FOUND, steps
from tests.store.conftest import FailingDisk, PowerCutError


class NewUnit:
    """A unit on a disk, as far as a set-up knows it. `again` is the same after a restart."""

    def __init__(self, folder: Path, disk: FailingDisk) -> None:
        self.folder, self.disk = folder, disk
        # SQLite sees to its own file, which the failing disk knows nothing of.
        self.accounts = AccountStore.open(folder.with_name(f"{folder.name}-accounts") / "accounts.sqlite")
        self.store = OfficeStore(folder / "office.json", disk)
        self.answers = SetupAnswers(folder / "setup.json", disk)
        self.codes = SpokenCodes(SpokenCodeStore(folder / "spoken-codes.json", disk), RealClock())
        ports = [[SimpleNamespace(port=port) for port in some] for some in (FOUND.lines, FOUND.telephones)]
        self.unit: Any = SimpleNamespace(
            spoken_codes=self.codes,
            trouble=Faults(),
            lines=SimpleNamespace(trunks=ports[0], station_lines=ports[1]),
            prepare=self.prepare,
        )
        self.setting_up = SettingUp(self.unit, voice(), self.accounts, self.store, self.answers)
        self.fails: Exception | None = None

    async def prepare(self, _office: object, progress: Any) -> None:
        progress(1, 2, "Good morning.")
        if isinstance(self.fails, SynthesisFailed):
            raise self.fails

    async def load(self, document: dict[str, Any], _known: str) -> Any:
        if self.fails is not None:
            raise self.fails
        self.store.save(document)

    async def begins(self) -> None:
        await self.codes.open()
        await self.setting_up.begin()

    async def finishes(self) -> None:
        await self.setting_up.finish(self.load, office_there=False)
        for _ in range(200):
            if self.setting_up.progress.state != "working":
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it does not finish")

    def again(self) -> NewUnit:
        self.accounts.close()
        return NewUnit(self.folder, FailingDisk())


@pytest.fixture
def new(tmp_path, monkeypatch):
    monkeypatch.setattr(settingup, "office_of", lambda document: document)
    unit = NewUnit(tmp_path, FailingDisk())
    unit.answers.save(steps())
    return unit


async def cut(folder: Path, operations: int) -> tuple[bool, bool, bool, int]:
    """Whether there is an office, an account and a code after a power cut and a restart, and how much was done."""
    folder.mkdir()
    unit = NewUnit(folder, FailingDisk())
    unit.answers.save(steps())
    await unit.begins()
    before = len(unit.disk.done)
    unit.disk.left = operations
    with contextlib.suppress(PowerCutError):
        await unit.finishes()
    done = len(unit.disk.done) - before
    unit.disk.lose(folder)
    again = unit.again()
    await again.begins()
    office = again.store.load().document is not None
    account = await again.setting_up.over()
    again.accounts.close()
    return office, account, again.codes.code(SETUP) is not None, done


async def test_the_last_step_is_done_wholly_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(settingup, "office_of", lambda document: document)
    *_all, whole = await cut(tmp_path / "whole", 10_000)
    assert whole > 8
    ends = []
    for operations in range(whole):
        office, account, code, _ = await cut(tmp_path / str(operations), operations)
        assert (office, account, code) in ((True, True, False), (False, False, True)), operations
        ends.append(office)
    assert ends == sorted(ends)
    assert {True, False} == set(ends)


async def test_behind_it_nothing_of_the_answers_stays_on_the_disk(new):
    await new.begins()
    await new.finishes()
    assert new.setting_up.progress.state == "done"
    assert [(one.name, one.role, one.person) for one in new.accounts.all()] == [
        ("Maria Alvarez", "administrator", "maria-alvarez")
    ]
    assert not list(new.folder.glob("setup.json*"))
    assert new.codes.newest() is None
    with pytest.raises(ControlError, match="set up already"):
        await new.setting_up.admit("any")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (SynthesisFailed("no voice"), "voice-failed"),
        (ControlError("disk-full", "the disk is full"), "disk-full"),
        (RuntimeError("a bug"), "fault"),
    ],
)
async def test_where_it_fails_nothing_has_changed_and_it_can_be_tried_again(new, fault, told):
    await new.begins()
    new.fails = fault
    await new.finishes()
    assert (new.setting_up.progress.state, new.setting_up.progress.wrong) == ("failed", told)
    assert new.store.load().document is None
    assert not await new.setting_up.over()
    assert await new.setting_up.steps() == steps()
    new.fails = None
    await new.finishes()
    assert await new.setting_up.over()


async def test_two_who_finish_at_once_make_one_office(new):
    await new.begins()
    await asyncio.gather(new.finishes(), new.finishes())
    assert len(new.accounts.all()) == 1


async def test_a_step_that_lacks_something_is_named(new):
    new.answers.save(steps(company={"name": ""}, menu={"template": ""}))
    await new.begins()
    with pytest.raises(ControlError) as refused:
        await new.finishes()
    assert (refused.value.code, refused.value.message) == ("not-finished", "company menu")


async def test_who_answers_a_step_that_has_changed_meanwhile_is_refused(new):
    seen = revision((await new.setting_up.steps())["company"])
    await new.setting_up.answer("company", {"name": "Bay Title"}, seen)
    with pytest.raises(ControlError) as refused:
        await new.setting_up.answer("company", {"name": "Harbour Law"}, seen)
    assert refused.value.code == "answers-changed"
    assert (await new.setting_up.steps())["company"] == {"name": "Bay Title"}


async def test_damaged_answers_are_asked_for_again(new):
    for file in new.folder.glob("setup.json*"):
        file.write_bytes(b"nonsense")
    assert await new.setting_up.steps() == {}


def test_new_pins_are_good_and_differ():
    pins = [new_pin("101") for _ in range(200)]
    assert all(weakness(pin, "101") is None for pin in pins)
    assert len(set(pins)) > 150
