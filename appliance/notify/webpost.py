"""An event posted to an address in the office's network, signed. Blocks.

The address is looked up once, and connected to as it was found and checked: a name that changes its meaning in between
leads nowhere else. Redirections are not followed.
"""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import socket
import ssl
from hashlib import sha256
from urllib.parse import urlsplit

from appliance.notify.parcel import Job, SendFailed

ANSWER_SECONDS = 20.0
SIGNATURE, TIMESTAMP, EVENT_ID = "X-Copperdesk-Signature", "X-Copperdesk-Timestamp", "X-Copperdesk-Id"


def send_post(job: Job) -> None:
    """Post it. Returns once the receiver has answered that it has it (2xx); raises SendFailed."""
    host = "notifying.post.url"
    try:
        parts = urlsplit(job.to)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _address(host, port, anywhere=bool(job.server["anywhere"]))
        connection = _connection(parts.scheme, host, address, port)
        try:
            body = job.text.encode()
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, _headers(job, body, parts.netloc.rpartition("@")[2]))
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise SendFailed(_in_words(error, host), server=True) from error
    if 300 <= status < 400:
        raise SendFailed(f"{host} answers {status}: redirections are not followed, name where it leads", server=False)
    if not 200 <= status < 300:
        raise SendFailed(f"{host} answers {status} to an event", server=status >= 500)


def signature(secret: str, at: str, body: bytes) -> str:
    """What a receiver works out, too, to know that an event is genuine: HMAC-SHA256 over the time, a dot, the body."""
    return "sha256=" + hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()


def _headers(job: Job, body: bytes, host: str) -> dict[str, str]:
    at = str(job.at)
    return {
        "Host": host,
        "Content-Type": "application/json",
        "Connection": "close",
        EVENT_ID: job.id,
        TIMESTAMP: at,
        SIGNATURE: signature(str(job.server["secret"]), at, body),
    }


def _address(host: str, port: int, *, anywhere: bool) -> str:
    """The address of the host. SendFailed for one outside, where that is not allowed."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    inside = sorted(address for address in found if anywhere or _is_ours(address))
    if not inside:
        raise SendFailed(f"{host} is outside the office's network, and notifying.post.anywhere is false", server=True)
    return inside[0]


def _is_ours(address: str) -> bool:
    """In a private network (RFC 1918, RFC 4193), link-local, or this machine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return (ip.is_private or ip.is_link_local or ip.is_loopback) and not ip.is_unspecified and not ip.is_multicast


def _connection(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """To the address; over TLS the certificate is the host's."""
    connection = http.client.HTTPConnection(address, port, timeout=ANSWER_SECONDS)
    plain = socket.create_connection((address, port), ANSWER_SECONDS)
    if scheme == "https":
        try:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
    connection.sock = plain
    return connection


def _in_words(error: Exception, host: str) -> str:
    match error:
        case socket.gaierror():
            return f"the name {host} is not found"
        case ConnectionRefusedError():
            return f"{host} takes no connection"
        case TimeoutError():
            return f"{host} does not answer within {ANSWER_SECONDS:.0f} seconds"
        case ssl.SSLCertVerificationError():
            return f"the certificate of {host} is not valid: {error.verify_message}"
        case ValueError() | http.client.InvalidURL():
            return f"the address at notifying.post.url cannot be used: {error}"
        case OSError():
            return f"{host} cannot be reached: {error.strerror or error}"
    return f"{host} answers something that is no web server's answer"
