"""The bench file: which gateway and which unit, how they are wired, and what the unit's lines do. See docs/hil.md."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hw.sip.profile import Profile, UnknownModel, profile
from hw.sip.profilefile import meant
from tests.hil.limits import LIMITS, Limit

T = TypeVar("T")


class BenchFileError(ValueError):
    """The bench file cannot be used; the message names the file, the key, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A cord between the gateway and the unit.

    user: the SIP user of the gateway's port. port: the unit's port at the other end. sip_port: the UDP port of the
    gateway's port, if it is not the one of the model's profile. ending: how the gateway's FXS port tells that the kit
    has hung up. extension: that of the unit's telephone, if the cord is on an FXS port of the unit.
    """

    user: str
    port: str
    sip_port: int = 0
    ending: str = "loop-break"
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The gateway. flash_ms: how long its FXO ports are set to make a hook flash."""

    model: str
    address: str = ""
    hardware: str = ""
    firmware: str = ""
    flash_ms: int = 500


@dataclass(frozen=True, slots=True)
class Kit:
    """Where this machine is in the gateway's network."""

    address: str = ""
    sip_port: int = 5060


@dataclass(frozen=True, slots=True)
class Step:
    """Hear these words, then press these keys."""

    hear: str
    press: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What the unit under test does."""

    office: str
    """The file of its office document, from which the words are known that it says."""
    hardware: str = ""
    """Its hardware, for the report."""
    firmware: str = ""
    """Its software, for the report."""
    data: str = ""
    """Its data folder, if that is on this machine."""
    greeting: str = "thank you for calling"
    """Words of the greeting."""
    menu: Mapping[str, str] = field(default_factory=dict)
    """For each key of the menu, words that are heard when it is pressed."""
    message_key: str = ""
    """The key of the menu that takes a message."""
    mailbox: str = ""
    """What a station dials to hear its messages."""
    mailbox_steps: tuple[Step, ...] = ()
    """What is heard and pressed until the message is played."""
    mailbox_after: tuple[Step, ...] = ()
    """What is heard and pressed after it."""
    outside: str = "9"
    """What a station dials for an outside line."""
    numbers: tuple[str, ...] = ()
    """Outside numbers that together have all ten digits."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench, as its file describes it."""

    name: str
    """The name of the bench, for the report."""
    kit: Kit
    """This machine."""
    gateway: Gateway
    """The gateway."""
    unit: Unit
    """The unit under test."""
    trunks: tuple[Wire, ...]
    """The cords from the gateway's FXS ports to the unit's FXO ports."""
    stations: tuple[Wire, ...]
    """The cords from the gateway's FXO ports to the unit's FXS ports."""
    limits: Mapping[str, Limit]
    """What each figure must reach, by its name."""
    key_presses: int
    """How often each key of the menu is pressed."""
    soak_minutes: float
    """How long the soak takes."""
    path: Path
    """The bench file."""
    text: str
    """What is in it."""

    @property
    def profile(self) -> Profile:
        return profile(self.gateway.model)

    @property
    def office(self) -> Path:
        return (self.path.parent / self.unit.office).resolve()

    @property
    def data(self) -> Path | None:
        return Path(self.unit.data).expanduser() if self.unit.data else None


def load_bench(path: Path) -> Bench:
    """BenchFileError for what is wrong with it, OSError where it cannot be read."""
    return parse_bench(path, path.read_text(encoding="utf-8"))


def parse_bench(path: Path, text: str) -> Bench:
    """The bench in this text. path: its file; other files are looked for in the same folder. Raises BenchFileError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BenchFileError(f"{path.name}: {error}") from None
    known = ("name", "key_presses", "soak_minutes", "kit", "gateway", "unit", "trunk", "station", "limits")
    _only(path.name, table, known)
    unit = dict(table.get("unit", {}))
    for key in ("mailbox_steps", "mailbox_after"):
        unit[key] = tuple(_made(f"{path.name}: unit.{key}", Step, one) for one in unit.get(key, ()))
    unit["numbers"] = tuple(unit.get("numbers", ()))
    bench = Bench(
        name=str(table.get("name", path.stem)),
        kit=_made(f"{path.name}: kit", Kit, table.get("kit", {})),
        gateway=_made(f"{path.name}: gateway", Gateway, table.get("gateway", {})),
        unit=_made(f"{path.name}: unit", Unit, unit),
        trunks=tuple(_made(f"{path.name}: trunk", Wire, one) for one in table.get("trunk", ())),
        stations=tuple(_made(f"{path.name}: station", Wire, one) for one in table.get("station", ())),
        limits=_limits(path.name, table.get("limits", {})),
        key_presses=int(table.get("key_presses", 100)),
        soak_minutes=float(table.get("soak_minutes", 60)),
        path=path,
        text=text,
    )
    try:
        profile(bench.gateway.model)
    except UnknownModel as error:
        raise BenchFileError(f"{path.name}: gateway.model: {error}") from None
    if not bench.trunks:
        raise BenchFileError(f"{path.name}: trunk: at least one is needed")
    return bench


def _limits(file: str, table: Mapping[str, Any]) -> dict[str, Limit]:
    found = dict(LIMITS)
    for name, value in table.items():
        if name not in LIMITS:
            raise BenchFileError(f"{file}: limits.{name}: is not known here{meant(name, LIMITS)}")
        if type(value) not in (int, float):
            raise BenchFileError(f"{file}: limits.{name}: may be a number, not {value!r}")
        found[name] = LIMITS[name].set_to(float(value), file)
    return found


def _made(place: str, kind: Callable[..., T], table: Any) -> T:
    """A dataclass from a table, each value of the type of its field."""
    if not isinstance(table, dict):
        raise BenchFileError(f"{place}: may be a table, not {table!r}")
    hints, known = get_type_hints(kind), fields(kind)  # type: ignore[arg-type]
    _only(place, table, hints)
    for one in known:
        if one.name not in table and one.default is MISSING and one.default_factory is MISSING:
            raise BenchFileError(f"{place}.{one.name}: must be there")
    for name, value in table.items():
        if hints[name] in (str, int) and type(value) is not hints[name]:
            what = "text" if hints[name] is str else "a whole number"
            raise BenchFileError(f"{place}.{name}: may be {what}, not {value!r}")
    return kind(**table)


def _only(place: str, table: Mapping[str, Any], known: Any) -> None:
    for key in table:
        if key not in known:
            raise BenchFileError(f"{place}: {key}: is not known here{meant(key, known)}; there are {', '.join(known)}")
