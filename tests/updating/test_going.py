"""A version is ended without cutting a call, and told to be a failure only where it is one: over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.control import ControlError, ControlServer, Param
from appliance.machine.takenback import TakenBack
from appliance.updating import going, trial
from appliance.updating.going import calls_go_on, end_when_idle
from appliance.updating.trial import fails

pytestmark = pytest.mark.real_time(within=40)

WITHIN_S = 1.0
"""Long enough to be answered on a busy machine."""


class StandInVersion:
    """A version of the daemon as others see it on its socket. What it does is set by the test."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.calls: list[str] = []
        self.line = "idle"
        self.takes_calls = True
        self.knows_leaving = True
        self.hangs = False
        self.told: dict[str, Any] | None = None
        self.folder = socket.parent / "2.0"
        self.packages: str | None = str(self.folder / "lib")
        self.asked: list[str] = []
        self._server = ControlServer(socket)
        self._server.method("status", self._status)
        self._server.method("phone.choices", self._choices)
        self._server.method("phone.open", self._open, {"line": Param(str), "name": Param(str)})
        self._server.method("phone.do", self._do, {"phone": Param(str), "act": Param(str)})
        self._server.method("update.leave", self._leave)
        self._server.method("update.get", self._get)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[StandInVersion]:
        await self._server.start()
        try:
            yield self
        finally:
            await self._server.close()

    async def _status(self, _params: dict[str, Any]) -> Any:
        self.asked.append("status")
        if self.hangs:
            await asyncio.sleep(60)
        if self.told is not None:
            return self.told
        line = {"name": "main", "state": self.line, "dead": ""}
        return {"office": "Harbor", "trunks": [line], "stations": [], "calls": self.calls, "parked": []}

    async def _choices(self, _params: dict[str, Any]) -> Any:
        return {"lines": [{"name": "main", "port": "fxo-1"}]}

    async def _open(self, _params: dict[str, Any]) -> Any:
        return {"phone": "1"}

    async def _do(self, _params: dict[str, Any]) -> None:
        self.line = "up" if self.takes_calls else "idle"

    async def _get(self, _params: dict[str, Any]) -> Any:
        return {} if self.packages is None else {"packages": self.packages}

    async def _leave(self, _params: dict[str, Any]) -> None:
        self.asked.append("leave")
        if self.hangs:
            await asyncio.sleep(60)
        if not self.knows_leaving:
            raise ControlError("no-such-method", "there is no such method")


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInVersion:
    for module in (going, trial):
        monkeypatch.setattr(module, "PAUSE_S", 0.05)
    monkeypatch.setattr(trial, "RING_S", WITHIN_S)
    return StandInVersion(tmp_path / "control.sock")


class Ended:
    """Counts how often the daemon was ended from outside, and what went on then."""

    def __init__(self, version: StandInVersion) -> None:
        self.while_calls: list[int] = []
        self._version = version

    def __call__(self) -> int:
        self.while_calls.append(len(self._version.calls))
        return 0


async def test_the_daemon_is_left_to_choose_its_moment(version: StandInVersion) -> None:
    ended = Ended(version)
    version.calls = ["to 911"]
    async with version.running():
        assert await end_when_idle(version.socket, ended) == 0
    assert (version.asked, ended.while_calls) == (["leave"], [])


async def test_one_that_knows_no_leaving_is_ended_once_its_last_call_is_over(version: StandInVersion) -> None:
    ended = Ended(version)
    version.knows_leaving, version.calls = False, ["to 911"]
    async with version.running():
        ending = asyncio.create_task(end_when_idle(version.socket, ended))
        await asyncio.sleep(0.1)
        assert ended.while_calls == []
        version.calls = []
        assert await ending == 0
    assert ended.while_calls == [0]


@pytest.mark.parametrize("how", ["gone", "hangs", "unclear"])
async def test_one_that_can_take_no_call_is_ended_at_once(version: StandInVersion, how: str) -> None:
    ended = Ended(version)
    version.hangs, version.knows_leaving = how == "hangs", False
    version.told = {"trunks": None} if how == "unclear" else None
    if how == "gone":
        await end_when_idle(version.socket, ended)
    else:
        async with version.running():
            await end_when_idle(version.socket, ended, answer_s=0.1)
    assert ended.while_calls == [0]


@pytest.mark.parametrize(
    ("line", "goes_on"), [("idle", False), ("ringing", True), ("seized", True), ("up", True), ("lost", False)]
)
async def test_a_line_that_is_used_is_a_call(version: StandInVersion, line: str, goes_on: bool) -> None:
    version.line = line
    async with version.running():
        assert await calls_go_on(version.socket) is goes_on


async def test_a_call_of_the_test_telephone_is_what_counts(version: StandInVersion) -> None:
    async with version.running():
        assert await fails(version.socket, version.folder, 15) is None
    version.takes_calls, version.line = False, "idle"
    async with version.running():
        assert await fails(version.socket, version.folder, WITHIN_S) is TakenBack.NO_CALL


async def test_a_call_that_another_version_takes_does_not_count(version: StandInVersion, tmp_path: Path) -> None:
    version.packages = str(tmp_path / "1.0/lib")
    async with version.running():
        assert await fails(version.socket, version.folder, WITHIN_S) is TakenBack.NOT_STARTED
        assert version.line == "idle"
        version.packages = None  # An older version does not tell where it runs from.
        assert await fails(version.socket, version.folder, 15) is None


async def test_why_it_failed_is_told_by_how_far_it_came(version: StandInVersion) -> None:
    assert await fails(version.socket, version.folder, 0.1) is TakenBack.NOT_STARTED
    version.told = {"office": "Harbor"}
    async with version.running():
        assert await fails(version.socket, version.folder, WITHIN_S) is TakenBack.NO_ANSWER
    version.told, version.line = None, "lost"
    async with version.running():
        assert await fails(version.socket, version.folder, WITHIN_S) is TakenBack.NO_LINE


async def test_while_calls_are_on_all_its_lines_it_is_not_judged(version: StandInVersion) -> None:
    version.line, version.calls = "up", ["from 5550142"]
    async with version.running():
        judged = asyncio.create_task(fails(version.socket, version.folder, WITHIN_S))
        await asyncio.sleep(1.5 * WITHIN_S)
        assert not judged.done()
        version.line, version.calls = "idle", []
        assert await judged is None
