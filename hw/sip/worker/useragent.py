"""The SIP side of a worker: transports, accounts, and the calls that come and go on them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pjsua2

from hw.sip import wire
from hw.sip.framememory import FrameMemory
from hw.sip.message import SipMessage, address
from hw.sip.worker import library, sockets
from hw.sip.worker.usercall import UserCall, contained, header

_RTP_PORTS = 100
"""UDP ports of one worker for its calls' sound: two a call, and room for those just closed."""

_TRANSPORTS = {
    "udp": pjsua2.PJSIP_TRANSPORT_UDP,
    "tcp": pjsua2.PJSIP_TRANSPORT_TCP,
    "tls": pjsua2.PJSIP_TRANSPORT_TLS,
}


_REGISTER_AGAIN_SECONDS = 30
"""When a server has refused a registration it is tried again, as somebody may have put it right there. When no server
has answered the library tries again by itself."""

_NO_TLS = "this unit's SIP library has no TLS of the system's own OpenSSL: use udp or tcp, or another build of it"


class SetupError(RuntimeError):
    """The worker cannot do what it is set up for; the message says what and why."""


class UserAgent:
    """The worker's use of the SIP library. It serves nobody before `set_up`.

    tell: takes reports for the unit. memory: where the sound of calls is.
    """

    def __init__(self, tell: Callable[[wire.Report], None], memory: FrameMemory) -> None:
        self.tell = tell
        self.memory = memory
        self.calls: dict[int, UserCall] = {}
        self._over: list[UserCall] = []
        self._to_clear: list[tuple[UserCall, int]] = []
        """Calls to be ended soon, with this status. Ending a call within a callback about it crashes the library."""
        self._incoming = 0
        self._unknown_senders = 0
        self._overflow = ""
        self._endpoint = _Endpoint(self)
        library.start(self._endpoint)
        self.bridge = library.Bridge()
        tell(wire.Hello(os.getpid(), library.most_calls(), library.has_system_tls(), self._endpoint.libVersion().full))

    def set_up(self, setup: wire.Configure) -> None:
        """Serve these peers, and nobody else, from now on. SetupError, or an error of the library, where that fails."""
        self._setup = setup
        self._rtp_ports = range(setup.rtp_port, setup.rtp_port + _RTP_PORTS)
        library.offer_codecs(self._endpoint, setup.codecs)
        self._transports = {"udp": self._open("udp", setup.port)}
        (self.socket,) = sockets.udp_sockets(setup.address, range(setup.port, setup.port + 1))
        sockets.accept_only(self.socket, setup.peers)
        sockets.drain(self.socket)
        self._own = self._account(wire.Account("", f"sip:copperdesk@{setup.address}:{setup.port}", ""))
        self._redirecting = self._account(wire.Account("", f"sip:elsewhere@{setup.address}:{setup.port}", ""))
        self._accounts: dict[str, _Account] = {}
        for account in setup.accounts:
            try:
                self._accounts[account.name] = self._account(account)
            except (SetupError, pjsua2.Error, OSError) as error:
                # This line cannot be used, but the others can.
                self.tell(wire.Registered(account.name, False, 0, getattr(error, "reason", "") or str(error)))

    def do(self, command: wire.Command) -> None:
        """Carry out a command of the unit's. If it is about a call that is over by now, it is ignored."""
        match command:
            case wire.MakeCall():
                self._make(command)
            case wire.SendRequest():
                self._request(command)
            case wire.Register(name):
                if name in self._accounts:
                    self._accounts[name].register()
            case wire.Overflow(to):
                self._overflow = to
            case wire.Configure() | wire.Shutdown():
                raise ValueError(f"no command for a worker at work: {type(command).__name__}")
            case _:
                call = self.calls.get(command.ref)
                if call is not None:
                    with suppress(pjsua2.Error):
                        self._do(call, command)

    def handle(self) -> None:
        """Let the library take what has come in, and run its timers."""
        self._endpoint.libHandleEvents(0)
        # When a call's Python object is freed, the library hangs up whatever call has its number, which may be a new
        # call by then. So the object of a call that has ended is kept as long as any call has that number.
        self._over = [call for call in self._over if call.isActive()]
        while self._to_clear:
            call, status = self._to_clear.pop()
            if call.ref in self.calls:
                with suppress(pjsua2.Error):
                    call.clear(status)

    def report(self) -> None:
        """Tell the unit, once a second, how much the calls have received and how many packets were dropped."""
        self.bridge.tick()
        for call in list(self.calls.values()):
            call.report_reception()
        for account in self._accounts.values():
            account.second_passed()
        dropped = sockets.dropped(self.socket)
        if dropped != self._unknown_senders:
            self._unknown_senders = dropped
            self.tell(wire.UnknownPackets(dropped))

    def close(self) -> None:
        """End all calls and registrations."""
        for call in list(self.calls.values()):
            with suppress(pjsua2.Error):
                call.clear(480)
        for account in self._accounts.values():
            with suppress(pjsua2.Error):
                account.setRegistration(False)

    # The calls

    def take(self, account: Any, call_id: int, received: Any) -> None:
        """A call comes in."""
        self._incoming -= 1
        call = UserCall(account, self._incoming, self, call_id)
        self.calls[call.ref] = call
        if account is self._redirecting:
            self.clear_soon(call, 302)
            return
        text = received.wholeMsg.partition("\r\n\r\n")[0]
        self.tell(wire.Incoming(call.ref, received.srcAddress, text))

    def redirects(self, received: Any) -> bool:
        """Whether a call that comes in is for another worker. If so, its caller is sent there by
        `redirecting_account`."""
        message = SipMessage(received.wholeMsg)
        if message.method != "INVITE" or "tag=" in message.header("to"):
            return False
        contacts = self._setup.contacts
        meant = next((contacts[user] for user in (message.user, message.from_user) if user in contacts), None)
        to = self._overflow if meant is None else meant
        if to in ("", f"{self._setup.address}:{self._setup.port}"):
            return False
        config = self._redirecting.config
        user = f"{quote(message.user, safe='*+')}@" if message.user else ""
        config.sipConfig.contactForced = f"<sip:{user}{to}>"
        self._redirecting.modify(config)
        return True

    @property
    def redirecting_account(self) -> int:
        return int(self._redirecting.getId())

    def trouble(self, error: Exception) -> None:
        """Tell the unit of an unforeseen error outside a call."""
        self.tell(wire.Trouble(f"{type(error).__name__} in the SIP library's callback"))

    def _do(self, call: UserCall, command: wire.Command) -> None:
        match command:
            case wire.Alert():
                call.reply(180)
            case wire.Accept():
                call.reply(200)
            case wire.Clear(_, status):
                call.clear(status)
            case wire.SendDigits(_, keys, way):
                call.send_keys(keys, way)
            case wire.SendFlash(_, way, content_type):
                call.send_flash(way, content_type)
            case wire.CarryData(_, carries):
                call.carry_data(carries)
            case wire.ReferDone(_, status):
                call.tell_referrer(status)

    def _make(self, command: wire.MakeCall) -> None:
        account = self._account_of(command.account)
        if account is None:
            self.tell(wire.Ended(command.ref, 503))
            return
        call = UserCall(account, command.ref, self)
        self.calls[command.ref] = call
        try:
            call.begin(command)
        except pjsua2.Error:
            if self.calls.pop(command.ref, None) is not None:
                self.tell(wire.Ended(command.ref, 503))

    def clear_soon(self, call: UserCall, status: int) -> None:
        """End a call as soon as no callback of the library is running."""
        self._to_clear.append((call, status))

    def forget(self, call: UserCall) -> None:
        """The call is over. Its object is kept (see `handle`), at least beyond the callback that told so."""
        self.calls.pop(call.ref, None)
        self._over.append(call)

    def _account_of(self, name: str) -> _Account | None:
        """The account of this name. None if it could not be set up: its calls must not go another way, such as
        unencrypted."""
        return self._accounts.get(name) if name else self._own

    def _request(self, command: wire.SendRequest) -> None:
        account = self._account_of(command.account)
        if account is None:
            return
        prm = pjsua2.SendRequestParam()
        prm.method = command.method
        option = prm.txOption
        option.targetUri, option.contentType, option.msgBody = command.uri, command.content_type, command.body
        for name, value in command.headers.items():
            option.headers.append(header(name, value))
        with suppress(pjsua2.Error):
            account.sendRequest(prm)

    def answered(self, event: Any) -> None:
        """The answer to a request outside any call."""
        if event.type == pjsua2.PJSIP_EVENT_RX_MSG and event.tsx.statusCode >= 200:
            received = event.src.rdata
            user = address(SipMessage(received.wholeMsg).header("to")).user
            # The device is known by the port that the answer came from, which the To header need not have.
            self.tell(wire.Answered(event.tsx.method, user, received.srcAddress, int(event.tsx.statusCode)))

    def registered(self, account: str, active: bool, status: int) -> None:
        self.tell(wire.Registered(account, active, status))

    def guard_media(self, call: UserCall) -> None:
        """Let the call's sockets receive sound from its far end's address alone."""
        info = call.getMedTransportInfo(call.media)
        far, near = call.getStreamInfo(call.media).remoteRtpAddress, info.localRtpName
        host, port = far.rpartition(":")[0], int(near.rpartition(":")[2])
        for found in sockets.udp_sockets(self._setup.address, range(port, port + 2)):
            with found:
                sockets.accept_only(found, [host])

    # Transports and accounts

    def _open(self, transport: str, port: int) -> int:
        config = pjsua2.TransportConfig()
        config.port, config.boundAddress = port, self._setup.address
        try:
            return int(self._endpoint.transportCreate(_TRANSPORTS[transport], config))
        except pjsua2.Error as error:
            where = f"{self._setup.address}:{port}"
            raise SetupError(f"SIP over {transport} cannot be opened at {where}: {error.reason}") from error

    def _open_guarded(self, transport: str) -> int:
        """Open TCP or TLS, with a listener that only the peers can connect to.

        Since Linux 6.18 a process needs a privilege to put a filter on a TCP socket. Without it the listener takes no
        connections at all. That is enough: a server sends by the connection that the unit has made to it.
        """
        opened = self._open(transport, 0)
        for listener in sockets.listeners(self._setup.address):
            with listener:
                try:
                    sockets.accept_only(listener, self._setup.peers)
                except PermissionError:
                    sockets.stop_listening(listener)
        return opened

    def _account(self, facts: wire.Account) -> _Account:
        if facts.transport == "tls" and not library.has_system_tls():
            raise SetupError(_NO_TLS)
        if facts.transport not in self._transports:
            self._transports[facts.transport] = self._open_guarded(facts.transport)
        config = pjsua2.AccountConfig()
        config.idUri = facts.uri
        config.regConfig.registrarUri = facts.registrar if facts.user else ""
        config.regConfig.timeoutSec = facts.expires_seconds
        config.regConfig.retryIntervalSec = config.regConfig.firstRetryIntervalSec = 5
        config.regConfig.randomRetryIntervalSec = 1
        if facts.user:
            config.sipConfig.authCreds.append(pjsua2.AuthCredInfo("digest", "*", facts.user, 0, facts.password))
        if facts.proxy:
            config.sipConfig.proxies.append(facts.proxy)
        config.sipConfig.transportId = self._transports[facts.transport]
        config.callConfig.timerUse = pjsua2.PJSUA_SIP_TIMER_OPTIONAL
        if self._setup.session_timer_seconds:
            config.callConfig.timerSessExpiresSec = self._setup.session_timer_seconds
        else:
            config.callConfig.timerUse = pjsua2.PJSUA_SIP_TIMER_INACTIVE
        config.mwiConfig.enabled = False
        config.natConfig.iceEnabled = False
        config.natConfig.contactRewriteUse = 0
        config.natConfig.viaRewriteUse = config.natConfig.sdpNatRewriteUse = False
        config.mediaConfig.transportConfig.boundAddress = self._setup.address
        config.mediaConfig.transportConfig.port = self._rtp_ports.start
        config.mediaConfig.transportConfig.portRange = len(self._rtp_ports)
        config.mediaConfig.srtpUse = pjsua2.PJMEDIA_SRTP_DISABLED
        account = _Account(facts.name, config, self)
        account.create(config)
        return account


