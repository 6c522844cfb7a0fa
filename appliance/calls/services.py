"""What every call of the unit has at its disposal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from appliance.calls.announcer import Announcer
from appliance.calls.asking import Farewells
from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.emergencies import Emergencies
from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom
from appliance.calls.faxtaking import ReceiveFax
from appliance.calls.letters import NoOutbox, Outbox
from appliance.calls.lines import Lines
from appliance.calls.linetrials import LineTrials
from appliance.calls.lostcallers import LostCallers
from appliance.calls.mail import MailRoom
from appliance.calls.outsidecalls import OutsideCalls
from appliance.calls.parkinglot import ParkingLot
from appliance.calls.pins import PinGuard
from appliance.calls.rooms import Rooms
from appliance.calls.signal import Signal
from appliance.calls.sounds import Sounds
from appliance.calls.spokencodes import SpokenCodes
from appliance.calls.switches import Switches
from appliance.calls.talks import Talks
from appliance.calls.turns import Turns
from appliance.clock import Clock
from appliance.closures.calendars import Calendars
from appliance.contacts.book import Contacts
from appliance.machine.takenback import RunningVersion
from appliance.machine.whereabouts import Whereabouts, whereabouts_now
from appliance.media.music import HoldMusic
from hw.tones.toneplan import TonePlan


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by the unit. music: heard on hold. changed_by_telephone: told what people change so, behind that.
    receive_fax: the engine for faxes. whereabouts: where browsers find the unit. version: of the program, and which one
    did not stay. sheet_has_mistakes: the file on the memory card was not put into effect."""

    lines: Lines
    announcer: Announcer
    mail: MailRoom
    pins: PinGuard
    switches: Switches
    calendars: Calendars
    faults: Faults
    clock: Clock
    tones: TonePlan
    music: HoldMusic
    contacts: Contacts
    sounds: Sounds
    lost_callers: LostCallers
    outside: OutsideCalls
    spoken_codes: SpokenCodes
    faxes: FaxRoom
    receive_fax: ReceiveFax
    version: Callable[[], Awaitable[RunningVersion]]
    talks: Talks = field(default_factory=Talks)
    parking: ParkingLot = field(default_factory=ParkingLot)
    line_trials: LineTrials = field(default_factory=LineTrials)
    rooms: Rooms = field(default_factory=Rooms)
    farewells: Farewells = field(default_factory=Farewells)
    turns: Turns = field(default_factory=Turns)
    emergencies: Emergencies = field(default_factory=Emergencies)
    whereabouts: Callable[[], Whereabouts] = whereabouts_now
    sheet_has_mistakes: bool = False
    outbox: Outbox = field(default_factory=NoOutbox)
    changed_by_telephone: Signal[[ChangedByTelephone]] = field(default_factory=Signal)
