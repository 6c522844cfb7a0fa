"""Earlier versions of the office document, and what differs between two documents: `versions.…`, `office.changes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict, cast

from appliance.api.officechanging import Loaded, OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.changewords import ToldChange, changes
from appliance.store.versions import Version, VersionStore
from hw.said import Wording, wording

MOST_AT_ONCE = 25
MOST_CHANGES_LISTED = 20


class OfficeChange(TypedDict):
    """One thing that has changed. PINs and passwords are never shown."""

    path: str
    """Where, in the new document; in the old one for what was taken out."""
    kind: str
    """`added`, `removed` or `changed`."""
    what: str
    """What it is: people, menus and the like by their names."""
    before: str
    """Its old value in words; empty where there is none to be shown."""
    after: str
    """Its new value, likewise."""
    text: str
    """All of it as a sentence."""
    wording: Wording
    """The same, for whoever says it in another language."""
    what_wording: Wording
    """The same of `what`; not told of earlier versions."""
    before_wording: Wording
    """The same of `before`; likewise."""
    after_wording: Wording
    """The same of `after`; likewise."""


class VersionFacts(TypedDict):
    """A document that was, or is, in use."""

    version: int
    """Counts up."""
    at: str
    """When it was saved, in ISO 8601, on the office's clock."""
    by: str
    """Who saved it; empty: somebody at the unit's own command line."""
    changes: list[OfficeChange]
    """What differs from the one before, the first of it."""
    total: int
    """How many changes there are in all."""


class VersionDocument(VersionFacts):
    """A version with its document, PINs and passwords included."""

    document: dict[str, Any]


class VersionList(TypedDict):
    """versions: the newest first. total: how many are kept. revision: of the document in use."""

    versions: list[VersionFacts]
    total: int
    revision: str


def offer_versions(
    control: Offers, changing: OfficeChanging, store: VersionStore, local: Callable[[datetime], datetime]
) -> None:
    """Put the methods on the socket. local: a moment on the office's own clock."""

    def facts(version: Version) -> VersionFacts:
        listed: list[Any] = [{**one, "wording": kept_wording(one)} for one in version.changes[:MOST_CHANGES_LISTED]]
        at, total = local(version.at).isoformat(), len(version.changes)
        return VersionFacts(version=version.id, at=at, by=version.by, changes=listed, total=total)

    async def listed(params: dict[str, Any]) -> VersionList:
        await changing.note()
        after = max(params["after"], 0)
        found = await off_loop(store.all)
        some = [facts(version) for version in found[after : after + MOST_AT_ONCE]]
        return VersionList(versions=some, total=len(found), revision=revision(await changing.document()))

    async def get(params: dict[str, Any]) -> VersionDocument:
        version = next((one for one in await off_loop(store.all) if one.id == params["version"]), None)
        document = await off_loop(store.document, params["version"])
        if version is None or document is None:
            raise ControlError("no-such-version", "this version is not kept any more")
        return VersionDocument(**facts(version), document=document)

    async def restore(params: dict[str, Any]) -> Loaded:
        """The recordings that came later go back to what callers heard before, as far as those are still there."""
        document = (await get(params))["document"]
        before: dict[str, str] = {}
        for version in await off_loop(store.all):  # The newest first: what the oldest has replaced counts.
            if version.id > params["version"]:
                before |= version.sounds
        return await changing.load(document, expected=params["revision"], by=params["by"], sounds=before)

    async def changed(params: dict[str, Any]) -> list[OfficeChange]:
        return [change_facts(one) for one in await off_loop(changes, params["from"], params["to"])]

    which = {"version": Param(int)}
    control.method("versions.list", listed, {"after": Param(int, 0)})
    control.method("versions.get", get, which)
    control.method("versions.restore", restore, which | {"by": Param(str, ""), "revision": Param(str, "")})
    control.method("office.changes", changed, {"from": Param(dict), "to": Param(dict)})


def kept_wording(change: Mapping[str, Any]) -> Wording:
    """How a change is worded that is kept with a version; an older Copperdesk has kept its English alone."""
    return change.get("wording") or Wording(text=change["text"])


def change_facts(change: ToldChange) -> OfficeChange:
    """For whoever asks by the socket."""
    told = {name: wording(getattr(change, name)) for name in ("what", "before", "after")}
    return cast(
        OfficeChange,
        asdict(change) | {f"{name}_wording": one for name, one in told.items()} | {"wording": wording(change.text)},
    )
