"""The pages of the network: what is shown, what is refused, and who may confirm a change."""

from __future__ import annotations

import time

import pytest

from tests.machine.standins import HOME
from tests.web.site import HASH

ADDRESS = {"connection": HOME, "automatic": "no", "address": "192.168.20.99", "prefix": "22"}
ADDRESS |= {"gateway": "192.168.20.1", "dns": "192.168.20.1, 9.9.9.9"}


def tried(site, visitor):
    """The page once the change is in effect."""
    for _ in range(200):
        if (trial := site.ask("network.get")["trial"]) is None or trial["tried"]:
            return visitor.get("/network").text
        time.sleep(0.05)
    raise AssertionError("the change is never tried")


@pytest.mark.proof
def test_the_address_is_tried_and_only_whoever_did_so_confirms_it(site):
    ada = site.visitor("ada")
    page = ada.get("/network").text
    assert all(text in page for text in ("192.168.20.7/22", 'value="22"', "from the router"))
    wrong = ada.post("/network/address", ADDRESS | {"gateway": "192.168.9.1"}, of="/network")
    assert (wrong.status_code, "another device of the same network" in wrong.text) == (400, True)
    assert 'value="192.168.20.99"' in wrong.text

    ada.post("/network/address", ADDRESS, of="/network")
    page = tried(site, ada)
    port = ada.url.rpartition(":")[2]
    assert f'href="http://192.168.20.99:{port}/network"' in page
    assert f'href="http://192.168.20.7:{port}/network"' in page
    site.ask("accounts.add", name="bea", role="administrator", person="", hash=HASH)
    bea = site.visitor("bea")
    assert "Keep it</button>" not in bea.get("/network").text
    assert "Only whoever made this change" in bea.post("/network/confirm", of="/network").text
    assert "The unit stays as it is now" in site.visitor("ada").post("/network/confirm", of="/network").text
    assert site.machine.state["disk"]["addresses"] == "192.168.20.99/22"
    assert "too late" in ada.post("/network/confirm", of="/network").text

    ada.post("/network/address", {"connection": HOME, "automatic": "yes"}, of="/network")
    tried(site, ada)
    ada.post("/network/back", of="/network")
    while site.ask("network.get")["trial"]:
        time.sleep(0.05)
    assert site.machine.state["device"]["addresses"] == ["192.168.20.99/22"]
    site.ask("accounts.remove", name="bea")


def test_wrong_names_and_time_servers_are_told_beside_their_field(site):
    ada = site.visitor("ada")
    name = ada.post("/network/name", {"name": "front desk"}, of="/network")
    servers = ada.post("/network/time", {"servers": "a, b, c, d, e"}, of="/network")
    assert (name.status_code, 'id="name-wrong"' in name.text) == (400, True)
    assert (servers.status_code, 'id="servers-wrong"' in servers.text) == (400, True)
    assert "Access denied" in ada.post("/network/time", {"servers": "time.example.org"}, of="/network").text
