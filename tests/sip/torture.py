"""The 49 test messages of RFC 4475, by the RFC's names, addressed as our unit's devices address it.

Each is built from what the RFC says is odd about it. What is not odd (hosts, users, tags) is that of the place, so that
the unit's filter lets it through and its user agent looks at all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.sip.malformed import Place

_NONE: Mapping[str, str] = {}


def messages(place: Place) -> dict[str, bytes]:
    """Every message by its name, in the order of the RFC."""
    return {name: build(_Writer(place, name)) for name, build in _BUILDERS.items()}


class _Writer:
    """Writes messages that are right except for what they are told to have otherwise."""

    def __init__(self, place: Place, name: str) -> None:
        (self.host, self.port), self.name = place.here, name
        self.there = f"{place.there[0]}:{place.there[1]}"
        self.uri = f"sip:{place.user}@{self.there}"
        self.via = f"SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{name}"

    def sdp(self) -> str:
        lines = ["v=0", f"o=mhandley 29739 7272939 IN IP4 {self.host}", "s=-", f"c=IN IP4 {self.host}", "t=0 0"]
        return "\r\n".join([*lines, "m=audio 7900 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", ""])

    def request(
        self,
        method: str,
        changed: Mapping[str, str | Sequence[str] | None] = _NONE,
        body: str | bytes = "",
        start: str = "",
    ) -> bytes:
        """changed: headers in place of the usual ones, or besides them; None: that one is left out."""
        return self._written(start or f"{method} {self.uri} SIP/2.0", method, changed, body)

    def response(self, start: str, changed: Mapping[str, str | Sequence[str] | None] = _NONE) -> bytes:
        return self._written(start, "OPTIONS", changed, "")

    def _written(
        self, start: str, method: str, changed: Mapping[str, str | Sequence[str] | None], body: str | bytes
    ) -> bytes:
        raw = body if isinstance(body, bytes) else body.encode()
        headers: dict[str, str | Sequence[str] | None] = {
            "Via": self.via,
            "Max-Forwards": "70",
            "From": f"<sip:caller@{self.host}>;tag={self.name}",
            "To": f"<{self.uri}>",
            "Call-ID": f"{self.name}@{self.host}",
            "CSeq": f"8 {method}",
            "Contact": f"<sip:caller@{self.host}:{self.port}>",
            **({"Content-Type": "application/sdp"} if raw else {}),
            "Content-Length": str(len(raw)),
        }
        lines = [start]
        for name, value in (headers | dict(changed)).items():
            if value is not None:
                lines += [f"{name}: {one}" for one in ([value] if isinstance(value, str) else value)]
        return "\r\n".join([*lines, "", ""]).encode(errors="surrogateescape") + raw


# Section 3.1.1: odd, and right


def _wsinv(w: _Writer) -> bytes:
    """White space, folded lines and short names wherever the grammar allows them."""
    lines = [
        f"INVITE {w.uri};unknownparam SIP/2.0",
        "TO :",
        f" <{w.uri}> ;   unknown    = 1918181833n",
        f'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@{w.host}>',
        "  ;",
        "  tag = 98asjd8",
        "MaX-fOrWaRdS: 0068",
        f"Call-ID: wsinv.ndaksdj@{w.host}",
        "Content-Length   : " + str(len(w.sdp())),
        "cseq: 0009",
        "  INVITE",
        "Via  : SIP  /   2.0",
        " /UDP",
        f"    {w.host}:{w.port};branch=z9hG4bKwsinv",
        "s :",
        "NewFangledHeader:   newfangled value",
        " continued newfangled value",
        "UnknownHeaderWithUnusualValue: ;;,,;;,;",
        "Content-Type: application/sdp",
        "Route:",
        f" <sip:{w.there};lr;unknownwith=value;unknown-no-value>",
        f'm:"Quoted string \\"\\"" <sip:jdrosen@{w.host}:{w.port}> ; newparam =',
        "      newvalue ;",
        "  secondparam ; q = 0.33",
    ]
    return ("\r\n".join([*lines, "", ""]) + w.sdp()).encode()


def _intmeth(w: _Writer) -> bytes:
    """Every character a method, a user, a parameter and a display name may have."""
    odd = "!interesting-Method0123456789_*+`.%indeed'~"
    uri = f"sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@{w.there}"
    changed = {
        "To": f'"BEL:\x07 NUL:\\\x00 DEL:\x7f" <{uri}>',
        "From": f"token1~` token2'+_ token3*%!.- <sip:mundane@{w.host};param''~+*_!.-%=\"\u0440\">;tag=_token~1",
        "CSeq": f"139122385 {odd}",
        "extensionHeader-!.%*+_`'~": "\ufeff\u5927\u505c\u96fb",
    }
    return w.request(odd, changed, start=f"{odd} {uri} SIP/2.0")


def _esc01(w: _Writer) -> bytes:
    """Escaped characters in users and headers of URIs."""
    uri = f"sip:sips%3Auser%40example.com@{w.there}"
    return w.request("INVITE", {"To": f"<sip:%75se%72@{w.there}>"}, w.sdp(), f"INVITE {uri} SIP/2.0")


def _escnull(w: _Writer) -> bytes:
    """An escaped NUL in users and contacts."""
    contact = [f"<sip:%00@{w.host}>", f"<sip:%00%00@{w.host}>"]
    return w.request("REGISTER", {"To": f"sip:null-%00-null@{w.there}", "Contact": contact})


def _esc02(w: _Writer) -> bytes:
    """Percent signs where they escape nothing: in the method, and in a display name."""
    return w.request("RE%47IST%45R", {"From": f'"%Z%45" <sip:resource@{w.host}>;tag=f232jadfj23'})


def _lwsdisp(w: _Writer) -> bytes:
    """No space between a display name and the bracket."""
    return w.request("OPTIONS", {"From": f"caller<sip:caller@{w.host}>;tag=323"})


def _longreq(w: _Writer) -> bytes:
    """Long values of all kinds."""
    long = "long" * 60
    vias = [w.via, *(f"SIP/2.0/TCP sip{n}.example.com;received={w.host};branch=z9hG4bK{n}" for n in range(34))]
    changed: dict[str, str | Sequence[str] | None] = {
        "To": f'"I have a user name of {"extreme" * 10} proportion"<{w.uri};unknownparam1=very{long}value;{long}>',
        "From": f"sip:{'amazing' * 40}@{w.host};tag=12{'982' * 50}424;unknownheaderparam{long}=unknown{long}",
        "Call-ID": f"longreq.one{'really' * 20}{long}CallId",
        "unknown-" + long: "unknown-" + long + "-value; unknown-" + long + "-parameter-name=unknown",
        "Via": vias,
        "Contact": f"<sip:{'amazing' * 40}@{w.host}:{w.port}>",
    }
    return w.request("INVITE", changed, w.sdp())


def _dblreq(w: _Writer) -> bytes:
    """A request in a packet with another one behind it, which belongs to nothing."""
    return w.request("REGISTER") + w.request("INVITE", {"Call-ID": "dblreq.second"}, w.sdp())


def _semiuri(w: _Writer) -> bytes:
    """A semicolon and parameters in the user part."""
    return w.request("OPTIONS", start=f"OPTIONS sip:user;par=u%40example.net@{w.there} SIP/2.0")


def _transports(w: _Writer) -> bytes:
    """Via of every transport there is, and of one there is not."""
    kinds = ("SCTP", "TLS", "TCP", "UNKNOWN")
    return w.request("OPTIONS", {"Via": [w.via, *(f"SIP/2.0/{kind} t{kind}.example.com;branch=z9" for kind in kinds)]})


def _mpart01(w: _Writer) -> bytes:
    """A MESSAGE of several MIME parts, one of which is binary."""
    body = b"--7a9cbec02ceef655\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nHello\r\n"
    body += b"--7a9cbec02ceef655\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes(range(256)) * 3
    body += b"\r\n--7a9cbec02ceef655--\r\n"
    return w.request("MESSAGE", {"Content-Type": "multipart/mixed;boundary=7a9cbec02ceef655"}, body)


def _unreason(w: _Writer) -> bytes:
    """A response whose reason is not in Latin letters, to nothing that was asked."""
    return w.response("SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e \u0434\u0435\u0432\u044f\u043d")


def _noreason(w: _Writer) -> bytes:
    """A response whose reason is empty."""
    return w.response("SIP/2.0 100 ")


# Section 3.1.2: wrong


def _badinv01(w: _Writer) -> bytes:
    """Separators with nothing between them."""
    via = [w.via + ";;,;,,"]
    contact = f'"Joe" <sip:joe@{w.host}>;;;;'
    return w.request("INVITE", {"Via": via, "Contact": contact, "To": f"<{w.uri}>;;,"}, w.sdp())


def _clerr(w: _Writer) -> bytes:
    """A Content-Length far larger than the packet."""
    return w.request("INVITE", {"Content-Length": "9999"}, w.sdp())


def _ncl(w: _Writer) -> bytes:
    """A negative Content-Length."""
    return w.request("INVITE", {"Content-Length": "-999"}, w.sdp())


def _scalar02(w: _Writer) -> bytes:
    """Numbers of a request that are too large for what they are."""
    changed = {"CSeq": "36893488147419103232 REGISTER", "Max-Forwards": "300", "Expires": "10000000000000000000000"}
    return w.request("REGISTER", {**changed, "Contact": f"<sip:user@{w.host}>;expires=280297596632815"})


def _scalarlg(w: _Writer) -> bytes:
    """Numbers of a response that are too large."""
    large = "9223372036854775807243"
    return w.response("SIP/2.0 503 Service Unavailable", {"CSeq": f"{large} OPTIONS", "Retry-After": "9" * 40})


def _quotbal(w: _Writer) -> bytes:
    """A quotation mark that is never closed."""
    return w.request("INVITE", {"To": f'"Mr. J. User <{w.uri}>'}, w.sdp())


def _ltgtruri(w: _Writer) -> bytes:
    """Brackets round the URI of the request."""
    return w.request("INVITE", body=w.sdp(), start=f"INVITE <{w.uri}> SIP/2.0")


def _lwsruri(w: _Writer) -> bytes:
    """Spaces within the URI of the request."""
    return w.request("INVITE", body=w.sdp(), start=f"INVITE {w.uri}; lr SIP/2.0")


def _lwsstart(w: _Writer) -> bytes:
    """More than one space in the first line."""
    return w.request("INVITE", body=w.sdp(), start=f"INVITE  {w.uri}  SIP/2.0")


def _trws(w: _Writer) -> bytes:
    """Spaces behind the first line."""
    return w.request("OPTIONS", start=f"OPTIONS {w.uri} SIP/2.0  ")


def _escruri(w: _Writer) -> bytes:
    """Escaped headers in the URI of the request."""
    return w.request("INVITE", body=w.sdp(), start=f"INVITE {w.uri}?Route=%3Csip:example.com%3E SIP/2.0")


def _baddate(w: _Writer) -> bytes:
    """A date in a time zone other than GMT."""
    return w.request("INVITE", {"Date": "Fri, 01 Jan 2010 16:00:00 EST"}, w.sdp())


def _regbadct(w: _Writer) -> bytes:
    """Parameters of a contact that may belong to its URI, or not."""
    return w.request("REGISTER", {"Contact": f"sip:user@{w.host}?Route=%3Csip:sip.example.com%3E"})


def _badaspec(w: _Writer) -> bytes:
    """Spaces within the brackets of addresses."""
    return w.request("OPTIONS", {"From": f'"Bell, Alexander" <sip: caller@{w.host} >;tag=43', "To": f"< {w.uri} >"})


def _baddn(w: _Writer) -> bytes:
    """Commas in a display name without quotation marks."""
    return w.request("OPTIONS", {"From": f"Bell, Alexander <sip:a.g.bell@{w.host}>;tag=43"})


def _badvers(w: _Writer) -> bytes:
    """A version of the protocol that there is not."""
    return w.request("OPTIONS", {"Via": w.via.replace("2.0", "7.0")}, start=f"OPTIONS {w.uri} SIP/7.0")


def _mismatch01(w: _Writer) -> bytes:
    """Another method in CSeq than in the first line."""
    return w.request("OPTIONS", {"CSeq": "8 INVITE"})


def _mismatch02(w: _Writer) -> bytes:
    """The same with a method that nobody knows."""
    return w.request("NEWMETHOD", {"CSeq": "8 INVITE"}, w.sdp())


def _bigcode(w: _Writer) -> bytes:
    """A status of more than three digits."""
    return w.response("SIP/2.0 4294967301 better not break the receiver")


# Section 3.2 to 3.4: right as text, and wrong for the transaction, the application, or an older standard


def _badbranch(w: _Writer) -> bytes:
    """The magic cookie of a branch, and nothing behind it."""
    return w.request("OPTIONS", {"Via": f"SIP/2.0/UDP {w.host}:{w.port};branch=z9hG4bK"})


def _insuf(w: _Writer) -> bytes:
    """An INVITE without Call-ID, From and To."""
    return w.request("INVITE", {"Call-ID": None, "From": None, "To": None}, w.sdp())


def _unkscm(w: _Writer) -> bytes:
    """A request for a scheme nobody knows."""
    return w.request("OPTIONS", start="OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0")


def _novelsc(w: _Writer) -> bytes:
    """A request for a scheme that is known, and not for calls."""
    return w.request("OPTIONS", start="OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0")


def _unksm2(w: _Writer) -> bytes:
    """Schemes nobody knows in From, To and Contact."""
    changed = {"To": "isbn:2983792873", "From": "<http://www.example.com>;tag=3234233", "Contact": "<name:John_Smith>"}
    return w.request("REGISTER", changed)


def _bext01(w: _Writer) -> bytes:
    """Extensions required that nobody has."""
    return w.request(
        "OPTIONS", {"Require": "nothingSupportsThis, nothingSupportsThisEither", "Proxy-Require": "noSuch"}
    )


def _invut(w: _Writer) -> bytes:
    """A body of a type nobody knows."""
    return w.request("INVITE", {"Content-Type": "application/unknownformat"}, "<audio>\r\n</audio>\r\n")


def _regaut01(w: _Writer) -> bytes:
    """Credentials of a scheme nobody knows."""
    return w.request("REGISTER", {"Authorization": "NoOneKnowsThisScheme opaque-data=here"})


def _multi01(w: _Writer) -> bytes:
    """Headers that may stand once, several times and different."""
    changed = {
        "CSeq": ["5 INVITE", "59 INVITE"],
        "Call-ID": [f"multi01.one@{w.host}", f"multi01.two@{w.host}"],
        "From": [f"<sip:caller@{w.host}>;tag=3413415", f"<sip:other@{w.host}>;tag=2923420123"],
        "To": [f"<{w.uri}>", "<sip:other@example.com>"],
        "Max-Forwards": ["70", "5"],
    }
    return w.request("INVITE", changed, w.sdp())


def _mcl01(w: _Writer) -> bytes:
    """Several different Content-Lengths."""
    return w.request("OPTIONS", {"Content-Length": ["13", "5"]}, "There's no way to know how many octets are here\r\n")


def _bcast(w: _Writer) -> bytes:
    """A response whose second Via has the broadcast address."""
    return w.response("SIP/2.0 200 OK", {"Via": [w.via, "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23"]})


def _zeromf(w: _Writer) -> bytes:
    """No forwards left."""
    return w.request("OPTIONS", {"Max-Forwards": "0"})


def _cparam01(w: _Writer) -> bytes:
    """A parameter of a contact that nobody knows."""
    return w.request("REGISTER", {"Contact": f"sip:caller@{w.host}:{w.port};unknownparam"})


def _cparam02(w: _Writer) -> bytes:
    """The same within the brackets."""
    return w.request("REGISTER", {"Contact": f"<sip:caller@{w.host}:{w.port};unknownparam>"})


def _regescrt(w: _Writer) -> bytes:
    """An escaped header in a contact."""
    return w.request("REGISTER", {"Contact": f"<sip:user@{w.host}?Route=%3Csip:sip.example.com%3E>"})


def _sdp01(w: _Writer) -> bytes:
    """Accept without what our answer would be in."""
    return w.request("INVITE", {"Accept": "text/nobodyKnowsThis"}, w.sdp())


def _inv2543(w: _Writer) -> bytes:
    """As RFC 2543 had it: no branch, no tag, no Max-Forwards, no Content-Length."""
    changed = {
        "Via": f"SIP/2.0/UDP {w.host}:{w.port}",
        "Max-Forwards": None,
        "From": f"sip:caller@{w.host}",
        "Content-Length": None,
    }
    return w.request("INVITE", changed, w.sdp())


_ALL: tuple[Callable[[_Writer], bytes], ...] = (
    *(_wsinv, _intmeth, _esc01, _escnull, _esc02, _lwsdisp, _longreq, _dblreq, _semiuri, _transports, _mpart01),
    *(_unreason, _noreason, _badinv01, _clerr, _ncl, _scalar02, _scalarlg, _quotbal, _ltgtruri, _lwsruri, _lwsstart),
    *(_trws, _escruri, _baddate, _regbadct, _badaspec, _baddn, _badvers, _mismatch01, _mismatch02, _bigcode),
    *(_badbranch, _insuf, _unkscm, _novelsc, _unksm2, _bext01, _invut, _regaut01, _multi01, _mcl01, _bcast),
    *(_zeromf, _cparam01, _cparam02, _regescrt, _sdp01, _inv2543),
)
_BUILDERS = {build.__name__.removeprefix("_"): build for build in _ALL}
