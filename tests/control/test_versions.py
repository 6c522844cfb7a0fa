"""Versions of the office over the control socket: kept with who and when, shown, and brought back."""

from __future__ import annotations

import copy

import pytest

from appliance.control import ControlError
from appliance.store.office import OfficeStore
from tests.calls.world import world
from tests.control.officemethods import document, offered


async def test_every_load_is_kept_and_an_earlier_one_comes_back_as_a_new_one(tmp_path):
    async with world() as here:
        ask = offered(here.appliance, tmp_path)
        first, second = document(), document() | {"name": "Riverside"}
        await ask("office.load", document=first)
        await ask("office.load", document=second, by="ada")
        await ask("office.load", document=copy.deepcopy(second), by="tom")  # Changes nothing: it is no version.
        listed = (await ask("versions.list"))["versions"]
        assert [(one["version"], one["by"], one["total"]) for one in listed] == [(2, "ada", 1), (1, "", 0)]
        assert listed[0]["changes"][0]["text"] == "name: Riverside Dental → Riverside"
        assert (await ask("versions.get", version=1))["document"] == first
        await ask("versions.restore", version=1, by="olga")
        assert here.appliance.office.name == "Riverside Dental"
        newest = (await ask("versions.list"))["versions"][0]
        assert (newest["version"], newest["by"]) == (3, "olga")
        with pytest.raises(ControlError, match="not kept any more"):
            await ask("versions.restore", version=17)


async def test_a_document_that_came_another_way_is_a_version_too(tmp_path):
    async with world() as here:
        ask = offered(here.appliance, tmp_path)
        OfficeStore(tmp_path / "office.json").save(document())
        told = await ask("versions.list")
        assert [one["by"] for one in told["versions"]] == [""]
        assert told["revision"] == (await ask("office.get"))["revision"]


async def test_two_documents_are_compared(tmp_path):
    async with world() as here:
        ask = offered(here.appliance, tmp_path)
        (told,) = await ask("office.changes", **{"from": document(), "to": document() | {"language": "sv"}})
        assert (told["path"], told["kind"], told["after"]) == ("language", "added", "sv")
