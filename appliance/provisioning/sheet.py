"""What `copperdesk.toml` says, declared as the office document is: each field once, with its limits and a sentence."""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from appliance.control.passwordrule import LONGEST, SHORTEST, is_guessed_easily
from appliance.machine.addressing import Addressing, WrongSetting, fixed, host_name, wrong_settings
from appliance.office.draft import Draft
from appliance.office.entry import EntryErrors, read_entry
from appliance.office.field import Limits, TextPattern
from appliance.office.problem import Problem
from appliance.provisioning.fetching import CannotFetch, server_of
from appliance.provisioning.tomltext import BACKSLASH, TomlText
from appliance.store.labelcode import PATTERN
from hw.nearest import nearest
from hw.said import said, told_by

LONGEST_NAME = 63
"""Characters of one part of a name in the network (RFC 1035)."""

LONGEST_SSID = 32
"""Bytes in UTF-8 (IEEE 802.11)."""


@dataclass(frozen=True, slots=True)
class GeneralPart:
    """What stands at the top of the file."""

    name: Annotated[
        str,
        Limits(1, LONGEST_NAME),
        "The unit's name in the network: letters, digits and hyphens, such as front-desk.",
    ]
    time_zone: Annotated[str, Limits(0, 60), "Where the clock on the wall is, such as Europe/Stockholm."] = ""
    office: Annotated[
        str,
        Limits(0, 500),
        "The office document to begin with: a file beside this one, or an address in the office's network that begins "
        "with http:// or https://.",
    ] = ""
    label: Annotated[
        str,
        TextPattern(f"^$|{PATTERN}", "three groups of four small letters and digits, as `copperdesk fleet make` chose"),
        "The code on the unit's label. It is removed from the file once it was taken over; without one the unit "
        "chooses its own.",
    ] = ""


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """`[network]`: how the unit gets its address. Left out: from the router, by DHCP."""

    address: Annotated[str, Limits(0, 15), "A fixed address such as 192.168.1.20; left out, the router gives one."] = ""
    prefix: Annotated[str, Limits(1, 15), "The size of the network: its bits, or its mask."] = "24"
    gateway: Annotated[str, Limits(0, 15), "The address of the router."] = ""
    dns: Annotated[str, Limits(0, 80), "The servers of names, with commas between them."] = ""


@dataclass(frozen=True, slots=True)
class WifiPart:
    """`[wifi]`: the radio network of the office, for a unit without a cable."""

    country: Annotated[str, TextPattern("^[A-Z]{2}$", "two capital letters, such as US"), "Whose rules for radio hold."]
    network: Annotated[str, Limits(1, LONGEST_SSID), "The name of the radio network."]
    passphrase: Annotated[
        str,
        TextPattern("^([ -~]{8,63})?$", "8 to 63 letters, digits and signs of English"),
        "Its passphrase (WPA). It is removed from the file once it was taken over.",
    ] = ""


@dataclass(frozen=True, slots=True)
class AdministratorPart:
    """`[administrator]`: who may set the unit up at its page."""

    name: Annotated[str, Limits(1, 60), "What the administrator signs in with."]
    password: Annotated[
        str,
        Limits(0, LONGEST),
        "The password to begin with. It is removed from the file once it was taken over.",
    ] = ""


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PLACED = re.compile(r"line (\d+)(?:: )?")

PARTS: dict[str, type] = {"network": NetworkPart, "wifi": WifiPart, "administrator": AdministratorPart}
SECRETS = ("label", "wifi.passphrase", "administrator.password")
"""What is removed from the file once it was taken over."""


@dataclass(frozen=True, slots=True)
class ProvisioningSheet:
    """The whole file, checked."""

    name: str
    """The host name."""
    time_zone: str
    """Empty: it stays as it is."""
    office: str
    """A name of a file, or an address; empty: none is given."""
    label: str
    """The code on the unit's label; empty: none is given."""
    addressing: Addressing
    """How the unit gets its address."""
    wifi: WifiPart | None
    """None: by cable alone."""
    administrator: AdministratorPart | None
    """None: whoever sets the unit up at its page."""

    @property
    def claims(self) -> SheetClaims:
        """What of it has to agree with what is outside of it."""
        address = "".join(self.addressing.addresses).partition("/")[0]
        return SheetClaims(self.name, address, self.label, self.office)


