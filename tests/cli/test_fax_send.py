"""`copperdesk fax send`: what is said to the unit, and what is refused before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control import Param
from tests.cli.test_cli import daemon


def methods(asked: list[dict[str, Any]]) -> dict[str, Any]:
    async def upload(_params: dict[str, Any]) -> dict[str, Any]:
        return {"upload": "1"}

    async def send(params: dict[str, Any]) -> list[dict[str, Any]]:
        asked.append(params)
        return [{"id": "7", "number": "5550123", "pages": 1}]

    words = {name: Param(str, "") for name in ("name", "note", "cover", "person", "at")}
    return {
        "fax_upload": (upload, {"upload": Param(str, ""), "piece": Param(str)}),
        "fax_send": (send, words | {"to": Param(str), "files": Param(list), "coarse": Param(bool, False)}),
    }


def test_a_file_whose_name_is_no_utf8_is_sent_under_one_that_is(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"Gr\xfc\xdfe.txt")
    file.write_text("Hello")
    asked: list[dict[str, Any]] = []
    with daemon(tmp_path, **methods(asked)):
        assert main(["fax", "send", str(file), "5550123", "--no-wait", "--data", str(tmp_path)]) == 0
    assert [one["name"] for one in asked[0]["files"]] == ["Gr\ufffd\ufffde.txt"]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("tonight", "such as"),
        ("18:00", "such as"),
        ("0001-01-01", "such as"),
        ("2020-01-01 18:00", "is over"),
    ],
)
def test_a_moment_that_is_none_or_over_is_refused_and_nothing_is_sent_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], at: str, why: str
) -> None:
    with pytest.raises(SystemExit):
        main(["fax", "send", "offer.pdf", "5550123", "--at", at, "--data", str(tmp_path)])
    assert why in capsys.readouterr().err
