"""A line is tested over the control socket, and what is accepted is in the office document."""

from __future__ import annotations

import asyncio
import base64
import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.api.linetests import TOPIC, offer_line_tests
from appliance.api.officechanging import OfficeChanging
from appliance.control.errors import ControlError
from appliance.store.office import OfficeStore
from appliance.store.versions import VersionStore
from tests.calls.forwardings import NotesInMemory, left_forwardings
from tests.calls.world import world
from tests.control.offered import Offered
from tests.control.officemethods import document


class Published(Offered):
    """With what was published of each topic."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []
        self.topics: dict[str, Callable[[], Any]] = {}

    def topic(self, name: str, state: Callable[[], Any]) -> None:
        self.topics[name] = state

    def publish(self, topic: str, event: Any) -> None:
        assert topic in self.topics
        self.events.append(event)


async def test_a_line_is_tested_reported_and_set_up(tmp_path: Path) -> None:
    async with world() as here:
        store = OfficeStore(tmp_path / "office.json")
        store.save(document())
        changing = OfficeChanging(
            here.appliance,
            store,
            VersionStore.open(tmp_path / "versions.sqlite"),
            change_led=lambda _office: None,
            make_anew=lambda: None,
        )
        asked = Published()
        doctor = offer_line_tests(
            asked, here.appliance, changing, tmp_path / "line-tests", left_forwardings(here.appliance, NotesInMemory())
        )
        assert asked.topics[TOPIC]() is None
        assert await asked.refused("lines.test_state") == "no-test"
        assert await asked.refused("lines.test", line="fxo-7") == "no-such-line"
        with pytest.raises(ControlError, match=r"front desk is a telephone.*`copperdesk hw test fxs-1` tries"):
            await asked.ask("lines.test", line="fxs-1")
        assert await asked.ask("lines.stop_test") is False
        begun = await asked.ask("lines.test", line="fxo-1")
        assert begun["running"]
        assert await asked.refused("lines.test", line="fxo-2") == "test-running"
        assert await asked.refused("lines.accept") == "test-running"
        await doctor.over()
        steps = [event["step"]["text"] for event in asked.events if event["running"]]
        assert steps[:3] == ["battery", "dial tone", "keys, noise and echo"]
        assert not asked.events[-1]["running"]
        state = await asked.ask("lines.test_state")
        assert [one["heading"]["text"] for one in state["findings"] if one["trouble"]] == []
        page = Path(state["report"]).read_text(encoding="utf-8")
        assert page.count("<svg") == 2 * page.count("data:audio/wav;base64,") > 10
        proposed = {one["field"]: one["value"] for one in state["proposals"]}
        assert proposed["flash_ms"] == 400
        shown = {one["code"]: [state["recordings"][number] for number in one["shows"]] for one in state["findings"]}
        assert shown["dial-tone"] == ["dial tone"]
        assert await asked.refused("lines.report", language="en") == "no-evidence"
        english = [one["text"] for one in (await asked.ask("lines.report_texts"))["texts"]]
        assert await asked.refused("lines.write_report", texts=english, language="../x") == "no-evidence"
        assert await asked.refused("lines.write_report", texts=english[1:], language="xx") == "no-evidence"
        await asked.ask("lines.write_report", texts=[f"<{text}>" for text in english], language="xx")
        piece = base64.b64decode((await asked.ask("lines.report", language="xx"))["piece"])
        assert piece.startswith(b'<!doctype html>\n<html lang="xx">')
        told = html.unescape((tmp_path / "line-tests" / "fxo-1.xx.html").read_text(encoding="utf-8"))
        assert [text for text in english if f"<{text}>" not in told] == []
        assert base64.b64decode((await asked.ask("lines.heard", number=0))["piece"]).startswith(b"RIFF")
        assert 'xmlns="' in (await asked.ask("lines.plot", number=0, kind="loudness"))["svg"]
        assert await asked.refused("lines.heard", number=-1) == "no-evidence"
        assert await asked.refused("lines.plot", number=0, kind="else") == "no-evidence"
        some = await asked.ask("lines.accept", fields=["flash_ms"])
        assert [one["field"] for one in some["proposals"]] == [one for one in proposed if one != "flash_ms"]
        assert (await asked.ask("lines.accept"))["proposals"] == []
        facts = here.appliance.office.trunk_on("fxo-1")
        assert facts.flash_ms == 400
        assert sorted(ending.value for ending in facts.endings) == proposed["endings"]
        assert await asked.ask("lines.stop_test") is False
        await doctor.close()


async def test_a_report_that_cannot_be_written_is_a_fault_and_is_not_named(tmp_path: Path) -> None:
    """A report of an earlier test may be there, which would be taken for this one's."""
    async with world() as here:
        folder = tmp_path / "line-tests"
        (folder / "fxo-1.new").mkdir(parents=True)
        (folder / "fxo-1.html").write_text("of last week", encoding="utf-8")
        store = OfficeStore(tmp_path / "office.json")
        store.save(document())
        changing = OfficeChanging(
            here.appliance,
            store,
            VersionStore.open(tmp_path / "versions.sqlite"),
            change_led=lambda _office: None,
            make_anew=lambda: None,
        )
        asked = Published()
        left = left_forwardings(here.appliance, NotesInMemory())
        doctor = offer_line_tests(asked, here.appliance, changing, folder, left)
        here.exchange.lines["5550100"].loop.set_cut(True)
        await asyncio.sleep(3)
        await asked.ask("lines.test", line="fxo-1")
        await doctor.over()
        state = await asked.ask("lines.test_state")
        assert ([one["code"] for one in state["findings"]], state["report"]) == (["battery"], "")
        assert await asked.refused("lines.report_texts") == "no-evidence"
        assert any("the report of a line test could not be kept" in fault for fault in here.appliance.trouble.now)
        await doctor.close()
