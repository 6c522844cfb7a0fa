"""`copperdesk account`: what is asked of the unit, and what is said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from appliance.api.accounts import offer_accounts
from appliance.cli.main import main
from appliance.clock import RealClock
from appliance.control import ControlServer
from appliance.store.accounts import AccountStore
from tests.cli.running import not_understood, serving
from web.certificates import make
from web.passwords import HASHER

GOOD = "seven green bottles hanging"


@pytest.fixture
def account(tmp_path, monkeypatch, capsys):
    """Runs the command with a running unit: the exit code, and what was printed."""
    store = AccountStore.open(tmp_path / "accounts.sqlite")

    async def offer(server: ControlServer) -> None:
        offer_accounts(server, store, RealClock(), lambda moment: moment)

    def run(*words: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["account", *words, "--data", str(tmp_path)])
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).strip()

    with serving(tmp_path, offer):
        yield run, store
    store.close()


def test_an_account_is_added_gets_a_new_password_and_is_removed(account):
    run, store = account
    assert run("add", "ada", "--role", "administrator", typed=GOOD + "\n") == (0, "ada can sign in now.")
    assert HASHER.verify(store.find("ada").hash, GOOD)
    run("add", "maria", "--person", "maria", typed=GOOD)
    session = store.sessions.begin("maria", "", "", RealClock().now())
    assert run("password", "maria", typed=GOOD + "!")[0] == 0
    assert HASHER.verify(store.find("maria").hash, GOOD + "!")
    assert store.sessions.find(session, RealClock().now()) is None
    assert run("list") == (0, "ada: administrator\nmaria: person, mailbox of maria")
    assert run("remove", "maria") == (0, "maria can no longer sign in.")
    assert [one.name for one in store.all()] == ["ada"]


def test_what_cannot_be_done_is_said(account):
    run, _store = account
    run("add", "ada", "--role", "administrator", typed=GOOD)
    assert run("remove", "ada") == (1, "copperdesk: nobody would be left who may set the unit up")
    code, said = run("password", "ada", typed="short")
    assert (code, "at least 10 characters" in said) == (1, True)
    assert not_understood("account", "password") == 2
    assert not_understood("account", "list", "ada") == 2


def test_a_lost_second_factor_and_delays_are_lifted(account):
    run, store = account
    run("add", "ada", "--role", "administrator", typed=GOOD)
    store.set_factor("ada", "SECRET", [])
    assert "second factor" in run("list")[1]
    run("second-factor-off", "ada")
    assert store.find("ada").factor == ""
    now = RealClock().now()
    for _ in range(6):
        store.tries.begin("ada", "10.0.0.1", now)
    assert store.tries.begin("ada", "10.0.0.1", now)
    run("lift-delays")
    assert not store.tries.begin("ada", "10.0.0.1", now)


def test_the_fingerprint_is_told(account, tmp_path: Path):
    run, _store = account
    assert run("fingerprint")[0] == 1
    make(tmp_path / "web", ["copperdesk.local"], RealClock().now())
    code, said = run("fingerprint")
    assert (code, len(said.split(":"))) == (0, 32)
