"""Who may sign in at the local page: the methods `accounts.…`. Passwords come as hashes alone.

A second factor is tried by the page's process, which is given its secret; what must be so only once is kept here: the
time step of the last code, and the recovery codes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, TypedDict, TypeVar, TypeVarTuple

from appliance.api.sessions import offer_sessions
from appliance.api.tokens import offer_tokens
from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.accounts import ROLES, AccountStore, LastAdministrator, WebAccount
from appliance.store.disk import StoreFull
from hw.said import said, told_by

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LONGEST_NAME = 64
MOST_NAMES = 20

NAME = re.compile(r"\w([\w .@'’-]*\w)?")

ACCESS = "access"
"""Where the store keeps who may reach the page."""

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


class AccountShown(TypedDict):
    """An account without its secrets."""

    name: str
    role: str
    person: str
    """The id of the person whose mailbox it has; or empty."""
    language: str
    second_factor: bool
    """Whether a code is asked for behind the password."""


class Access(TypedDict):
    """From where the local page is answered."""

    names: list[str]
    """By which names it is called, beside those of the machine."""
    anywhere: bool
    """From other networks than the office's, too."""


class Wait(TypedDict):
    """seconds: how long to wait before the next try; 0: it may be made now."""

    seconds: float


def offer_accounts(control: Offers, store: AccountStore, clock: Clock, local: Callable[[datetime], datetime]) -> None:
    """Put the methods on the socket, with those of sessions and tokens. local: a moment on the office's clock."""

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
        _check_name(params["name"])
        _check_role(params["role"])
        if await off_loop(store.find, params["name"]) is not None:
            raise ControlError("account-exists", said("there is an account %(name)s already", name=params["name"]))
        account = WebAccount(**params)
        await kept(store.put, account)
        return shown(account)

    async def change(params: dict[str, Any]) -> AccountShown:
        account = await found(params.pop("name"))
        changed = replace(account, **{name: value for name, value in params.items() if value is not None})
        _check_role(changed.role)
        await kept(store.put, changed)
        return shown(changed)

    async def remove(params: dict[str, Any]) -> None:
        await kept(store.remove, (await found(params["name"])).name)

    async def guess(params: dict[str, Any]) -> Wait:
        wait = await kept(store.tries.begin, params["name"], params["address"], clock.now())
        return Wait(seconds=wait.total_seconds())

    async def guessed(params: dict[str, Any]) -> None:
        await kept(store.tries.right, params["name"], params["address"])

    async def lift_delays(_params: dict[str, Any]) -> None:
        await kept(store.tries.lift)

    async def set_factor(params: dict[str, Any]) -> None:
        account = await found(params["name"])
        await kept(store.set_factor, account.name, params["secret"], params["recovery_codes"])

    async def use_step(params: dict[str, Any]) -> bool:
        return await kept(store.use_step, (await found(params["name"])).name, params["step"])

    async def use_recovery_code(params: dict[str, Any]) -> bool:
        return await kept(store.use_recovery_code, (await found(params["name"])).name, params["code"])

    async def codes_left(params: dict[str, Any]) -> int:
        return await off_loop(store.recovery_codes_left, (await found(params["name"])).name)

    async def access(_params: dict[str, Any]) -> Access:
        known: dict[str, Any] = json.loads(await off_loop(store.setting, ACCESS) or "{}")
        return Access(names=known.get("names", []), anywhere=known.get("anywhere", False))

    async def set_access(params: dict[str, Any]) -> Access:
        names = [str(name).strip().casefold() for name in params["names"]]
        wrong = [name for name in names if not HOST.fullmatch(name)]
        if wrong or len(names) > MOST_NAMES:
            raise ControlError(
                "not-understood", said("'%(name)s' is no name such as phone.example.org", name="".join(wrong[:1]))
            )
        changed = Access(names=list(dict.fromkeys(names)), anywhere=params["anywhere"])
        await kept(store.set_setting, ACCESS, json.dumps(changed))
        return changed

    text, optional, unchanged = Param(str), Param(str, ""), Param(str, None)
    name = {"name": text}
    control.method("accounts.list", listed)
    control.method("accounts.find", find, name)
    control.method("accounts.add", add, name | {"role": text, "person": optional, "language": optional, "hash": text})
    control.method("accounts.change", change, name | dict.fromkeys(("role", "person", "language", "hash"), unchanged))
    control.method("accounts.remove", remove, name)
    control.method("accounts.guess", guess, name | {"address": text})
    control.method("accounts.guessed-right", guessed, name | {"address": text})
    control.method("accounts.lift-delays", lift_delays)
    control.method("accounts.set-second-factor", set_factor, name | {"secret": text, "recovery_codes": Param(list, ())})
    control.method("accounts.use-second-factor", use_step, name | {"step": Param(int)})
    control.method("accounts.use-recovery-code", use_recovery_code, name | {"code": text})
    control.method("accounts.recovery-codes-left", codes_left, name)
    control.method("accounts.access", access)
    control.method("accounts.set-access", set_access, {"names": Param(list), "anywhere": Param(bool)})
    offer_sessions(control, store, clock, local)
    offer_tokens(control, store, clock, local)


def shown(account: WebAccount) -> AccountShown:
    """For whoever asks by the socket."""
    return AccountShown(
        name=account.name,
        role=account.role,
        person=account.person,
        language=account.language,
        second_factor=bool(account.factor),
    )


async def kept(work: Callable[[*Ts], T], *args: *Ts) -> T:
    """Have the store do it. ControlError where it refuses, or the disk is full."""
    try:
        return await off_loop(work, *args)
    except LastAdministrator as error:
        raise ControlError("last-administrator", told_by(error)) from error
    except StoreFull as error:
        raise ControlError("disk-full", told_by(error)) from error


def _check_name(name: str) -> None:
    if not (len(name) <= LONGEST_NAME and NAME.fullmatch(name)):
        raise ControlError(
            "not-understood",
            said("a name has 1 to %(most)s letters, digits, spaces, dots, - or @", most=LONGEST_NAME),
        )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise ControlError(
            "not-understood", said("there is no role '%(role)s': it is %(roles)s", role=role, roles=tuple(ROLES))
        )
