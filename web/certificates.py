"""The unit's own certificate authority, and the certificate that it gives the unit: `python -m web.certificates`.

In a process of its own, which ends at once: the library takes more memory than all pages together. The authority is
made at the first start and stays, as people have told their devices to trust it. The unit's certificate is made anew
when its names change or its time runs out. Keys can be read by this process's user alone.
"""

from __future__ import annotations

import ipaddress
import json
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.clock import RealClock

AUTHORITY, AUTHORITY_KEY = "authority.crt", "authority.key"
UNIT, UNIT_KEY = "unit.crt", "unit.key"
FACTS = "certificates.json"
"""What the server must know of them, so that it need not read certificates."""

AUTHORITY_LASTS = timedelta(days=20 * 365)
UNIT_LASTS = timedelta(days=397)
"""The longest that browsers accept of any authority."""

EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
"""From when on the authority is valid: a unit's first start may be before it knows the date."""


def main(arguments: Sequence[str]) -> None:
    """arguments: the folder, then the names and addresses that the certificate is to have."""
    folder, *names = arguments
    make(Path(folder), names, RealClock().now())


def make(folder: Path, names: Sequence[str], now: datetime) -> None:
    """Have the folder hold an authority, and a new certificate for these names."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not ((folder / AUTHORITY).exists() and (folder / AUTHORITY_KEY).exists()):
        _make_authority(folder, names[0], now)
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    authority_key = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    until = min(now + UNIT_LASTS, authority.not_valid_after_utc)
    certificate = (
        _begun(_named(names[0]), key, now - timedelta(days=1), until)
        .issuer_name(authority.subject)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write_key(folder / UNIT_KEY, key)
    chain = certificate.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM)
    _write(folder / UNIT, chain)
    facts = {
        "names": list(names),
        "from": now.isoformat(),
        "until": until.isoformat(),
        "fingerprint": authority.fingerprint(hashes.SHA256()).hex(":").upper(),
    }
    _write(folder / FACTS, json.dumps(facts).encode())


def _make_authority(folder: Path, name: str, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    named = _named(f"Copperdesk {name} {secrets.token_hex(2)}")
    usage = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    )
    certificate = (
        _begun(named, key, EARLIEST, max(now, EARLIEST) + AUTHORITY_LASTS)
        .issuer_name(named)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False, **usage), True
        )
        .sign(key, hashes.SHA256())
    )
    _write_key(folder / AUTHORITY_KEY, key)
    _write(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM))


def _begun(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, begins: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Copperdesk"),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    _write(
        file,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def _write(file: Path, content: bytes) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_bytes(content)
    new.rename(file)


if __name__ == "__main__":
    main(sys.argv[1:])
