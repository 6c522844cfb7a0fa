"""What every call of the unit has at its disposal."""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance.calls.announcer import Announcer
from appliance.calls.asking import Farewells
from appliance.calls.faults import Faults
from appliance.calls.letters import NoOutbox, Outbox
from appliance.calls.lines import Lines
from appliance.calls.lostcallers import LostCallers
from appliance.calls.mail import MailRoom
from appliance.calls.pins import PinGuard
from appliance.calls.sounds import Sounds
from appliance.calls.switches import Switches
from appliance.calls.talks import Talks
from appliance.calls.turns import Turns
from appliance.clock import Clock
from appliance.closures.calendars import Calendars
from appliance.contacts.book import Contacts
from hw.audio import Samples
from hw.tones.toneplan import TonePlan


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by the unit. music: heard on hold."""

    lines: Lines
    announcer: Announcer
    mail: MailRoom
    pins: PinGuard
    switches: Switches
    calendars: Calendars
    faults: Faults
    clock: Clock
    tones: TonePlan
    music: Samples
    contacts: Contacts
    sounds: Sounds
    lost_callers: LostCallers
    talks: Talks = field(default_factory=Talks)
    farewells: Farewells = field(default_factory=Farewells)
    turns: Turns = field(default_factory=Turns)
    outbox: Outbox = field(default_factory=NoOutbox)
