"""The methods that change the office, as they are offered, without a socket."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from appliance.api.drafts import offer_drafts
from appliance.api.explaining import offer_explaining
from appliance.api.office import offer_office
from appliance.api.officechanging import OfficeChanging
from appliance.api.picture import Sheets
from appliance.api.versions import offer_versions
from appliance.clock import RealClock
from appliance.control.params import check
from appliance.store.office import OfficeStore
from appliance.store.versions import VersionStore
from tests.calls.world import OFFICE

TODAY = date(2026, 3, 3)


class Asked:
    """`await asked("office.get")` is what the method answers."""

    def __init__(self) -> None:
        self._methods: dict[str, Any] = {}

    def method(self, name, handler, declared=None):
        self._methods[name] = handler, declared or {}

    async def __call__(self, method, /, **params):
        handler, declared = self._methods[method]
        return await handler(check(declared, params))


async def _no_lamps(_office: object) -> None: ...


def offered(unit, folder) -> Asked:
    """The methods of a unit whose documents are in this folder."""
    asked, store, versions = Asked(), OfficeStore(folder / "office.json"), VersionStore.open(folder / "versions.sqlite")
    changing = OfficeChanging(unit, store, versions, change_led=_no_lamps, make_anew=lambda: None)
    offer_office(asked, changing, lambda: TODAY)
    offer_versions(asked, changing, versions, unit.office.local)
    offer_drafts(asked, changing, versions, Sheets(lambda: TODAY), RealClock(), unit.sounds)
    offer_explaining(asked, unit)
    return asked


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    return found
