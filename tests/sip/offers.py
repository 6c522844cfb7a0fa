"""Three hundred offers (SDP, RFC 4566 and 3264), made systematically: each differs from a plain one in two things.

The first is about the call (who offers which media, where and in which direction), the second about the sound itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_HOST_253 = ".".join(["h" * 62] * 4)[:253]


@dataclass
class _Offer:
    """The lines of an offer. `before`, `after`: whole media sections round that of the sound."""

    host: str
    port: int
    session: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    media: str = "audio"
    transport: str = "RTP/AVP"
    payloads: list[int] = field(default_factory=lambda: [0, 8, 101])
    attributes: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    ends: str = "\r\n"

    def text(self) -> str:
        maps = {0: "PCMU/8000", 8: "PCMA/8000", 18: "G729/8000", 9: "G722/8000", 3: "GSM/8000", 13: "CN/8000"}
        maps |= {101: "telephone-event/8000", 96: "telephone-event/8000", 127: "telephone-event/8000"}
        maps |= {110: "speex/16000", 111: "opus/48000/2"}
        numbers = " ".join(map(str, self.payloads))
        lines = ["v=0", f"o=- 7 7 IN IP4 {self.host}", "s=-", f"c=IN IP4 {self.host}", "t=0 0", *self.session]
        lines += [*self.before, f"m={self.media} {self.port} {self.transport} {numbers}"]
        lines += [f"a=rtpmap:{number} {maps[number]}" for number in self.payloads if number in maps]
        return self.ends.join([*lines, *self.attributes, *self.after, ""])


_Change = Callable[[_Offer], object]

CALL: dict[str, _Change] = {
    "plain": lambda o: None,
    "sendonly": lambda o: o.attributes.append("a=sendonly"),
    "recvonly": lambda o: o.attributes.append("a=recvonly"),
    "inactive": lambda o: o.attributes.append("a=inactive"),
    "direction of the session": lambda o: o.session.append("a=sendonly"),
    "old hold": lambda o: o.attributes.append("c=IN IP4 0.0.0.0"),
    "address of the media": lambda o: o.attributes.insert(0, f"c=IN IP4 {o.host}"),
    "video before": lambda o: o.before.extend(["m=video 7940 RTP/AVP 31", "a=rtpmap:31 H261/90000"]),
    "video after": lambda o: o.after.extend(["m=video 7940 RTP/AVP 31", "a=rtpmap:31 H261/90000"]),
    "fax after": lambda o: o.after.append("m=image 7942 udptl t38"),
    "two of sound": lambda o: o.after.extend([f"m=audio {o.port + 2} RTP/AVP 8", "a=rtpmap:8 PCMA/8000"]),
    "no sound": lambda o: setattr(o, "port", 0),
    "secure": lambda o: setattr(o, "transport", "RTP/SAVP"),
    "with feedback": lambda o: setattr(o, "transport", "RTP/AVPF"),
    "only video": lambda o: setattr(o, "media", "video"),
    "sixth version": lambda o: o.attributes.append("c=IN IP6 ::1"),
    "long host": lambda o: o.attributes.append(f"c=IN IP4 {_HOST_253}"),
    "bandwidth": lambda o: o.session.append("b=AS:64"),
    "ice": lambda o: o.attributes.extend(["a=ice-ufrag:abcd", "a=candidate:1 1 UDP 1 127.0.0.1 9 typ host"]),
    "line feeds": lambda o: setattr(o, "ends", "\n"),
}
SOUND: dict[str, _Change] = {
    "plain": lambda o: None,
    "A-law": lambda o: setattr(o, "payloads", [8, 101]),
    "no keys": lambda o: setattr(o, "payloads", [0]),
    "keys as 96": lambda o: (setattr(o, "payloads", [0, 96]), o.attributes.append("a=fmtp:96 0-15")),
    "keys as 127": lambda o: (setattr(o, "payloads", [8, 127]), o.attributes.append("a=fmtp:127 0-11,16")),
    "keys first": lambda o: setattr(o, "payloads", [101, 0]),
    "keys alone": lambda o: setattr(o, "payloads", [101]),
    "unknown first": lambda o: setattr(o, "payloads", [18, 111, 110, 9, 3, 0, 13, 101]),
    "unknown alone": lambda o: setattr(o, "payloads", [18]),
    "10 ms": lambda o: o.attributes.append("a=ptime:10"),
    "30 ms": lambda o: o.attributes.append("a=ptime:30"),
    "60 ms": lambda o: o.attributes.extend(["a=ptime:60", "a=maxptime:60"]),
    "0 ms": lambda o: o.attributes.append("a=ptime:0"),
    "7 ms": lambda o: o.attributes.append("a=ptime:7"),
    "at most 10 ms": lambda o: o.attributes.append("a=maxptime:10"),
}


def offers(host: str, port: int) -> Iterator[tuple[str, str]]:
    """Each with what is special of it."""
    for (call, of_the_call), (sound, of_the_sound) in itertools.product(CALL.items(), SOUND.items()):
        offer = _Offer(host, port)
        of_the_call(offer)
        of_the_sound(offer)
        yield f"{call}, {sound}", offer.text()
