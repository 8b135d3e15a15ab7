"""Certificates for servers of the tests: signed by an authority of their own, or by nobody but themselves."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


class Authority:
    """Signs certificates. `file` is its own, as one adds it to a store; `folder` is what it lies in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "authority"
        self.folder.mkdir()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(f"An authority of the tests {folder}"[-60:])
        ours = _builder(self._name, self._name, self._key).add_extension(x509.BasicConstraints(True, None), True)
        self.file = self.folder / "authority.pem"
        self.file.write_bytes(ours.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def hashed(self, subject_hash: str) -> None:
        """Give the certificate the name under which OpenSSL finds it in a folder."""
        (self.folder / f"{subject_hash}.0").write_bytes(self.file.read_bytes())

    def server(self, host: str = "127.0.0.1", *, expired: bool = False) -> ssl.SSLContext:
        """The context of a server that this authority vouches for."""
        key = ec.generate_private_key(ec.SECP256R1())
        return _context(self.folder, _for_host(host, self._name, key, expired).sign(self._key, hashes.SHA256()), key)


def self_signed(folder: Path, host: str = "127.0.0.1") -> ssl.SSLContext:
    """The context of a server that nobody vouches for."""
    return _loaded(self_signed_file(folder, host))


def self_signed_file(folder: Path, host: str = "127.0.0.1") -> Path:
    """The certificate of such a server, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _file(folder, _for_host(host, _name(host), key, expired=False).sign(key, hashes.SHA256()), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3 * _DAY)
        .not_valid_after(now + 3 * _DAY)
    )


def _for_host(host: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, expired: bool) -> x509.CertificateBuilder:
    try:
        name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        name = x509.DNSName(host)
    builder = _builder(_name(host), issuer, key).add_extension(x509.SubjectAlternativeName([name]), False)
    if expired:
        builder._not_valid_after = datetime.now(UTC).replace(tzinfo=None) - _DAY
    return builder


def _context(folder: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> ssl.SSLContext:
    return _loaded(_file(folder, certificate, key))


def _file(folder: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Path:
    file = folder / f"server-{certificate.serial_number}.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + certificate.public_bytes(pem))
    return file


def _loaded(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
