"""What an office document may say, for whoever makes forms of it: the method `office.schema`."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.local import Offers
from appliance.office.schema import office_schema
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES


class DeviceModel(TypedDict):
    """A gateway, telephone or server that the unit knows. kind: which of them. sheet: its page in docs/gateways."""

    model: str
    title: str
    kind: str
    sheet: str


class OfficeSchema(TypedDict):
    """schema: JSON Schema, draft 2020-12. countries: those there is a tone plan for. models: the SIP devices known."""

    schema: dict[str, Any]
    countries: list[str]
    models: list[DeviceModel]


def offer_schema(control: Offers) -> None:
    """Put the method on the socket."""

    async def schema(_params: dict[str, Any]) -> OfficeSchema:
        return await off_loop(_all_there_is)

    control.method("office.schema", schema)


def _all_there_is() -> OfficeSchema:
    known = [
        DeviceModel(model=one.model, title=one.title, kind=one.kind, sheet=one.sheet) for one in profiles().values()
    ]
    return OfficeSchema(schema=office_schema(), countries=list(COUNTRIES), models=known)
