"""The unit's name, address and clock, and a change that is being tried."""

from __future__ import annotations

import time

from tests.machine.standins import HOME
from tests.web.scenes.scene import Scene


def settled(site):
    """No change is being tried."""
    if site.ask("network.get")["trial"]:
        site.ask("network.take-back")
    while site.ask("network.get")["trial"]:
        time.sleep(0.05)


def a_trial(site):
    settled(site)
    address = {"address": "192.168.20.99", "prefix": "22", "gateway": "192.168.20.1", "dns": ["192.168.20.1"]}
    site.ask("network.try-address", by="ada", connection=HOME, automatic=False, **address)


def a_wrong_gateway(page):
    page.check('input[name="automatic"][value="no"]')
    page.fill("#gateway-eth0", "10.0.0.1")
    page.click('form[action$="/address"] button')
    page.wait_for_selector("#gateway-eth0-wrong")


SCENES = [
    Scene("network", "/network", prepare=settled),
    Scene("network-wrong", "/network", prepare=settled, act=a_wrong_gateway),
    Scene("network-trial", "/network", prepare=a_trial),
]
