"""`copperdesk message`."""

from __future__ import annotations

import json

import pytest

from appliance.cli.main import main
from appliance.control import Param
from appliance.wav.clip import write_clip
from tests.cli.running import daemon, not_understood
from tests.control.test_messages import JANE, SOUND

URGENT = JANE | {"id": "000002u", "name": "JANE ROE", "urgent": True, "until": "2026-03-05T09:15:00-05:00"}
URGENT |= {"text": "Call me back."}


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")


async def listed(params):
    """Two answers, of which each has one message."""
    message = [JANE, URGENT][params["after"]]
    return {"messages": [message], "next": params["after"] + 1, "total": 2}


def test_messages_are_listed(tmp_path, capsys):
    with daemon(tmp_path, messages_list=(listed, {"person": Param(str), "after": Param(int, 0)})):
        assert main(["message", "list", "maria", "--data", str(tmp_path)]) == 0
        assert main(["message", "list", "maria", "--json", "--data", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    table, programs = printed.split("[", 1)
    assert [line.split() for line in table.splitlines()] == [
        ["id", "received", "from"],
        ["000001", "new", "2026-03-03", "14:15:00+00:00", "4075550123", "2", "s"],
        [
            *["000002u", "new", "2026-03-03", "14:15:00+00:00", "JANE", "ROE", "4075550123", "2", "s"],
            *["urgent,", "until", "2026-03-05", "14:15:00+00:00", "Call", "me", "back."],
        ],
    ]
    assert json.loads("[" + programs) == [JANE, URGENT]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            {"text": "Call me back.", "sure": 0.71},
            "Call me back.\n\nA machine has written it down; it may have misheard. It is 71% sure.\n",
        ),
        ({"text": "", "sure": 0.0}, "No word of this message could be made out.\n"),
        ({"text": None, "sure": 0.0}, "This message has not been written down.\n"),
    ],
)
def test_a_message_is_read_as_text(tmp_path, capsys, written, shown):
    async def text(params):
        assert params == {"person": "maria", "id": "000001"}
        return written

    with daemon(tmp_path, messages_text=(text, {"person": Param(str), "id": Param(str)})):
        assert main(["message", "text", "maria", "000001", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize("action", ["restore", "delete"])
def test_a_message_is_deleted_and_restored(tmp_path, capsys, action):
    asked = []

    async def change(params):
        asked.append(params)
        return JANE

    with daemon(tmp_path, **{f"messages_{action}": (change, {"person": Param(str), "id": Param(str)})}):
        assert main(["message", action, "maria", "000001", "--data", str(tmp_path)]) == 0
    assert asked == [{"person": "maria", "id": "000001"}]
    assert capsys.readouterr().out.startswith("Message 000001 is ")


def test_a_message_is_sent_to_everybody(tmp_path, capsys):
    asked = []

    async def upload(params):
        return {"upload": "1"}

    async def everybody(params):
        asked.append(params)
        return {"sent": ["maria", "ruth"], "full": ["tom"]}

    write_clip(tmp_path / "closing.wav", SOUND)
    methods = {
        "messages_upload": (upload, {"upload": Param(str, ""), "piece": Param(str)}),
        "messages_everybody": (everybody, {"upload": Param(str), "until": Param(str, "")}),
    }
    command = ["message", "everybody", str(tmp_path / "closing.wav"), "--until", "18:00", "--data", str(tmp_path)]
    with daemon(tmp_path, **methods):
        assert main(command) == 0
    assert asked == [{"upload": "1", "until": "18:00"}]
    assert capsys.readouterr().out == "It is in 2 mailboxes.\nThese mailboxes are full: tom.\n"


@pytest.mark.parametrize("words", ["list", "restore maria", "delete maria 1 2", "list maria --until 18:00"])
def test_what_is_not_understood_is_told(capsys, words):
    assert not_understood("message", *words.split()) == 2
    assert "copperdesk message" in capsys.readouterr().err
