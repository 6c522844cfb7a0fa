"""`copperdesk person`, and where else people are told who is not reached as usual."""

from __future__ import annotations

import json

import pytest

from appliance.cli.main import main
from appliance.control import Param
from tests.cli.running import daemon, not_understood
from tests.cli.test_cli import STATE

JANE = {
    "person": "jane",
    "extension": "104",
    "name": "Jane Roe",
    "here": True,
    "do_not_disturb": False,
    "until": None,
    "forwarding": "never",
    "to": "",
    "logged_out": [],
}
BOB = JANE | {
    "person": "bob",
    "extension": "1055",
    "name": "Bob",
    "here": False,
    "do_not_disturb": True,
    "until": "2026-03-03T17:00:00+00:00",
    "forwarding": "no-answer",
    "to": "94075550199",
    "logged_out": ["sales", "service"],
}
TOLD_OF_BOB = (
    "away, do not disturb until 2026-03-03 17:00:00+00:00, forwarded no-answer to 94075550199, "
    "logged out of sales, service"
)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")


async def people(_params):
    return [JANE, BOB]


def test_everybody_is_listed(tmp_path, capsys):
    with daemon(tmp_path, people_list=(people, {})):
        assert main(["person", "list", "--data", str(tmp_path)]) == 0
        assert main(["person", "list", "--json", "--data", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[:2] == ["104   Jane Roe  at the office", f"1055  Bob       {TOLD_OF_BOB}"]
    assert json.loads(printed.split("\n", 2)[2]) == [JANE, BOB]


WHOSE = {"person": Param(str)}


@pytest.mark.parametrize(
    ("words", "method", "declared", "asked"),
    [
        (
            "do-not-disturb jane on --until 17:00",
            "people.do-not-disturb",
            {"on": Param(bool), "until": Param(str, "")},
            {"on": True, "until": "17:00"},
        ),
        (
            "do-not-disturb jane off",
            "people.do-not-disturb",
            {"on": Param(bool), "until": Param(str, "")},
            {"on": False, "until": ""},
        ),
        (
            "forward jane always 95551234",
            "people.forward",
            {"when": Param(str), "to": Param(str, "")},
            {"when": "always", "to": "95551234"},
        ),
        (
            "forward jane always 9(407)555-01.34",
            "people.forward",
            {"when": Param(str), "to": Param(str, "")},
            {"when": "always", "to": "94075550134"},
        ),
        (
            "forward jane no-answer",
            "people.forward",
            {"when": Param(str), "to": Param(str, "")},
            {"when": "no-answer", "to": ""},
        ),
        ("forward jane off", "people.forward", {"when": Param(str), "to": Param(str, "")}, {"when": "never", "to": ""}),
        ("presence jane away", "people.presence", {"here": Param(bool)}, {"here": False}),
        (
            "member jane sales in",
            "people.member",
            {"department": Param(str), "logged_in": Param(bool)},
            {"department": "sales", "logged_in": True},
        ),
    ],
    ids=lambda words: words if isinstance(words, str) else "",
)
def test_the_daemon_is_asked_to_change_it(tmp_path, capsys, words, method, declared, asked):
    heard = []

    async def change(params):
        heard.append(params)
        return JANE

    with daemon(tmp_path, **{method: (change, WHOSE | declared)}):
        assert main(["person", *words.split(), "--data", str(tmp_path)]) == 0
        assert main(["person", *words.split(), "--json", "--data", str(tmp_path)]) == 0
    assert heard == 2 * [{"person": "jane", **asked}]
    told, as_json = capsys.readouterr().out.splitlines()
    assert told == "104  Jane Roe  at the office"
    assert json.loads(as_json) == JANE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("do-not-disturb jane", "it is, for example: copperdesk person do-not-disturb jane on|off"),
        ("do-not-disturb", "copperdesk person do-not-disturb jane on|off"),
        ("forward jane sometimes 95551234", "copperdesk person forward jane always 95551234"),
        ("presence jane here there", "copperdesk person presence jane here|away"),
        ("member jane sales", "copperdesk person member jane sales in|out"),
        ("presence jane away --until 17:00", "--until goes with do-not-disturb on"),
        ("do-not-disturb jane off --until 17:00", "--until goes with do-not-disturb on"),
        ("list jane", "list shows everybody"),
        ("presense jane away", "did you mean 'presence'"),
    ],
)
def test_what_is_not_understood_is_told_with_an_example(capsys, words, told):
    assert not_understood("person", *words.split()) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", ["list", "presence jane away"])
def test_without_a_daemon_that_is_told(tmp_path, capsys, words):
    assert main(["person", *words.split(), "--data", str(tmp_path)]) == 1
    assert "no Copperdesk runs on" in capsys.readouterr().err


def test_the_help_has_an_example_of_each(capsys):
    assert not_understood("person", "--help") == 0
    said = capsys.readouterr().out
    for example in ("list", "do-not-disturb jane", "forward jane always", "presence jane", "member jane sales"):
        assert f"\n{example}" in said


def test_the_status_names_who_is_not_reached_as_usual(tmp_path, capsys):
    async def status(_params):
        return STATE | {"people": [BOB]}

    with daemon(tmp_path, status=(status, {})):
        assert main(["status", "--data", str(tmp_path)]) == 0
    assert f"People not reached as usual\n  1055  Bob  {TOLD_OF_BOB}\n" in capsys.readouterr().out
