"""The unit's place in the network: what is tried is kept only if whoever made it confirms it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from appliance.api.network import offer_network
from appliance.machine.addressing import WrongSetting, fixed, host_name
from appliance.machine.network import links
from appliance.machine.programs import ProgramFailed
from appliance.machine.timekeeping import checked_servers, set_time_servers
from appliance.machine.trial import TRIED_SECONDS, NetworkTrials
from appliance.store.atomic import AtomicFile
from tests.control.offered import Offered
from tests.machine.standins import HOME, Machine

FIXED = {"connection": HOME, "automatic": False, "address": "192.168.23.9", "prefix": "22"}
FIXED |= {"gateway": "192.168.20.1", "dns": ["192.168.20.1", "9.9.9.9"]}
TRIED_FROM = 5.0
"""Seconds after which a change is in effect."""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path / "programs")
    monkeypatch.setenv("PATH", made.path)
    return made


class Unit(Offered):
    """The part of a daemon that has to do with the network."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.trials = NetworkTrials(AtomicFile(folder / "network-trial.json"))
        offer_network(self, self.trials, folder / "timesyncd.conf")

    async def trial(self) -> Any:
        return (await self.ask("network.get"))["trial"]


async def trying(folder: Path) -> Unit:
    """One that tries the fixed address for ada."""
    unit = Unit(folder)
    await unit.ask("network.try-address", by="ada", **FIXED)
    await asyncio.sleep(TRIED_FROM)
    return unit


async def test_a_change_is_tried_in_memory_and_kept_on_the_disk_once_it_is_confirmed(
    machine: Machine, tmp_path: Path
) -> None:
    unit = Unit(tmp_path)
    link = (await unit.ask("network.get"))["links"][0]
    assert (link["device"], link["addresses"], link["automatic"]) == ("eth0", ["192.168.20.7/22"], True)
    await unit.ask("network.try-address", by="ada", **FIXED)
    assert await unit.refused("network.confirm", by="ada") == "not-yet"
    await asyncio.sleep(TRIED_FROM)
    trial = await unit.trial()
    assert (trial["old"], trial["new"], trial["tried"]) == ("192.168.20.7", "192.168.23.9", True)
    assert machine.state["device"]["addresses"] == ["192.168.23.9/22"]
    assert machine.state["disk"]["method"] == "auto"

    assert await unit.refused("network.confirm", by="eve") == "not-yours"
    assert await unit.refused("network.try-name", by="eve", name="other") == "trial-running"
    assert await unit.refused("network.try-address", by="eve", **FIXED) == "trial-running"
    ups = [words for words in machine.state["asked"] if "up" in words]
    await unit.ask("network.confirm", by="Ada")
    assert [words for words in machine.state["asked"] if "up" in words] == ups, "the confirming is not interrupted"
    assert machine.state["disk"]["addresses"] == "192.168.23.9/22"
    await asyncio.sleep(2 * TRIED_SECONDS)
    assert machine.state["device"]["dns"] == ["192.168.20.1", "9.9.9.9"]
    again = Unit(tmp_path)
    await again.trials.start()
    assert await again.trial() is None


async def test_what_nobody_confirms_is_taken_back_by_itself(machine: Machine, tmp_path: Path) -> None:
    unit = await trying(tmp_path)
    await asyncio.sleep(TRIED_SECONDS - TRIED_FROM)
    assert machine.state["device"]["addresses"] == ["192.168.23.9/22"]
    await asyncio.sleep(TRIED_FROM)
    assert machine.state["device"]["addresses"] == ["192.168.20.7/22"]
    assert (unit.trials.ended, machine.state["disk"]["method"]) == ("taken-back", "auto")
    assert await unit.refused("network.confirm", by="ada") == "no-trial"


async def test_it_is_taken_back_at_once_where_somebody_asks_for_it(machine: Machine, tmp_path: Path) -> None:
    unit = await trying(tmp_path)
    await unit.ask("network.take-back")
    await asyncio.sleep(1)
    assert machine.state["device"]["addresses"] == ["192.168.20.7/22"]
    assert await unit.trial() is None


@pytest.mark.parametrize("power", [True, False])
async def test_after_a_power_cut_or_a_restart_what_nobody_confirmed_is_taken_back(
    machine: Machine, tmp_path: Path, power: bool
) -> None:
    unit = await trying(tmp_path)
    await unit.trials.close()
    if power:
        machine.power_cut()
    again = Unit(tmp_path)
    await again.trials.start()
    assert await again.refused("network.confirm", by="ada") == "no-trial"
    await asyncio.sleep(1)
    assert machine.state["device"]["addresses"] == ["192.168.20.7/22"]
    assert (machine.state["disk"]["method"], await again.trial()) == ("auto", None)
    third = Unit(tmp_path)
    await third.trials.start()
    assert await third.trial() is None


