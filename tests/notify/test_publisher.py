"""How the unit stands, told to Debian's own MQTT broker (mosquitto)."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from appliance.calls.faults import Faults
from appliance.notify.publisher import MqttPublisher
from appliance.office.notifying import MqttBroker, PersonNotices
from tests.calls.around import leave
from tests.calls.world import world
from tests.notify.office import writes_to

WITHIN_SECONDS = 10.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def mosquitto(folder: Path, port: int) -> AsyncIterator[None]:
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    broker = await asyncio.create_subprocess_exec(
        "mosquitto", "-c", str(config), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await until_listening(port)
        yield
    finally:
        broker.terminate()
        await broker.wait()


async def until_listening(port: int) -> None:
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return


class Home:
    """A program that wants to know how the unit stands: what is retained, and what is told from then on."""

    def __init__(self, port: int) -> None:
        self.knows: dict[str, str] = {}
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        self._client.on_message = self._message
        self._client.connect("127.0.0.1", port)
        self._client.subscribe("copperdesk/#", qos=1)
        self._client.loop_start()

    async def comes_to_know(self, **state: str) -> None:
        wanted = {topic.replace("__", "/"): text for topic, text in state.items()}
        async with asyncio.timeout(WITHIN_SECONDS):
            while not wanted.items() <= self.knows.items():
                await self._news.wait()
                self._news.clear()

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _message(self, _client: object, _data: object, message: Any) -> None:
        self.knows[message.topic.removeprefix("copperdesk/")] = message.payload.decode()
        self._loop.call_soon_threadsafe(self._news.set)


@pytest.mark.real_time
async def test_whoever_subscribes_knows_at_once_how_the_unit_stands_and_what_changes(tmp_path: Path) -> None:
    port = free_port()
    faults = Faults()
    async with mosquitto(tmp_path, port):
        publisher = MqttPublisher(MqttBroker("127.0.0.1", port), faults)
        publisher.publish({"lamp": "off", "messages/maria/new": "0"})
        home = Home(port)
        await home.comes_to_know(availability="online", lamp="off", messages__maria__new="0")
        publisher.publish({"lamp": "slow", "messages/maria/new": "1"})
        await home.comes_to_know(lamp="slow", messages__maria__new="1")
        late = Home(port)
        await late.comes_to_know(availability="online", lamp="slow", messages__maria__new="1")
        await asyncio.to_thread(publisher.close)
        await home.comes_to_know(availability="offline")
        home.close()
        late.close()
    assert faults.now == []


@pytest.mark.real_time
async def test_a_broker_that_is_away_is_told_as_a_fault_and_knows_all_once_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    faults = Faults()
    publisher = MqttPublisher(MqttBroker("127.0.0.1", port), faults)
    publisher.publish({"lamp": "fast"})
    told = asyncio.Event()
    faults.on_change = told.set
    async with asyncio.timeout(WITHIN_SECONDS):
        await told.wait()
    assert faults.now == ["the MQTT broker 127.0.0.1: it cannot be reached"]
    async with mosquitto(tmp_path, port):
        home = Home(port)
        await home.comes_to_know(availability="online", lamp="fast")
        assert faults.now == []
        home.close()
        await asyncio.to_thread(publisher.close)


class Remembering:
    """A publisher that keeps what it is told."""

    def __init__(self, broker: MqttBroker, _faults: Faults) -> None:
        self.broker = broker
        self.fault = ""
        self.state: dict[str, str] = {}
        self.closed = False
        MADE.append(self)

    def publish(self, state: dict[str, str]) -> None:
        self.state = state

    def close(self) -> None:
        self.closed = True


MADE: list[Remembering] = []


async def test_the_unit_tells_lamp_messages_and_faults_and_another_broker_when_the_office_changes() -> None:
    MADE.clear()
    told = writes_to("maria", PersonNotices(), mqtt=MqttBroker("broker.example"))
    async with world(told, publisher=Remembering) as here:
        (publisher,) = MADE
        await leave(here, "maria")
        here.appliance.trouble.report("the disk is full")
        assert publisher.state["lamp"] == "slow"
        assert publisher.state["messages/maria/new"] == "1"
        assert publisher.state["faults"] == '["the disk is full"]'
        office = here.appliance.office
        elsewhere = replace(office.notifying, mqtt=MqttBroker("other.example"))
        await here.appliance.use(replace(office, notifying=elsewhere))
        assert [(one.broker.host, one.closed) for one in MADE] == [("broker.example", True), ("other.example", False)]
        assert MADE[1].state["lamp"] == "slow"
    assert MADE[1].closed
