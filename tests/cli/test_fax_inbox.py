"""`copperdesk fax` for received faxes: what is in a box, and a fax as a PDF file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control import Param
from tests.cli.test_cli import daemon

FAX = {
    "id": "000002",
    "state": "new",
    "received": "2026-03-03T09:15:00-05:00",
    "contact": "",
    "identity": "+1 407 5550123",
    "number": "4075550123",
    "pages": 2,
    "complete": False,
}
PDF = b"%PDF-1.7" + bytes(100)


def methods(asked: list[dict[str, Any]]) -> dict[str, Any]:
    async def listed(params: dict[str, Any]) -> dict[str, Any]:
        asked.append(params)
        return {"faxes": [FAX], "next": params["after"] + 1, "total": 2}

    async def pdf(params: dict[str, Any]) -> dict[str, Any]:
        asked.append(params)
        return {"piece": base64.b64encode(PDF[params["at"] :][:64]).decode(), "size": len(PDF)}

    async def forward(params: dict[str, Any]) -> dict[str, Any]:
        asked.append(params)
        return FAX

    which = {"box": Param(str), "id": Param(str)}
    return {
        "faxes_list": (listed, {"box": Param(str), "after": Param(int, 0)}),
        "faxes_pdf": (pdf, which | {"at": Param(int, 0), "how": Param(str, "page")}),
        "faxes_forward": (forward, which | {"to": Param(str)}),
    }


def test_a_row_for_each_fax_of_a_box(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[dict[str, Any]] = []
    with daemon(tmp_path, **methods(asked)):
        assert main(["fax", "inbox", "maria", "--data", str(tmp_path)]) == 0
    assert [one["after"] for one in asked] == [0, 1]
    heading, row, _ = capsys.readouterr().out.splitlines()
    assert heading.split() == ["id", "received", "from", "pages"]
    assert row.startswith("000002  new  ")
    assert row.endswith("+1 407 5550123  2, broken off")


def test_a_fax_is_written_as_pdf_and_put_into_another_box(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[dict[str, Any]] = []
    out = tmp_path / "fax.pdf"
    with daemon(tmp_path, **methods(asked)):
        assert main(["fax", "open", "maria", "000002", "--out", str(out), "--data", str(tmp_path)]) == 0
        assert main(["fax", "forward", "maria", "000002", "tom", "--data", str(tmp_path)]) == 0
    assert out.read_bytes() == PDF
    assert {one["how"] for one in asked[:-1]} == {"command"}
    assert asked[-1] == {"box": "maria", "id": "000002", "to": "tom"}
    assert capsys.readouterr().out.splitlines()[-1] == "It is in the other box, too."
