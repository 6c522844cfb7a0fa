"""The unit's place in the office's network, and its clock: the methods `network.…`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.machine import hostname, timekeeping
from appliance.machine.addressing import Addressing, WrongSetting, fixed, host_name
from appliance.machine.network import NetworkLink, links, managed
from appliance.machine.programs import MachineRefused
from appliance.machine.trial import NetworkSetting, NetworkTrials, TrialRefused
from hw.said import Wording, said, told_by, wording


class LinkFacts(TypedDict):
    """A way into the office's network, as `NetworkLink` has it. With the bits of the network: `192.168.1.20/24`."""

    connection: str
    """By which it is named when it is changed."""
    device: str
    """Such as `eth0`."""
    kind: str
    """`ethernet` or `wifi`."""
    automatic: bool
    """Its address comes from the router."""
    addresses: list[str]
    """What it has now; IPv4."""
    addresses6: list[str]
    """The same in IPv6."""
    gateway: str
    """The router; empty: none."""
    dns: list[str]
    """The servers of names."""


class TrialFacts(TypedDict):
    """A change that is being tried."""

    by: str
    """The account that began it, and alone may confirm it."""
    seconds_left: float
    """Until it is taken back."""
    tried: bool
    """It is in effect."""
    going_back: bool
    """It is being taken back."""
    old: str
    """The address or name by which the unit was reached."""
    new: str
    """By which it is reached with the change."""


class ClockFacts(TypedDict):
    """by_network: it is to be set from there; right: it was. servers: chosen. server: the one that tells it now.

    zone: the time zone of the machine.
    """

    by_network: bool
    right: bool
    servers: list[str]
    server: str
    zone: str


class NetworkFacts(TypedDict):
    """All that is known, and what can be changed on this machine."""

    name: str
    """What the machine is called."""
    links: list[LinkFacts]
    """All that are connected, where NetworkManager runs the network."""
    clock: ClockFacts | None
    """None: this machine does not tell."""
    name_changeable: bool
    """The machine has the program for it."""
    address_changeable: bool
    """One of the links can be changed."""
    fault: str
    """Why the network is not known, as the machine says it; or empty."""
    fault_wording: Wording
    """The same, for whoever says it in another language."""
    trial: TrialFacts | None
    """A change that goes on."""
    ended: str
    """What became of the last change: `confirmed`, `taken-back` or empty."""
    failed: str
    """Why the last change did not come into effect, as the machine says it; or empty."""