class _Account(pjsua2.Account):  # type: ignore[misc]
    def __init__(self, name: str, config: Any, agent: UserAgent) -> None:
        super().__init__()
        self.config = config
        self._name = name
        self._agent = agent
        self._refused_seconds = 0
        self._active = True

    def register(self) -> None:
        """Register now. Harmless while it is registering."""
        with suppress(pjsua2.Error):
            self.setRegistration(True)

    def second_passed(self) -> None:
        """Count a second; after a refused registration, try again every 30 s."""
        if not self._active:
            self._refused_seconds += 1
            if self._refused_seconds % _REGISTER_AGAIN_SECONDS == 0:
                self.register()

    def fail(self, error: Exception) -> None:
        self._agent.trouble(error)

    @contained
    def onIncomingCall(self, prm: Any) -> None:
        self._agent.take(self, prm.callId, prm.rdata)

    @contained
    def onSendRequest(self, prm: Any) -> None:
        self._agent.answered(prm.e.body.tsxState)

    @contained
    def onRegState(self, prm: Any) -> None:
        self._active = prm.code // 100 == 2 and prm.expiration > 0
        if self._active:
            self._refused_seconds = 0
        self._agent.registered(self._name, self._active, int(prm.code))


class _Endpoint(pjsua2.Endpoint):  # type: ignore[misc]
    """The library's endpoint, with its one callback that decides which account a call is for."""

    def __init__(self, agent: UserAgent) -> None:
        super().__init__()
        self._agent = agent

    def fail(self, error: Exception) -> None:
        self._agent.trouble(error)

    @contained
    def onSelectAccount(self, prm: Any) -> None:
        if self._agent.redirects(prm.rdata):
            prm.accountIndex = self._agent.redirecting_account
