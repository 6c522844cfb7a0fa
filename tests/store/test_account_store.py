"""Accounts, sessions, tokens and wrong tries in their file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.store.accounts import AccountStore, LastAdministrator, WebAccount
from appliance.store.sessions import LASTS, MOST_OF_AN_ACCOUNT, OTHERS_LAST, SEEN_EVERY
from appliance.store.wrongtries import DELAYS, FREE_OF_ACCOUNT, FREE_OF_ADDRESS, FREE_OF_BOTH

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
HERE, THERE = "192.168.1.20", "192.168.1.66"
ADA = WebAccount("ada", "administrator", "", "", "hash")
MARIA = WebAccount("maria", "person", "maria", "", "hash")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AccountStore]:
    opened = AccountStore.open(tmp_path / "accounts.sqlite")
    opened.put(ADA)
    opened.put(MARIA)
    yield opened
    opened.close()


def test_a_file_of_the_first_version_goes_on(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "accounts.sqlite")
    old.executescript(
        """
        CREATE TABLE accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, person TEXT NOT NULL,
            language TEXT NOT NULL, hash TEXT NOT NULL);
        CREATE TABLE sessions (token TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE ON UPDATE CASCADE,
            began TEXT NOT NULL, seen TEXT NOT NULL);
        INSERT INTO accounts VALUES ('ada', 'administrator', '', '', 'hash');
        PRAGMA user_version = 1;
        """
    )
    old.close()
    store = AccountStore.open(tmp_path / "accounts.sqlite")
    assert (store.fault, store.all()) == ("", [ADA])
    store.close()


def test_names_are_found_in_capital_letters_too(store: AccountStore) -> None:
    assert store.find("Ada") == ADA


def test_the_last_administrator_stays(store: AccountStore) -> None:
    with pytest.raises(LastAdministrator):
        store.remove("ada")
    with pytest.raises(LastAdministrator):
        store.put(WebAccount("ada", "operator", "", "", "hash"))
    assert store.find("ada") == ADA
    store.put(WebAccount("eve", "administrator", "", "", "hash"))
    store.remove("ada")
    assert [one.name for one in store.all()] == ["eve", "maria"]


@pytest.mark.parametrize(("name", "lasts"), [("ada", LASTS["administrator"]), ("maria", OTHERS_LAST)])
def test_a_session_ends_when_it_is_not_used_and_in_any_case_some_day(store: AccountStore, name: str, lasts) -> None:
    idle = store.sessions.begin(name, HERE, "Firefox", NOW)
    assert store.sessions.find(idle, NOW + lasts.idle - timedelta(seconds=1)) is not None
    assert store.sessions.find(idle, NOW + 2 * lasts.idle) is None
    used = store.sessions.begin(name, HERE, "Firefox", NOW)
    at = NOW
    while store.sessions.find(used, at) is not None:
        at += lasts.idle / 2
    assert at == NOW + lasts.at_most
    assert store.sessions.of(name, NOW) == []


def test_a_session_from_last_year_has_ended(store: AccountStore) -> None:
    token = store.sessions.begin("maria", HERE, "Firefox", NOW)
    assert store.sessions.find(token, NOW + timedelta(days=365)) is None


def test_a_clock_that_was_ahead_leaves_no_session_that_lasts_for_years(store: AccountStore) -> None:
    token = store.sessions.begin("maria", HERE, "Firefox", NOW + timedelta(days=3650))
    assert store.sessions.find(token, NOW) is None


def test_a_clock_that_is_set_back_a_little_ends_no_session(store: AccountStore) -> None:
    token = store.sessions.begin("ada", HERE, "Firefox", NOW)
    earlier = NOW - timedelta(hours=3)
    assert store.sessions.find(token, earlier) is not None
    (session,) = store.sessions.of("ada", earlier)
    assert session.seen == earlier


def test_too_many_sessions_push_out_the_one_not_used_for_longest(store: AccountStore) -> None:
    later = timedelta(minutes=1)
    tokens = [store.sessions.begin("ada", HERE, "", NOW + later * i) for i in range(MOST_OF_AN_ACCOUNT)]
    at = NOW + later * MOST_OF_AN_ACCOUNT
    store.sessions.find(tokens[0], at)
    newest = store.sessions.begin("ada", HERE, "", at)
    ended = [token for token in [*tokens, newest] if store.sessions.find(token, at) is None]
    assert ended == [tokens[1]]


def test_sessions_end_one_by_one_or_all_but_ones_own(store: AccountStore) -> None:
    own, other, third = (store.sessions.begin("ada", HERE, "", NOW) for _ in range(3))
    marias = store.sessions.begin("maria", HERE, "", NOW)
    found = store.sessions.find(other, NOW)
    assert found is not None
    store.sessions.end_of("maria", found.id)  # Not hers.
    assert store.sessions.find(other, NOW) is not None
    store.sessions.end_of("ada", found.id)
    assert [store.sessions.find(token, NOW) is None for token in (own, other, third)] == [False, True, False]
    store.sessions.end_of("ada", but=own)
    assert [store.sessions.find(token, NOW) is None for token in (own, third, marias)] == [False, True, False]


def test_the_file_has_no_secret_that_lets_anybody_in(store: AccountStore, tmp_path: Path) -> None:
    secrets = [store.sessions.begin("ada", HERE, "", NOW), store.tokens.add("site", "calls", None, NOW)[1]]
    store.set_factor("ada", "ABC", ["recover-me"])
    store.tries.begin("my password typed where my name goes", HERE, NOW)
    store.close()
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in [*secrets, "recover-me", "my password"]:
        assert secret.encode() not in written


def test_a_token_lasts_until_its_end_and_takes_no_session(store: AccountStore) -> None:
    session = store.sessions.begin("ada", HERE, "", NOW)
    token, secret = store.tokens.add("our web site", "callback", NOW + timedelta(days=1), NOW)
    for _ in range(100):
        assert store.tokens.find(secret, NOW) is not None
    assert store.tokens.find(secret, NOW + timedelta(days=1)) is None
    assert store.tokens.find(secret + "x", NOW) is None
    assert store.sessions.find(session, NOW) is not None
    assert [(one.name, one.used) for one in store.tokens.all()] == [("our web site", NOW)]
    assert (store.tokens.remove(token.id), store.tokens.remove(token.id)) == (True, False)
    assert store.tokens.find(secret, NOW) is None


def test_guessing_gets_slower_up_to_ten_minutes(store: AccountStore) -> None:
    waits, at = [], NOW
    for _ in range(FREE_OF_BOTH + len(DELAYS) + 2):
        wait = store.tries.begin("ada", HERE, at)
        waits.append(wait)
        at += wait
        if wait:
            assert store.tries.begin("ada", HERE, at) == timedelta()
    assert waits == [timedelta()] * FREE_OF_BOTH + [*DELAYS, DELAYS[-1], DELAYS[-1]]


def test_who_waits_is_not_counted_meanwhile(store: AccountStore) -> None:
    for _ in range(FREE_OF_BOTH):
        store.tries.begin("ada", HERE, NOW)
    assert {store.tries.begin("ada", HERE, NOW) for _ in range(50)} == {DELAYS[0]}


def test_the_right_password_clears_the_account_and_not_the_address(store: AccountStore) -> None:
    for _ in range(FREE_OF_BOTH - 1):
        store.tries.begin("ada", HERE, NOW)
    store.tries.begin("Ada", HERE, NOW)
    store.tries.right("Ada", HERE)
    assert store.tries.begin("ada", HERE, NOW) == timedelta()


def test_an_account_of_ones_own_buys_no_free_guesses_at_others(store: AccountStore) -> None:
    tried = 0
    while not store.tries.begin(f"guess {tried}", THERE, NOW) and tried < 2 * FREE_OF_ADDRESS:
        tried += 1
        if not store.tries.begin("maria", THERE, NOW):
            store.tries.right("maria", THERE)
    assert tried == FREE_OF_ADDRESS - 1


def test_one_address_is_slowed_whichever_names_it_tries(store: AccountStore) -> None:
    assert [store.tries.begin(f"name {i}", HERE, NOW) for i in range(FREE_OF_ADDRESS + 1)][-1] == DELAYS[0]
    assert store.tries.begin("ada", THERE, NOW) == timedelta()


def test_many_addresses_slow_an_account_but_not_for_those_signed_in(store: AccountStore) -> None:
    store.sessions.begin("ada", HERE, "Firefox", NOW)
    for i in range(FREE_OF_ACCOUNT):
        assert store.tries.begin("ada", f"10.0.0.{i}", NOW) == timedelta()
    assert store.tries.begin("ada", "10.0.1.1", NOW) == DELAYS[0]
    assert store.tries.begin("Ada", HERE, NOW) == timedelta()


def test_with_ipv6_a_whole_network_is_one_guesser(store: AccountStore) -> None:
    waits = [store.tries.begin("ada", f"2001:db8::{i:x}", NOW) for i in range(FREE_OF_BOTH + 1)]
    assert waits[-1] == DELAYS[0]


def test_delays_outlast_a_restart_are_lifted_and_forgotten(store: AccountStore, tmp_path: Path) -> None:
    for _ in range(FREE_OF_BOTH):
        store.tries.begin("ada", HERE, NOW)
    again = AccountStore.open(tmp_path / "accounts.sqlite")
    assert again.tries.begin("ada", HERE, NOW) == DELAYS[0]
    again.tries.lift()
    assert again.tries.begin("ada", HERE, NOW) == timedelta()
    for _ in range(FREE_OF_BOTH):
        again.tries.begin("ada", HERE, NOW)
    assert again.tries.begin("ada", HERE, NOW + timedelta(days=2)) == timedelta()
    again.close()


def test_a_clock_set_back_makes_nobody_wait_for_more_than_ten_minutes(store: AccountStore) -> None:
    for _ in range(FREE_OF_BOTH):
        store.tries.begin("ada", HERE, NOW)
    back = NOW - timedelta(hours=20)
    wait = store.tries.begin("ada", HERE, back)
    assert wait <= DELAYS[-1]
    assert store.tries.begin("ada", HERE, back + wait) == timedelta()


def test_a_code_of_the_second_factor_is_good_once(store: AccountStore) -> None:
    store.set_factor("ada", "SECRET", ["one", "two"])
    assert [store.use_step("ada", step) for step in (100, 100, 99, 101)] == [True, False, False, True]
    assert [store.use_recovery_code("ada", code) for code in ("one", "one", "three")] == [True, False, False]
    assert store.recovery_codes_left("ada") == 1
    store.set_factor("ada", "", [])
    found = store.find("ada")
    assert (found, store.recovery_codes_left("ada")) == (ADA, 0)


def test_seen_is_noted_at_most_every_five_minutes(store: AccountStore) -> None:
    token = store.sessions.begin("ada", HERE, "", NOW)
    store.sessions.find(token, NOW + SEEN_EVERY - timedelta(seconds=1))
    assert [one.seen for one in store.sessions.of("ada", NOW)] == [NOW]
    store.sessions.find(token, NOW + SEEN_EVERY)
    assert [one.seen for one in store.sessions.of("ada", NOW)] == [NOW + SEEN_EVERY]
