"""The office document from a web server in the office's own network. Blocking.

The name is looked up once, and connected to as it was found and checked, so that it cannot lead outside in between.
Redirections are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from datetime import timedelta
from urllib.parse import urlsplit

from appliance.clock import RealClock
from hw.said import said, told_by

ANSWER_SECONDS = 10.0
"""For each answer of the server."""

WHOLE = timedelta(seconds=60)
"""For all of it, so that a server that sends a byte now and then does not keep the unit from starting."""

_PIECE = 64 * 1024


class CannotFetch(Exception):
    """The message says why, for people."""


def fetched(address: str, largest: int) -> bytes:
    """What is at an http or https address. largest: bytes. Raises CannotFetch."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise CannotFetch(said("%(address)s is no address", address=address)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise CannotFetch(said("%(address)s does not begin with http:// or https://", address=address))
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.sock = _connected(parts.scheme, host, port)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Accept": "application/json", "Connection": "close"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise CannotFetch(said("%(host)s answers %(code)s in place of the file", host=host, code=answer.status))
        return _body(answer, host, largest)
    except CannotFetch:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CannotFetch(said("%(host)s does not answer: %(why)s", host=host, why=told_by(error))) from error
    finally:
        connection.close()


def is_inside(address: str) -> bool:
    """Whether an address is in a private network (RFC 1918, RFC 4193), link-local, or this machine's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return (ip.is_private or ip.is_link_local or ip.is_loopback) and not ip.is_unspecified and not ip.is_multicast


def _connected(scheme: str, host: str, port: int) -> socket.socket:
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    inside = sorted(filter(is_inside, found))
    if not inside:
        raise CannotFetch(said("%(host)s is outside the office's own network", host=host))
    plain = socket.create_connection((inside[0], port), ANSWER_SECONDS)
    if scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _body(answer: http.client.HTTPResponse, host: str, largest: int) -> bytes:
    clock = RealClock()
    ends, content = clock.now() + WHOLE, b""
    while piece := answer.read1(_PIECE):
        content += piece
        if len(content) > largest:
            raise CannotFetch(said("%(host)s sends more than %(most)s bytes", host=host, most=largest))
        if clock.now() > ends:
            raise CannotFetch(said("%(host)s sends the file too slowly", host=host))
    return content