@dataclass(frozen=True, slots=True)
class SheetClaims:
    """What of a file has to agree with what is outside of it. Empty: it is not told, or wrong itself."""

    name: str = ""
    """The host name."""
    address: str = ""
    """The fixed address."""
    label: str = ""
    """The code on the unit's label."""
    office: str = ""
    """A name of a file, or an address."""


class SheetErrors(ValueError):
    """A file that cannot be used. `problems` holds every mistake; each begins with its line where it has one.

    claims: what is right of it, so that what others think of that is told at the same time.
    """

    def __init__(self, problems: list[Problem], claims: SheetClaims) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.claims = claims


def read_sheet(text: str) -> ProvisioningSheet:
    """What the text of a file says. Raises SheetErrors with all of its mistakes."""
    toml = TomlText(text)
    problems = list(toml.mistakes)
    general = {name: value for name, value in toml.content.items() if not isinstance(value, dict)}
    known: dict[str, Any] = {}
    for part, kind in (("", GeneralPart), *PARTS.items()):
        group = toml.content.get(part) if part else general
        if isinstance(group, dict):
            try:
                known[part] = read_entry(kind, {key: group[key] for key in group if not _misplaced(toml, part, key)})
            except EntryErrors as errors:
                placed = [_placed(part, problem) for problem in errors.problems]
                problems += [problem for problem in placed if not _left_out(toml, problem)]
        elif group is not None:
            problems.append(Problem(part, said("is a part of its own: write [%(part)s] on a line", part=part)))
    for name, value in toml.content.items():
        if isinstance(value, dict) and name not in PARTS:
            problems.append(Problem(name, said("is not known here"), nearest(name, PARTS)))
    for path in toml.misplaced:
        part = path.partition(".")[0]
        problems.append(Problem(path, said("stands on a line of its own, below [%(part)s]", part=part)))
    whole = Draft("", toml.content)
    addressing, wrong = _addressing(whole.group("network"))
    problems += [*wrong, *_further_mistakes(whole)]
    if problems:
        claims = _claims(whole, {problem.path for problem in problems})
        raise SheetErrors(sorted((_with_line(problem, toml) for problem in problems), key=_line), claims)
    top: GeneralPart = known[""]
    parts = (known.get("wifi"), known.get("administrator"))
    return ProvisioningSheet(host_name(top.name), top.time_zone, top.office, top.label, addressing, *parts)


def _addressing(network: Draft) -> tuple[Addressing, list[Problem]]:
    """How the unit gets its address, and what is wrong with that."""
    address, servers = network.text("address"), network.text("dns")
    if not address:
        if network.text("gateway") or servers:
            return Addressing(True), [
                Problem(network.at("address"), said("is missing: gateway and dns go with a fixed address alone"))
            ]
        return Addressing(True), []
    listed = [one.strip() for one in servers.split(",") if one.strip()]
    written = (address, network.text("prefix") or "24", network.text("gateway"), listed)
    if wrong := wrong_settings(*written):
        return Addressing(True), [
            Problem(network.at(error.field), said("%(why)s", why=told_by(error))) for error in wrong
        ]
    found = fixed(*written)
    if not ipaddress.IPv4Interface(found.addresses[0]).is_private:
        return found, [Problem(network.at("address"), said("is no address of an office's own network"))]
    return found, []


