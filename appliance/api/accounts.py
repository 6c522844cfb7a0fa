"""Who may sign in at the local page: the methods `accounts.…` and `sessions.…`. Passwords come as hashes alone."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, TypedDict

from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.accounts import AccountStore, WebAccount


class AccountShown(TypedDict):
    """An account without its hash. person: the id of the person whose mailbox it has; or empty."""

    name: str
    role: str
    person: str
    language: str


def offer_accounts(control: Offers, store: AccountStore, clock: Clock) -> None:
    """Put the methods on the socket."""

    async def found(name: str) -> WebAccount:
        account = await off_loop(store.find, name)
        if account is None:
            raise ControlError("no-such-account", "there is no account of this name")
        return account

    async def listed(_params: dict[str, Any]) -> list[AccountShown]:
        return [shown(account) for account in await off_loop(store.all)]

    async def find(params: dict[str, Any]) -> dict[str, str]:
        return asdict(await found(params["name"]))

    async def add(params: dict[str, Any]) -> AccountShown:
        if await off_loop(store.find, params["name"]) is not None:
            raise ControlError("account-exists", f"there is an account {params['name']} already")
        account = WebAccount(**params)
        await off_loop(store.put, account)
        return shown(account)

    async def change(params: dict[str, Any]) -> AccountShown:
        account = await found(params["name"])
        given = {name: value for name, value in params.items() if value}
        changed = replace(account, **given)
        await off_loop(store.put, changed)
        return shown(changed)

    async def remove(params: dict[str, Any]) -> None:
        await off_loop(store.remove, (await found(params["name"])).name)

    async def begin(params: dict[str, Any]) -> dict[str, str]:
        account = await found(params["account"])
        return {"token": await off_loop(store.begin_session, account.name, clock.now())}

    async def of_session(params: dict[str, Any]) -> AccountShown | None:
        account = await off_loop(store.session, params["token"])
        return shown(account) if account is not None else None

    async def end(params: dict[str, Any]) -> None:
        await off_loop(store.end_session, params["token"])

    text, optional = Param(str), Param(str, "")
    token = {"token": text}
    control.method("accounts.list", listed)
    control.method("accounts.find", find, {"name": text})
    fields = {"role": text, "person": optional, "language": optional, "hash": text}
    control.method("accounts.add", add, {"name": text} | fields)
    changed = dict.fromkeys(fields, optional)
    control.method("accounts.change", change, {"name": text} | changed)
    control.method("accounts.remove", remove, {"name": text})
    control.method("sessions.begin", begin, {"account": text})
    control.method("sessions.find", of_session, token)
    control.method("sessions.end", end, token)


def shown(account: WebAccount) -> AccountShown:
    """For whoever asks by the socket."""
    return AccountShown(name=account.name, role=account.role, person=account.person, language=account.language)
