"""Where what happens at the office is told besides: by mail, to programs in its network, and by calling somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from typing import Annotated

from appliance.office.daypart import ClockTime
from appliance.office.draft import Draft
from appliance.office.field import Limits, TextPattern
from appliance.office.numbers import OutsideNumber, emergency_numbers
from appliance.office.problem import Problem
from hw.said import said

MailAddress = Annotated[
    str,
    TextPattern(r"^([^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190})?$", "a mail address, such as jane@example.org, or empty"),
]
Host = Annotated[str, TextPattern(r"^[A-Za-z0-9.:-]{0,253}$", "the name or the address of a server, or empty")]
Secret = Annotated[str, Limits(0, 200)]
NetworkPort = Annotated[int, Limits(1, 65535)]


class MailSecurity(Enum):
    """How the connection to the mail server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class WhichMessages(Enum):
    """Of which messages somebody is told."""

    ALL = "all"
    URGENT = "urgent"
    NONE = "none"

    def has(self, *, urgent: bool) -> bool:
        return self is WhichMessages.ALL or (self is WhichMessages.URGENT and urgent)

    def of(self, *, new: int, urgent: int) -> int:
        """How many of so many new messages, of which so many are urgent."""
        return {WhichMessages.ALL: new, WhichMessages.URGENT: urgent}.get(self, 0)


class AttachedSound(Enum):
    """As what a message is attached to a mail."""

    OPUS = "opus"
    WAV = "wav"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes the office's mail."""

    host: Annotated[Host, "The name of the mail server. Without it no mail is sent."] = ""
    port: Annotated[NetworkPort, "Its port: 587 for starttls, 465 for tls."] = 587
    security: Annotated[
        MailSecurity,
        "starttls and tls keep the connection secret, and refuse a server whose certificate is not valid.",
    ] = MailSecurity.STARTTLS
    user: Annotated[Secret, "The name to log in with. Without it nobody logs in."] = ""
    password: Annotated[Secret, "The password to log in with."] = field(default="", repr=False)
    sender: Annotated[MailAddress, "From whom mail is. Without it, from user."] = ""
    largest_mb: Annotated[
        float, Limits(0.1, 25), "The largest message that is attached, in MB. A larger one is told without its sound."
    ] = 8.0


@dataclass(frozen=True, slots=True)
class PostAddress:
    """The address in the office's network to which events are posted (HTTP POST)."""

    url: Annotated[
        str,
        TextPattern(r"^(https?://[^\s]{1,500})?$", "an address that begins with http:// or https://, or empty"),
        "Where each event is posted to. Without it nothing is posted.",
    ] = ""
    secret: Annotated[Secret, "What events are signed with, so that the receiver knows them to be genuine."] = field(
        default="", repr=False
    )
    anywhere: Annotated[bool, "Whether the address may be outside the office's own network."] = False


@dataclass(frozen=True, slots=True)
class MqttBroker:
    """The MQTT broker that is told how the unit stands."""

    host: Annotated[Host, "The name of the broker. Without it none is told."] = ""
    port: Annotated[NetworkPort, "Its port: 1883, or 8883 with TLS."] = 1883
    tls: Annotated[bool, "Whether the connection is kept secret, and the broker's certificate checked."] = False
    user: Annotated[Secret, "The name to log in with."] = ""
    password: Annotated[Secret, "The password to log in with."] = field(default="", repr=False)
    topic: Annotated[
        str,
        TextPattern("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", "words with slashes between them"),
        "What all that is published begins with.",
    ] = "copperdesk"


@dataclass(frozen=True, slots=True)
class Notifying:
    """Where what happens is told."""

    mail: Annotated[MailServer, "The server that takes the office's mail."] = field(default_factory=MailServer)
    post: Annotated[PostAddress, "Where events are posted to, for programs such as home automation."] = field(
        default_factory=PostAddress
    )
    mqtt: Annotated[MqttBroker, "The MQTT broker that is told how the unit stands."] = field(default_factory=MqttBroker)


@dataclass(frozen=True, slots=True)
class MessageCall:
    """When somebody is called about a message."""

    of: Annotated[WhichMessages, "Of which new messages."] = WhichMessages.NONE
    number: Annotated[
        OutsideNumber | None, "The number that is called, as it is dialled on a line. Without it, the cell phone."
    ] = None
    after_minutes: Annotated[int, Limits(0, 1440), "How old a message is before the first call, in minutes."] = 10
    every_minutes: Annotated[int, Limits(5, 1440), "How long until the next call, in minutes."] = 30
    most_calls: Annotated[int, Limits(1, 100), "After how many calls in a row nobody is called any more."] = 8
    begins: Annotated[ClockTime, "The time of the day from which on somebody is called."] = time(8, 0)
    ends: Annotated[ClockTime, "The time of the day until which somebody is called."] = time(20, 0)

    def at(self, clock: time) -> bool:
        """Whether somebody may be called at this time of the day. Both the same: at any."""
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends or self.begins == self.ends
        return clock >= self.begins or clock < self.ends


@dataclass(frozen=True, slots=True)
class PersonNotices:
    """What a person is told of besides the lamp, and how."""

    mail: Annotated[MailAddress, "The person's mail address. Without it no mail is sent."] = ""
    messages: Annotated[WhichMessages, "Of which messages mail is sent."] = WhichMessages.ALL
    lamp: Annotated[WhichMessages, "For which messages the telephone's lamp is lit, and its dial tone stutters."] = (
        WhichMessages.ALL
    )
    sound: Annotated[AttachedSound, "As what a message is attached. One that is marked as private never is."] = (
        AttachedSound.OPUS
    )
    lost_callers: Annotated[bool, "Whether mail is sent about callers who got nobody."] = False
    faults: Annotated[bool, "Whether mail is sent of faults of the unit."] = False
    call: Annotated[MessageCall, "When the person is called about a message."] = field(default_factory=MessageCall)


def rules(office: Draft) -> Iterator[Problem]:
    """Who is to be told can be told."""
    mail, post = office.group("notifying").group("mail"), office.group("notifying").group("post")
    if mail.text("user") and mail.text("security") == MailSecurity.NONE.value:
        yield Problem(mail.at("security"), said("is none: the password would go through the network for all to read"))
    if mail.text("host") and not (mail.text("sender") or "@" in mail.text("user")):
        yield Problem(mail.at("sender"), said("is missing: the user is no mail address"))
    if post.text("url") and not post.text("secret"):
        yield Problem(post.at("secret"), said("is missing: events have to be signed"))
    for person in office.entries("people"):
        notify = person.group("notify")
        if notify.text("mail") and not mail.text("host"):
            yield Problem(notify.at("mail"), said("there is no mail server at notifying.mail.host"))
        call = notify.group("call")
        if call.text("number") in emergency_numbers(office.text("country")):
            yield Problem(call.at("number"), said("%(number)s is an emergency number", number=call.text("number")))
        if call.text("of") not in ("", WhichMessages.NONE.value):
            if not (call.text("number") or person.text("cell")):
                yield Problem(call.at("number"), said("is missing: this person has no cell phone that could be called"))
            if not person.text("pin"):
                yield Problem(call.at("of"), said("without a PIN this person could not hear the messages when called"))
