"""Lines, telephones, devices on the network, boards, lamps."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

_USER = _l("The user name that is entered on the device. Leave it empty: the name above.")
_ADDRESS = _l("Its fixed address in your network, such as 192.168.1.20. Your router can keep one for it.")
_DEVICE_PORT = _l("Leave it empty for the usual one of the model.")
_CALLED = _l("A short name without spaces, such as ht-1. Lines and telephones are plugged in there.")
_CODEC = _l("Its name in the sound system (ALSA), such as plughw:0.")
_PIN = _l("The number of the pin (GPIO, BCM) on the Raspberry Pi.")

WORDS = {
    "trunk.name": (
        _lp("a thing", "Name"),
        _l("What the line is called in the call log. Leave it empty for the socket's name."),
    ),
    "trunk.port": (_l("Socket"), _l("Where the line is plugged in, such as fxo-1.")),
    "trunk.number": (_l("Number"), _l("What the public dials for this line, digits alone. It may be left empty.")),
    "trunk.endings": (
        _l("How it tells that somebody has hung up"),
        _l("As usual, every way is listened for. Change it only where calls end too early or too late."),
    ),
    "trunk.answer_after_rings": (
        _l("Answer after rings"),
        _l("Leave it empty: as soon as the caller's number has come."),
    ),
    "trunk.flash_ms": (
        _l("Hook flash, in milliseconds"),
        _l(
            "How long the signal lasts that transfers a call at the telephone company. "
            "Leave it empty for the country's."
        ),
    ),
    "trunk.ending_tone": (
        _l("A hang-up tone of its own"),
        _l("Frequencies and seconds, such as 425: 0.3/0.7. The line test finds it out. Leave it empty otherwise."),
    ),
    "trunk.ending_tone_dbm0": (
        _l("How loud the hang-up tone is, in dBm0"),
        _l("The line test finds it out. Then a talk ends sooner when the caller has hung up. Leave it at 0 otherwise."),
    ),
    "trunk.hold_seconds": (
        _l("Waits after hanging up, in seconds"),
        _l("So long the telephone company keeps a call that you hang up. The line test finds it out."),
    ),
    "trunk.gain_db": (
        _l("Louder by, in decibels"),
        _l("What makes up for long wires, in both directions. The line test finds it out. Leave it at 0 otherwise."),
    ),
    "trunk.company": (
        _l("Company"),
        _l("Whose line it is. Leave it empty: the company that has its number, or the office."),
    ),
    "trunk.menu": (_l("Menu"), _l("What its callers hear first. Leave it empty for the company's.")),
    "trunk.language": (_l("Language"), _l("Leave it empty for the company's.")),
    "trunk.hours": (_l("Opening hours"), _l("Leave it empty for the company's.")),
    "trunk.ways": (
        _l("How its callers are connected to people outside"),
        _l("Your telephone company offers transfer and three-way calls only where they are ordered."),
    ),
    "station.name": (_lp("a thing", "Name"), _l("What the telephone is called, such as Front desk.")),
    "station.port": (_l("Socket"), _l("Where it is plugged in, such as fxs-1.")),
    "station.place": (
        _l("Where it stands"),
        _l("Floor and room: whoever is told of an emergency call hears it."),
    ),
    "station.call_waiting": (
        _l("A second caller is announced"),
        _l("By a tone, and with the caller's number, to whoever talks."),
    ),
    "station.hotline": (
        _l("Dials by itself"),
        _l("This number, when the telephone is lifted. Leave it empty for none."),
    ),
    "station.hotline_after_seconds": (
        _l("Dials by itself after, in seconds"),
        _l("For this long another number can be dialed first, such as one for help. With 0, none can."),
    ),
    "station.door": (_l("Door telephone"), _l("Rings somebody as soon as its button is pressed, and opens the door.")),
    "door.rings": (_l("Whom it rings"), _l("An extension, or 0. Leave it empty if it is no door telephone.")),
    "door.opener": (_l("Digits that open the door"), _l("As the maker of the door telephone says.")),
    "door.opens_with": (_l("Keys that open it"), _l("What whoever talks to the door presses.")),
    "station.reminders": (_l("Tells of new messages"), _l("As usual: by dial tone and by its lamp.")),
    "station.service_class": (
        _l("May call"),
        _l("Which numbers outside, by whoever has no right of their own. Leave it empty for what all may."),
    ),
    "telephones.hold_asks_after_seconds": (
        _l("On hold: asked after, in seconds"),
        _l("Callers on hold or parked are asked whether to wait on or to leave a message, again and again."),
    ),
    "telephones.parking_places": (_l("Parking places"), _l("How many calls can be parked.")),
    "telephones.parked_return_seconds": (
        _l("Parked calls come back after, in seconds"),
        _l("They ring the telephone that parked them."),
    ),
    "telephones.listening_announced": (
        _l("Listening in is announced"),
        _l(
            "Both sides are told when somebody of the office listens to their call. The law asks for it in most places."
        ),
    ),
    "telephones.inside_ring": (_l("Ring for a colleague"), ""),
    "telephones.outside_ring": (_l("Ring for a caller from outside"), _l("How telephones ring then.")),
    "telephones.department_ring": (_l("Ring for a caller of a department"), _l("How telephones ring then.")),
    "telephones.returned_ring": (
        _l("Ring for a call that comes back"),
        _l("A call that was transferred, or left on hold."),
    ),
    "telephones.parked_ring": (_l("Ring for a parked call that comes back"), _l("How the telephone rings then.")),
    "telephones.page_ring": (
        _l("Ring for paging"),
        _l("Where a telephone cannot answer by itself."),
    ),
    "message-lamp.gpio": (
        _l("Where the message lamp is connected"),
        _PIN,
    ),
    "message-lamp.lines": (
        _l("Lamps for lines"),
        _l("Choose the line, and the number of the pin. Lit: it is used; blinking: it rings; two flashes: it is dead."),
    ),
    "other-lamp.command": (
        _l("Program for another lamp"),
        _l(
            "The name of a program that somebody has put into the unit’s folder for commands. "
            "It is started when the lamp changes, with the word off, slow, fast or double."
        ),
    ),
    "panel.night_button": (
        _l("Button for night mode"),
        _l(
            "The number of its pin. A short press closes or opens the office, "
            "two seconds let the opening hours decide again."
        ),
    ),
    "panel.password_button": (
        _l("Button for a forgotten password"),
        _l("The number of its pin. Held for ten seconds, it takes the place of the label. It may be the same button."),
    ),
    "panel.buzzer": (
        _l("Where the buzzer is connected"),
        _l("The number of its pin. It is quiet while the office is closed."),
    ),
    "panel.buzzer_rings": (
        _l("It sounds when the desk is rung"),
        _l("While a telephone rings of somebody who answers for the office."),
    ),
    "panel.buzzer_faults": (_l("It beeps when something goes wrong"), _l("Three times, once for each fault.")),
    "message-lamp.mailboxes": (
        _l("Lamps for mailboxes"),
        _l("Choose whose, and the number of the pin."),
    ),
    "sip-section.address": (
        _l("Address of this unit"),
        _l("Leave it empty: the one by which it reaches the devices."),
    ),
    "sip-section.port": (_l("First network port for calls"), _l("More lines use the ports after it.")),
    "sip-section.rtp_port": (_l("First network port for sound"), _l("Change it only if your network needs it.")),
    "sip-section.gateways": (_l("Gateways"), ""),
    "sip-section.telephones": (_l("Network telephones"), ""),
    "sip-section.servers": (_l("Providers and other offices"), ""),
    "gateway.name": (_lp("a thing", "Name"), _l("What the box is called.")),
    "gateway.model": (_l("Model"), _l("Choose the general one if yours is not there.")),
    "gateway.address": (_l("Address"), _ADDRESS),
    "gateway.trunks": (_l("Sockets for lines"), _l("In their order. On the box they are called FXO, LINE or PSTN.")),
    "gateway.stations": (
        _l("Sockets for telephones"),
        _l("In their order. On the box they are called FXS or PHONE."),
    ),
    "sip-socket.port": (_lp("a thing", "Name"), _CALLED),
    "sip-socket.user": (_l("User name"), _USER),
    "sip-socket.sip_port": (_l("Network port of the socket"), _DEVICE_PORT),
    "telephone.port": (_lp("a thing", "Name"), _CALLED),
    "telephone.model": (_l("Model"), _l("Choose the general one if yours is not there.")),
    "telephone.address": (_l("Address"), _ADDRESS),
    "telephone.user": (_l("User name"), _USER),
    "telephone.sip_port": (_l("Network port"), _DEVICE_PORT),
    "server.name": (_lp("a thing", "Name"), _l("What the provider or the other office is called.")),
    "server.address": (_l("Address"), _l("Four numbers with dots, such as 203.0.113.5.")),
    "server.sip_port": (_l("Network port"), _l("Leave it empty for 5060.")),
    "server.transport": (_l("How it is spoken to"), _l("UDP, unless the provider says otherwise.")),
    "server.outside": (
        _l("Calls outside go this way"),
        _l("As through a provider. Leave it for another office of yours."),
    ),
    "server.reaches": (
        _l("Extensions of other offices"),
        _l("Which are called this way, one on each line: digits, and x for any digit, such as 2xx."),
    ),
    "server.lines": (
        _lp("at a provider", "Accounts"),
        _l("As many calls can go on at once as there are accounts here."),
    ),
    "account.port": (_l("Name of the line"), _l("A short name without spaces, such as provider-1.")),
    "account.user": (_l("User name"), _l("As your provider says.")),
    "account.password": (_l("Password"), _l("As your provider says. Without it, the unit does not log in.")),
    "dahdi-settings.ports": (_l("Ports of line cards"), ""),
    "dahdi-port.port": (_lp("a thing", "Name"), _l("dahdi- and the number of its channel, such as dahdi-3.")),
    "dahdi-port.received_db": (
        _l("What comes in is louder by, in decibels"),
        _l("By the card itself, where it can. With a minus, it is weaker."),
    ),
    "dahdi-port.sent_db": (_l("What goes out is louder by, in decibels"), _l("The same.")),
    "dahdi-port.echo_ms": (
        _l("Echo removed by the card, in milliseconds"),
        _l("Where the card or its driver can. At 0 this unit does it by itself."),
    ),
    "dahdi-port.lamp": (
        _l("How the card lights a telephone's lamp"),
        _l("Only what the telephone's data sheet names: a high voltage may damage other ones."),
    ),
    "usb-modem.use": (
        _l("What it is for"),
        _l("Let it tell who calls if your line cannot do that by itself."),
    ),
    "usb-modem.receives": (
        _l("It takes faxes that come in on its line"),
        _l("Otherwise the unit takes them itself, as on all other lines."),
    ),
    "usb-modem.line": (
        _l("Beside which line"),
        _l("Its cord is plugged into the same wall socket as this line, with an adapter for two."),
    ),
    "usb-modem.model": (_l("Model"), _l("The unit finds out by itself. Choose one if it does not.")),
    "usb-modem.socket": (
        _l("Which modem"),
        _l("Leave it empty if there is only one. Otherwise its serial number or USB socket, such as 1-1.3."),
    ),
    "gpio-board.telephones": (_l("Telephones"), ""),
    "gpio-board.lines": (_l("Lines"), ""),
    "gpio-telephone.port": (_lp("a thing", "Name"), _l("A short name without spaces, such as gpio-fxs-1.")),
    "gpio-telephone.codec": (_l("Sound card"), _CODEC),
    "gpio-telephone.channel": (_l("Its channel"), _l("The one that the chip is wired to.")),
    "gpio-telephone.forward": (_l("Pin for F/R"), _PIN),
    "gpio-telephone.ring_mode": (_l("Pin for RM"), _PIN),
    "gpio-telephone.hook": (_l("Pin for SHK"), _PIN),
    "gpio-telephone.power_down": (_l("Pin for PD"), _PIN),
    "gpio-trunk.port": (_lp("a thing", "Name"), _l("A short name without spaces, such as gpio-fxo-1.")),
    "gpio-trunk.codec": (_l("Sound card"), _CODEC),
    "gpio-trunk.channel": (_l("Its channel"), _l("The one that the chip is wired to.")),
    "gpio-trunk.loop": (_l("Pin for LSC"), _PIN),
    "gpio-trunk.ring": (_l("Pin for RS"), _PIN),
    "gpio-trunk.current": (_l("Pin for LC"), _PIN),
    "gpio-trunk.ring_low": (_l("RS is low while it rings"), _l("Look at the data sheet of your chip.")),
    "gpio-trunk.current_low": (_l("LC is low while current flows"), _l("Look at the data sheet of your chip.")),
    "gpio-trunk.sensor": (
        _l("The line's voltage is watched"),
        _l("By a sensor beside the chip. Without it, an unplugged line is noticed only when it is used."),
    ),
    "gpio-trunk.normal": (_l("Pin for LV+"), _PIN),
    "gpio-trunk.reversed": (_l("Pin for LV-"), _PIN),
    "gpio-trunk.idle": (_l("Pin for LVH"), _PIN),
}
