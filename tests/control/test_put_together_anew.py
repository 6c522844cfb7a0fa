"""Another country, or other lines over SIP, are used without a restart: as soon as no call is on any line."""

from __future__ import annotations

import json
from pathlib import Path

from appliance.control import BlockingClient
from tests.bench.daemon import started
from tests.calls.world import OFFICE


def of_britain() -> dict[str, object]:
    document: dict[str, object] = json.loads(OFFICE.read_text(encoding="utf-8"))
    return document | {"country": "uk", "time_zone": "Europe/London"}


def country_of_the_exchange(socket: Path) -> str:
    with BlockingClient(socket, 30) as asking:
        country: str = next(asking.watch("phone"))["country"]
    return country


def test_another_country_is_used_when_the_last_call_has_ended(tmp_path):
    running = started(tmp_path)
    try:
        socket = tmp_path / "control.sock"
        with BlockingClient(socket, 30) as control, BlockingClient(socket, 30) as watcher:
            news = watcher.watch("status")
            next(news)
            phone = control.call("phone.open", inside="fxs-1")["phone"]
            control.call("phone.do", phone=phone, act="lift")
            next(event for event in news if "calls" in event)  # The unit has seen it.
            loaded = control.call("office.load", document=of_britain())
            assert (loaded["later"], loaded["warnings"]) == (["its country"], [])
            assert country_of_the_exchange(socket) == "us"
            control.call("phone.do", phone=phone, act="hang up")
            next(event for event in news if "ticks" in event)  # All of it is told: it is another unit.
            assert country_of_the_exchange(socket) == "uk"
            assert control.call("status")["faults"] == []
    finally:
        running.stop()


def test_an_office_of_the_same_country_is_used_at_once(tmp_path):
    running = started(tmp_path)
    try:
        with BlockingClient(tmp_path / "control.sock", 30) as control:
            document = json.loads(OFFICE.read_text(encoding="utf-8")) | {"name": "Riverside", "led": {"gpio": 22}}
            loaded = control.call("office.load", document=document)
            now = control.call("office.get")["revision"]
            assert loaded == {"later": [], "warnings": [], "warning_wordings": [], "revision": now}
            assert control.call("status")["office"] == "Riverside"
    finally:
        running.stop()
