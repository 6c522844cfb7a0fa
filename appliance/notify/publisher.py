"""How the unit stands, told to an MQTT broker, for home automation. The one module that imports paho-mqtt.

Every topic is retained, so that whoever subscribes knows at once how it stands. The library keeps the connection in a
thread of its own, and takes it up again after however long a time; then everything is told anew.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol

from appliance.calls.faults import Faults
from appliance.office.notifying import MqttBroker
from hw.said import said

AVAILABILITY, ONLINE, OFFLINE = "availability", "online", "offline"
KEEP_ALIVE_SECONDS = 30
SOONEST_SECONDS, LATEST_SECONDS = 1, 120
"""Between two tries to connect: at first, and after many."""


class Publisher(Protocol):
    """Tells a broker how the unit stands. fault: what people are told is wrong with it now; or empty."""

    fault: str

    def publish(self, state: Mapping[str, str]) -> None:
        """This is how it stands now: a text for each topic, below the broker's own."""

    def close(self) -> None:
        """The unit is away from now on. May take a second, in any thread."""


PublisherMaker = Callable[[MqttBroker, Faults], Publisher]


class MqttPublisher:
    """See `Publisher`. ModuleNotFoundError where paho-mqtt is not installed."""

    def __init__(self, broker: MqttBroker, faults: Faults) -> None:
        mqtt: Any = import_module("paho.mqtt.client")
        self._broker = broker
        self._faults = faults
        self.fault = ""
        self._loop = asyncio.get_running_loop()
        self._state: dict[str, str] = {}
        self._connected = self._closed = False
        self._client = client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        client.on_connect, client.on_connect_fail, client.on_disconnect = self._answered, self._unreached, self._lost
        client.will_set(self._topic(AVAILABILITY), OFFLINE, qos=1, retain=True)
        client.reconnect_delay_set(SOONEST_SECONDS, LATEST_SECONDS)
        if broker.user:
            client.username_pw_set(broker.user, broker.password)
        if broker.tls:
            client.tls_set_context(ssl.create_default_context())
        client.connect_async(broker.host, broker.port, KEEP_ALIVE_SECONDS)
        client.loop_start()

    def publish(self, state: Mapping[str, str]) -> None:
        before, self._state = self._state, dict(state)
        if not self._connected:
            return
        for topic in before.keys() - state.keys():
            self._send(topic, "")
        for topic, text in state.items():
            if before.get(topic) != text:
                self._send(topic, text)

    def close(self) -> None:
        if self._connected:
            self._send(AVAILABILITY, OFFLINE).wait_for_publish(1)
        self._closed = True
        self._client.disconnect()
        self._client.loop_stop()

    def _topic(self, name: str) -> str:
        return f"{self._broker.topic}/{name}"

    def _send(self, topic: str, text: str) -> Any:
        """An empty text takes back what was retained."""
        return self._client.publish(self._topic(topic), text, qos=1, retain=True)

    # In the library's thread

    def _answered(self, _client: object, _data: object, _flags: object, reason: Any, _properties: object) -> None:
        self._hand_over(self._settled, str(reason) if reason.is_failure else "")

    def _unreached(self, *_: object) -> None:
        self._hand_over(self._settled, said("it cannot be reached"))

    def _lost(self, *_: object) -> None:
        self._hand_over(self._settled, said("the connection to it was lost"))

    def _hand_over(self, work: Callable[[str], None], why: str) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(work, why)

    # In the loop

    def _settled(self, why: str) -> None:
        """There is a connection, or why there is none."""
        if self._closed:
            return
        self._connected = not why
        fault = said("the MQTT broker %(host)s: %(why)s", host=self._broker.host, why=why) if why else ""
        if fault != self.fault:
            self._faults.withdraw(self.fault)
            self.fault = fault
            if fault:
                self._faults.report(fault)
        if self._connected:
            self._send(AVAILABILITY, ONLINE)
            for topic, text in self._state.items():
                self._send(topic, text)
