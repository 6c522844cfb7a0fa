"""`copperdesk lost`: who got nobody, told in a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control import Param
from tests.cli.test_cli import daemon

CALLER = {
    "id": "7",
    "number": "4075550142",
    "name": "Jane",
    "wanted": "maria",
    "last": "2026-03-03T09:15:00-05:00",
    "got_to": "to maria",
    "calls": 2,
    "call_back": True,
}


def methods(asked: list[dict[str, Any]], callers: list[dict[str, Any]]) -> dict[str, Any]:
    async def listed(params: dict[str, Any]) -> list[dict[str, Any]]:
        asked.append(params)
        return callers

    async def done(params: dict[str, Any]) -> dict[str, Any]:
        asked.append(params)
        return CALLER

    return {"lost_list": (listed, {"for": Param(str, "")}), "lost_done": (done, {"id": Param(str)})}


def test_a_row_for_each_caller(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[dict[str, Any]] = []
    with daemon(tmp_path, **methods(asked, [CALLER])):
        assert main(["lost", "--for", "maria", "--data", str(tmp_path)]) == 0
        assert main(["lost", "list", "--json", "--data", str(tmp_path)]) == 0
    heading, row, as_json = capsys.readouterr().out.splitlines()
    assert heading.split() == ["call", "when", "caller", "calls", "wanted", "how", "far"]
    assert row.endswith("Jane 4075550142  2      maria   to maria  asks to be called back")
    assert json.loads(as_json) == CALLER
    assert asked == [{"for": "maria"}, {"for": ""}]


def test_nobody_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path, **methods([], [])):
        assert main(["lost", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Everybody who called has reached somebody, or has been called back.\n"


def test_a_caller_is_done_by_the_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[dict[str, Any]] = []
    with daemon(tmp_path, **methods(asked, [])):
        assert main(["lost", "done", "7", "--data", str(tmp_path)]) == 0
    assert asked == [{"id": "7"}]
    assert capsys.readouterr().out == "Jane 4075550142 is done.\n"


def test_done_goes_with_a_call(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["lost", "done", "--data", str(tmp_path)])
    assert caught.value.code == 2
