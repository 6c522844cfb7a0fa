"""The office document from a web server in the office's own network. Blocking.

The name is looked up once, and connected to as it was found and checked, so that it cannot lead outside in between.
Redirections are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from appliance.provisioning.slowserver import TooSlow, given_up_after
from hw.said import said, told_by

ANSWER_SECONDS = 10.0
"""For each answer of the server."""

WHOLE_SECONDS = 60.0
"""For all of it, so that a server that sends a byte now and then does not keep the unit from starting."""


class CannotFetch(Exception):
    """The message says why, for people."""


def server_of(address: str) -> tuple[SplitResult, str, int]:
    """The parts of an http or https address, and host and port. Raises CannotFetch."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise CannotFetch(said("%(address)s is no address", address=address)) from error
    if parts.scheme not in ("http", "https"):
        raise CannotFetch(said("%(address)s does not begin with http:// or https://", address=address))
    if not host:
        raise CannotFetch(said("%(address)s is no address", address=address))
    return parts, host, port


def fetched(address: str, largest: int) -> bytes:
    """What is at an http or https address. largest: bytes. Raises CannotFetch."""
    parts, host, port = server_of(address)
    connection = http.client.HTTPConnection(host, port)
    trust = ssl.create_default_context() if parts.scheme == "https" else None
    try:
        with given_up_after(WHOLE_SECONDS, connection, _plain(host, port), trust):
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"Accept": "application/json", "Connection": "close"})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise CannotFetch(said("%(host)s answers %(code)s in place of the file", host=host, code=answer.status))
            return _body(answer, host, largest)
    except TooSlow as error:
        raise CannotFetch(said("%(host)s sends the file too slowly", host=host)) from error
    except ssl.SSLCertVerificationError as error:
        raise CannotFetch(
            said(
                "%(host)s has no certificate that this unit knows, or the unit's clock is wrong: put the file on the"
                " memory card, or use http",
                host=host,
            )
        ) from error
    except ssl.SSLError as error:
        raise CannotFetch(
            said("%(host)s does not answer by https: put the file on the memory card, or use http", host=host)
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CannotFetch(said("%(host)s does not answer: %(why)s", host=host, why=told_by(error))) from error


def is_inside(address: str) -> bool:
    """Whether an address is in a private network (RFC 1918, RFC 4193), link-local, or this machine's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return (ip.is_private or ip.is_link_local or ip.is_loopback) and not ip.is_unspecified and not ip.is_multicast


def _plain(host: str, port: int) -> socket.socket:
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    inside = sorted(filter(is_inside, found))
    if not inside:
        raise CannotFetch(said("%(host)s is outside the office's own network", host=host))
    return socket.create_connection((inside[0], port), ANSWER_SECONDS)


def _body(answer: http.client.HTTPResponse, host: str, largest: int) -> bytes:
    content = answer.read(largest + 1)
    if content.lstrip()[:1] == b"<":
        raise CannotFetch(said("%(host)s sends a web page in place of the office document", host=host))
    if len(content) > largest:
        raise CannotFetch(said("%(host)s sends more than %(most)s bytes", host=host, most=largest))
    if answer.length:
        raise CannotFetch(said("%(host)s breaks off in the middle of the file", host=host))
    return content