def _further_mistakes(whole: Draft) -> Iterator[Problem]:
    """What limits and patterns do not find."""
    for group in (whole, *whole.groups()):
        for key, value in group.fields.items():
            if isinstance(value, str) and _CONTROL.search(value):  # Such as the tab that "\t" in a password means.
                yield Problem(group.at(key), BACKSLASH)
    name = whole.text("name")
    if 0 < len(name) <= LONGEST_NAME:
        try:
            host_name(name)
        except WrongSetting as error:
            yield Problem("name", said("%(why)s", why=told_by(error)))
    zone, office = whole.text("time_zone"), whole.text("office")
    if zone and zone not in _time_zones():
        yield Problem("time_zone", said("is no time zone"), nearest(zone, _time_zones()))
    if "://" not in office and ("/" in office or "\\" in office or office.startswith(".")):
        yield Problem("office", said("is the name of a file beside this one, without a folder"))
    if "://" in office and "@" in office.partition("://")[2].partition("/")[0]:
        yield Problem("office", said("is an address without a name and password: they would be shown with it"))
    elif "://" in office:
        try:
            server_of(office)
        except CannotFetch as error:
            yield Problem("office", said("%(why)s", why=told_by(error)))
    wifi, administrator = whole.group("wifi"), whole.group("administrator")
    if wifi.text("country") == "UK":
        yield Problem(wifi.at("country"), said("is no country of ISO 3166, by which the rules for radio go"), "GB")
    if len(wifi.text("network")) <= LONGEST_SSID < len(wifi.text("network").encode()):
        yield Problem(wifi.at("network"), said("is longer than a network's name can be"))
    password = administrator.text("password")
    if password and len(password) < SHORTEST:
        yield Problem(administrator.at("password"), said("must have at least %(least)s characters", least=SHORTEST))
    elif password and is_guessed_easily(password, administrator.text("name")):
        yield Problem(
            administrator.at("password"),
            said("is guessed too easily: three or four words that do not belong together work well"),
        )


def _claims(whole: Draft, wrong: set[str]) -> SheetClaims:
    """wrong: the paths of what has a mistake."""

    def text(group: Draft, name: str) -> str:
        return "" if group.at(name) in wrong else group.text(name).strip()

    name = text(whole, "name")
    return SheetClaims(
        host_name(name) if name else "",
        text(whole.group("network"), "address"),
        text(whole, "label"),
        text(whole, "office"),
    )


@cache
def _time_zones() -> frozenset[str]:
    """Looked for on the disk once."""
    return frozenset(available_timezones())


def line_of(problem: Problem) -> int | None:
    """The line of the file that a problem of it is in; None: in none."""
    found = _PLACED.match(problem.path)
    return int(found[1]) if found else None


def without_line(problem: Problem) -> Problem:
    """The problem by its path alone, where it has one."""
    return Problem(_PLACED.sub("", problem.path) or problem.path, problem.reason, problem.suggestion)


def _line(problem: Problem) -> int:
    """For sorting: what has no line comes last."""
    found = line_of(problem)
    return sys.maxsize if found is None else found


def _misplaced(toml: TomlText, part: str, key: str) -> bool:
    return (f"{part}.{key}" if part else key) in toml.misplaced


def _left_out(toml: TomlText, problem: Problem) -> bool:
    """Whether a value is only missing as its line could not be read, which is told already."""
    return problem.path in toml.lines and problem.path not in toml.found


def _placed(part: str, problem: Problem) -> Problem:
    """The problem of a part, by its path in the file. A value that belongs to another part is told so."""
    path = f"{part}.{problem.path}" if part else problem.path
    kinds = {"": GeneralPart, **PARTS}
    homes = [home for home, kind in kinds.items() if problem.path in {field.name for field in fields(kind)}]
    if part in homes or len(homes) != 1:
        return Problem(path, problem.reason, problem.suggestion)
    if not homes[0]:
        return Problem(path, said("belongs above the first line with a part such as [network]"))
    return Problem(path, said("belongs below the line [%(part)s]", part=homes[0]))


def _with_line(problem: Problem, toml: TomlText) -> Problem:
    line = toml.lines.get(problem.path)
    return problem if line is None else Problem(f"line {line}: {problem.path}", problem.reason, problem.suggestion)
