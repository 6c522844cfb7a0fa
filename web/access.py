"""From where the pages may be reached, and by which names.

A page of somebody else's can have its own name lead to this unit's address, and so have the browser of somebody in the
office ask us in that page's name (DNS rebinding). So only names that are this unit's are answered. And unless an
administrator has told otherwise, only devices of the office's own network are.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from flask import Flask, current_app, request
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.ownnames import host_of, own_addresses, own_names
from web.troubles import page
from web.unit import ask

CLOSED: dict[str, Any] = {"names": [], "anywhere": False}
"""What holds while the daemon does not answer."""


def use_access(app: Flask) -> None:
    """Have this application answer in the unit's own names, and within its network."""
    app.before_request(refused)


def refused() -> Any:
    """The page that says why this request is refused, and what to do; None: it is not."""
    if not in_office(request.remote_addr or "") and not _allowed()["anywhere"]:
        text = _(
            "This unit answers only within the network of the office. From elsewhere, use the office's VPN; or an"
            " administrator opens it on the page “Accounts”."
        )
        return page(403, _("Not from here"), text)
    named = host_of(request.headers.get("Host", ""))
    if named in own_names() or named in own_addresses() or named in _allowed()["names"]:
        return None
    ways = [name for name in own_names() if name != "localhost"]
    ways += [f"[{address}]" if ":" in address else address for address in own_addresses() if not of_itself(address)]
    text = _(
        "This unit does not go by that name. Use one of these: %(names)s. If people are to reach it by another name, an"
        " administrator adds that on the page “Accounts”.",
        names=", ".join(ways),
    )
    return page(421, _("Not by this name"), text)


def in_office(address: str) -> bool:
    """Whether it is an address of a network that is not the Internet; or one that this machine is directly in."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if parsed.is_private or parsed.is_link_local or parsed.is_loopback:
        return True
    # With IPv6 the devices of an office have addresses of the Internet, and share their first half with the unit's.
    return parsed.version == 6 and any(
        ipaddress.ip_address(own) in ipaddress.ip_network((parsed, 64), strict=False) for own in own_addresses()
    )


def bare(address: str) -> str:
    """An IPv4 address as it is, where a socket for both kinds of address calls it `::ffff:192.168.1.5`."""
    return address.removeprefix("::ffff:") if "." in address else address


def of_itself(address: str) -> bool:
    """Whether it is of no use to browsers of other devices, which reach this one by another."""
    return ipaddress.ip_address(address).is_loopback or ipaddress.ip_address(address).is_link_local


def _allowed() -> dict[str, Any]:
    """What an administrator has told."""
    try:
        found: dict[str, Any] = ask("accounts.access")
    except ControlError:
        current_app.logger.warning("the unit does not say who may reach the page; only its own network may")
        return CLOSED
    return found