def offer_network(control: Offers, trials: NetworkTrials, servers_file: Path = timekeeping.SERVERS) -> None:
    """Put the methods on the socket. servers_file: where the time servers are chosen for systemd-timesyncd."""

    async def get(_params: dict[str, Any]) -> NetworkFacts:
        found, fault = await off_loop(_links)
        return NetworkFacts(
            name=hostname.host_name_now(),
            links=[_facts(link) for link in found],
            clock=await off_loop(_clock),
            name_changeable=hostname.can_be_changed(),
            address_changeable=bool(found),
            fault=fault,
            fault_wording=wording(fault),
            trial=_trial(trials),
            ended=trials.ended,
            failed=trials.failed,
        )

    async def try_name(params: dict[str, Any]) -> None:
        was = hostname.host_name_now()
        try:
            name = host_name(params["name"])
        except WrongSetting as error:
            raise _wrong(error) from error
        if not hostname.can_be_changed():
            raise ControlError("not-here", said("this machine's name cannot be changed from here"))
        old, new = NetworkSetting(was, reached_at=f"{was}.local"), NetworkSetting(name, reached_at=f"{name}.local")
        await _begun(trials, params["by"], old, new)

    async def try_address(params: dict[str, Any]) -> None:
        found, _ = await off_loop(_links)
        link = next((one for one in found if one.connection == params["connection"]), None)
        if link is None:
            raise ControlError("not-here", said("there is no such connection to the network"))
        try:
            wanted = (
                Addressing(True)
                if params["automatic"]
                else fixed(params["address"], params["prefix"], params["gateway"], [str(one) for one in params["dns"]])
            )
        except WrongSetting as error:
            raise _wrong(error) from error
        reached = wanted.addresses[0] if wanted.addresses else f"{hostname.host_name_now()}.local"
        was_reached = link.addresses[0] if link.addresses else ""
        old = NetworkSetting("", link.connection, link.set_to, was_reached.partition("/")[0])
        new = NetworkSetting("", link.connection, wanted, reached.partition("/")[0])
        await _begun(trials, params["by"], old, new)

    async def confirm(params: dict[str, Any]) -> None:
        try:
            await trials.confirm(params["by"])
        except TrialRefused as error:
            raise ControlError(error.code, told_by(error)) from error
        except MachineRefused as error:
            raise ControlError("machine-refused", told_by(error)) from error
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error

    async def take_back(_params: dict[str, Any]) -> None:
        try:
            await trials.take_back()
        except TrialRefused as error:
            raise ControlError(error.code, told_by(error)) from error

    async def set_servers(params: dict[str, Any]) -> None:
        if not timekeeping.can_set_clock():
            raise ControlError("not-here", said("this machine's clock cannot be changed from here"))
        try:
            servers = timekeeping.checked_servers([str(one) for one in params["servers"]])
            await off_loop(timekeeping.set_time_servers, servers, servers_file)
        except WrongSetting as error:
            raise _wrong(error) from error
        except MachineRefused as error:
            raise ControlError("machine-refused", told_by(error)) from error

    by, text = {"by": Param(str)}, Param(str, "")
    address = {"connection": Param(str), "automatic": Param(bool), "address": text, "prefix": text, "gateway": text}
    control.method("network.get", get)
    control.method("network.try-name", try_name, by | {"name": Param(str)})
    control.method("network.try-address", try_address, by | address | {"dns": Param(list, ())})
    control.method("network.confirm", confirm, by)
    control.method("network.take-back", take_back)
    control.method("network.set-time-servers", set_servers, {"servers": Param(list)})


async def _begun(trials: NetworkTrials, by: str, was: NetworkSetting, becomes: NetworkSetting) -> None:
    try:
        await trials.begin(by, was, becomes)
    except TrialRefused as error:
        raise ControlError(error.code, told_by(error)) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


def _wrong(error: WrongSetting) -> ControlError:
    """wrong-address, wrong-prefix, wrong-gateway, wrong-dns, wrong-name or wrong-servers."""
    return ControlError(f"wrong-{error.field}", told_by(error))


def _links() -> tuple[list[NetworkLink], str]:
    """Those of the machine, and why they are not known. Blocking."""
    if not managed():
        return [], ""
    try:
        return links(), ""
    except MachineRefused as error:
        return [], told_by(error)


def _clock() -> ClockFacts | None:
    """Blocking."""
    try:
        state = timekeeping.clock_state()
    except MachineRefused:
        return None
    return ClockFacts(
        by_network=state.by_network,
        right=state.right,
        servers=list(state.servers),
        server=state.server,
        zone=state.zone,
    )


def _facts(link: NetworkLink) -> LinkFacts:
    return LinkFacts(
        connection=link.connection,
        device=link.device,
        kind=link.kind,
        automatic=link.set_to.automatic,
        addresses=list(link.addresses),
        addresses6=list(link.addresses6),
        gateway=link.gateway,
        dns=list(link.dns),
    )


def _trial(trials: NetworkTrials) -> TrialFacts | None:
    trial = trials.trial
    if trial is None:
        return None
    return TrialFacts(
        by=trial.by,
        seconds_left=trials.seconds_left,
        tried=trial.tried,
        going_back=trial.going_back,
        old=trial.was.reached_at,
        new=trial.becomes.reached_at,
    )
