"""A unit whose SIP library is missing answers its other lines: tried with the program itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sip.here import document, own_address
from tests.sip.units import Unit

pytestmark = pytest.mark.real_time


async def test_without_the_library_a_unit_with_sip_telephones_answers_its_copper_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / "pjsua2.py").write_text("raise ImportError('there is no such library here')\n")
    monkeypatch.setenv("PYTHONPATH", str(missing))
    sip = {"address": own_address(), "telephones": [{"port": "tom", "address": own_address()}]}
    office = document(sip, {}, {"surgery": "tom"}) | {"trunks": [{"port": "fxo-1", "number": "5550100"}]}
    unit = Unit(tmp_path / "unit", json.dumps(office))
    await unit.start()
    try:
        assert [fault for fault in await unit.faults() if "SIP library" in fault]
        caller = await unit.telephone()
        await caller.calls("5550100")
        await caller.hears(440, 480)

        async def attended() -> bool:
            return bool((await unit.status())["calls"])

        await unit.until(attended, "call on the copper line")
        await caller.hang_up()
        await unit.until_quiet()
    finally:
        await unit.kill()
