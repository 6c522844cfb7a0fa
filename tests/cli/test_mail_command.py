"""`copperdesk mail`: what waits, and what is wrong with the mail server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control import Param
from tests.cli.test_cli import daemon

PARCEL = {
    "id": "7",
    "by": "mail",
    "to": "maria@example.org",
    "kind": "message",
    "queued": "2026-03-03T09:15:00-05:00",
    "due": "2026-03-03T09:19:00-05:00",
    "why": "mail.example.org does not answer at port 587 within 30 seconds",
}


def methods(wrong: str = "", parcels: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    async def test(params: dict[str, Any]) -> dict[str, str]:
        return {"to": params["to"], "wrong": wrong}

    async def queue(_params: dict[str, Any]) -> list[dict[str, Any]]:
        return list(parcels)

    async def retry(_params: dict[str, Any]) -> int:
        return len(parcels)

    return {"mail_test": (test, {"to": Param(str)}), "mail_queue": (queue, {}), "mail_retry": (retry, {})}


@pytest.mark.parametrize(
    ("wrong", "code", "told"),
    [
        ("", 0, "The server took it for maria@example.org.\n"),
        ("mail.example.org takes no connection at port 25", 1, "It was not sent: mail.example.org takes no connection"),
    ],
)
def test_a_test_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str, code: int, told: str
) -> None:
    with daemon(tmp_path, **methods(wrong)):
        assert main(["mail", "test", "maria@example.org", "--data", str(tmp_path)]) == code
    assert capsys.readouterr().out.startswith(told)


def test_what_waits_is_listed_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path, **methods(parcels=(PARCEL, PARCEL | {"due": None}))):
        assert main(["mail", "queue", "--data", str(tmp_path)]) == 0
        assert main(["mail", "retry", "--data", str(tmp_path)]) == 0
    heading, first, second, retried = capsys.readouterr().out.splitlines()
    assert heading.split()[:4] == ["written", "by", "to", "about"]
    assert first.endswith("does not answer at port 587 within 30 seconds")
    assert "not any more" in second
    assert retried == "2 are tried now."


def test_nothing_that_waits_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path, **methods()):
        assert main(["mail", "queue", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing waits to be sent.\n"


@pytest.mark.parametrize("arguments", [["test"], ["queue", "maria@example.org"]])
def test_a_test_goes_with_an_address_and_nothing_else_does(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["mail", *arguments, "--data", str(tmp_path)])
    assert caught.value.code == 2
