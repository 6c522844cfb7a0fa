"""The methods `accounts.…`, `sessions.…` and `tokens.…`, as the page's process asks them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from appliance.api.accounts import offer_accounts
from appliance.clock import LoopClock
from appliance.control.errors import ControlError
from appliance.store.accounts import AccountStore
from tests.notify.offered import Offered

MORNING = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
EAST = timezone(timedelta(hours=-5))
HERE = "192.168.1.20"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AccountStore]:
    opened = AccountStore.open(tmp_path / "accounts.sqlite")
    yield opened
    opened.close()


async def control_of(store: AccountStore) -> Offered:
    control = Offered()
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    offer_accounts(control, store, clock, lambda moment: moment.astimezone(EAST))
    await control.call("accounts.add", name="ada", role="administrator", hash="hash")
    await control.call("accounts.add", name="Maria", role="person", person="maria", hash="hash")
    return control


async def refused(control: Offered, method: str, **params: Any) -> str:
    with pytest.raises(ControlError) as error:
        await control.call(method, **params)
    return error.value.code


async def test_accounts_are_listed_without_their_secrets(store: AccountStore) -> None:
    control = await control_of(store)
    await control.call("accounts.set-second-factor", name="ada", secret="ABC")
    assert await control.call("accounts.list") == [
        {"name": "Maria", "role": "person", "person": "maria", "language": "", "second_factor": False},
        {"name": "ada", "role": "administrator", "person": "", "language": "", "second_factor": True},
    ]


async def test_what_is_given_changes_also_to_nothing_and_the_rest_stays(store: AccountStore) -> None:
    control = await control_of(store)
    changed = await control.call("accounts.change", name="maria", person="")
    assert (changed["name"], changed["person"], changed["role"]) == ("Maria", "", "person")
    assert (await control.call("accounts.find", name="MARIA"))["hash"] == "hash"


async def test_what_cannot_be_is_refused_by_name(store: AccountStore) -> None:
    control = await control_of(store)
    assert [
        await refused(control, "accounts.add", name="ADA", role="person", hash="x"),
        await refused(control, "accounts.add", name="a/b", role="person", hash="x"),
        await refused(control, "accounts.add", name="eve", role="owner", hash="x"),
        await refused(control, "accounts.change", name="ada", role="person"),
        await refused(control, "accounts.remove", name="ada"),
        await refused(control, "accounts.remove", name="nobody"),
        await refused(control, "sessions.begin", account="nobody"),
        await refused(control, "tokens.remove", id="none"),
        await refused(control, "tokens.add", name="", scope="calls"),
        await refused(control, "tokens.add", name="site", scope="calls", until="2020-01-01"),
        await refused(control, "tokens.add", name="site", scope="calls", until="tomorrow"),
        await refused(control, "accounts.set-access", names=["a b"], anywhere=False),
    ] == [
        *("account-exists", "not-understood", "not-understood", "last-administrator", "last-administrator"),
        *("no-such-account", "no-such-account", "no-such-token"),
        *["not-understood"] * 4,
    ]


async def test_a_session_says_whose_it_is_and_where_it_was_begun(store: AccountStore) -> None:
    control = await control_of(store)
    token = (await control.call("sessions.begin", account="maria", address=HERE, browser="Firefox"))["token"]
    await control.call("sessions.begin", account="maria", address=HERE, browser="Chrome")
    assert (await control.call("sessions.find", token=token))["person"] == "maria"
    listed = await control.call("sessions.list", account="Maria", token=token)
    assert {(one["browser"], one["address"], one["began"][:16], one["here"]) for one in listed} == {
        ("Firefox", HERE, "2026-03-03T04:00", True),
        ("Chrome", HERE, "2026-03-03T04:00", False),
    }
    await control.call("sessions.end-of", account="Maria", but=token)
    assert len(await control.call("sessions.list", account="Maria")) == 1
    await asyncio.sleep(timedelta(days=15).total_seconds())
    assert await control.call("sessions.find", token=token) is None


async def test_a_try_is_counted_until_it_was_right(store: AccountStore) -> None:
    control = await control_of(store)
    waits = [(await control.call("accounts.guess", name="ada", address=HERE))["seconds"] for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 5]
    await asyncio.sleep(5)
    assert (await control.call("accounts.guess", name="ada", address=HERE))["seconds"] == 0
    await control.call("accounts.guessed-right", name="ada", address=HERE)
    assert (await control.call("accounts.guess", name="ada", address=HERE))["seconds"] == 0


async def test_a_token_is_told_once_and_ends(store: AccountStore) -> None:
    control = await control_of(store)
    made = await control.call("tokens.add", name="our web site", scope="callback", until="2026-03-04")
    found = await control.call("tokens.find", secret=made["secret"])
    assert (found["scope"], found["until"]) == ("callback", "2026-03-03T19:00:00-05:00")
    assert "secret" not in (await control.call("tokens.list"))[0]
    await asyncio.sleep(timedelta(days=1).total_seconds())
    assert await control.call("tokens.find", secret=made["secret"]) is None


async def test_who_may_reach_the_page_is_kept(store: AccountStore) -> None:
    control = await control_of(store)
    assert await control.call("accounts.access") == {"names": [], "anywhere": False}
    await control.call("accounts.set-access", names=[" Phone.example.org ", "phone.example.org"], anywhere=True)
    assert await control.call("accounts.access") == {"names": ["phone.example.org"], "anywhere": True}