async def test_a_change_that_the_machine_refuses_is_taken_back_and_told(machine: Machine, tmp_path: Path) -> None:
    machine.change(refuses_up=True)
    unit = await trying(tmp_path)
    told = await unit.ask("network.get")
    assert "activation failed" in told["failed"]
    assert (told["trial"], machine.state["memory"]["method"]) == (None, "auto")


async def test_taking_back_goes_on_until_it_works(machine: Machine, tmp_path: Path) -> None:
    unit = await trying(tmp_path)
    machine.change(running=False)
    await asyncio.sleep(TRIED_SECONDS)
    going_back = unit.trials.trial
    assert going_back is not None
    assert going_back.going_back
    machine.change(running=True)
    await asyncio.sleep(30)
    assert machine.state["device"]["addresses"] == ["192.168.20.7/22"]
    assert unit.trials.trial is None


async def test_a_trial_of_another_machine_is_forgotten(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = await trying(tmp_path)
    await unit.trials.close()
    monkeypatch.setenv("PATH", str(tmp_path))
    again = Unit(tmp_path)
    await again.trials.start()
    await asyncio.sleep(1)
    told = await again.ask("network.get")
    assert (told["trial"], told["links"], told["address_changeable"], told["clock"]) == (None, [], False, None)


async def test_a_network_manager_that_does_not_run_is_told(machine: Machine, tmp_path: Path) -> None:
    machine.change(running=False)
    assert (await Unit(tmp_path).ask("network.get"))["fault"] == "NetworkManager is not running."
    with pytest.raises(ProgramFailed) as failed:
        links()
    assert failed.value.code == 8


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("address", {"address": "192.168.1"}),
        ("address", {"address": "192.168.20.0"}),
        ("address", {"address": "192.168.23.255"}),
        ("address", {"address": "127.0.0.1"}),
        ("address", {"address": "224.0.0.5"}),
        ("address", {"address": "169.254.3.4"}),
        ("address", {"address": "fe80::2"}),
        ("address", {"address": "--help"}),
        ("prefix", {"prefix": ""}),
        ("prefix", {"prefix": "31"}),
        ("prefix", {"prefix": "255.0.255.0"}),
        ("gateway", {"gateway": "192.168.24.1"}),
        ("gateway", {"gateway": "192.168.23.9"}),
        ("dns", {"dns": ["router"]}),
    ],
)
async def test_a_wrong_address_changes_nothing(
    machine: Machine, tmp_path: Path, field: str, changed: dict[str, Any]
) -> None:
    unit = Unit(tmp_path)
    assert await unit.refused("network.try-address", by="ada", **(FIXED | changed)) == f"wrong-{field}"
    assert await unit.trial() is None


def test_the_size_of_the_network_is_taken_as_a_mask_too() -> None:
    made = fixed(" 10.20.30.40 ", "255.255.240.0", "", [])
    assert (made.addresses, made.gateway, made.dns) == (("10.20.30.40/20",), "", ())


async def test_a_name_is_tried_and_taken_back_too(machine: Machine, tmp_path: Path) -> None:
    unit = Unit(tmp_path)
    was = (await unit.ask("network.get"))["name"]
    assert await unit.refused("network.try-name", by="ada", name="front desk") == "wrong-name"
    await unit.ask("network.try-name", by="ada", name="Frontdesk.local")
    await asyncio.sleep(TRIED_FROM)
    assert ((await unit.trial())["new"], machine.state["name"]) == ("frontdesk.local", "frontdesk")
    await asyncio.sleep(TRIED_SECONDS)
    assert machine.state["name"] == was


@pytest.mark.parametrize("name", ["", "-front", "front desk", "localhost", "192", "a" * 64, "büro"])
def test_a_wrong_name_is_refused(name: str) -> None:
    with pytest.raises(WrongSetting):
        host_name(name)


async def test_time_servers_are_told_to_the_system_and_wrong_ones_refused(machine: Machine, tmp_path: Path) -> None:
    unit, file = Unit(tmp_path), tmp_path / "timesyncd.conf"
    clock = (await unit.ask("network.get"))["clock"]
    assert (clock["right"], clock["servers"]) == (True, ["time.example.org"])
    await unit.ask("network.set-time-servers", servers=["Ntp.example.org", "10.0.0.1"])
    assert file.read_text() == "[Time]\nNTP=ntp.example.org 10.0.0.1\n"
    for wrong in (["x\nNTP=evil"], ["-x"], ["a b"], list("abcde")):
        assert await unit.refused("network.set-time-servers", servers=wrong) == "wrong-servers"
    await unit.ask("network.set-time-servers", servers=[])
    assert not file.exists()
    set_time_servers(checked_servers([]), file)
