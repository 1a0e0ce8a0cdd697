"""A server with TLS: taken with its own authority's certificate and its own name, refused with another of either."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import postgres
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.server import CLEAR, ENCRYPTED, Address, read_address, try_address
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server's key has to belong to the server's user")


@dataclass(frozen=True)
class Authority:
    """Who vouches for servers."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: str, key: ec.EllipticCurvePublicKey, issuer: str, extensions: tuple[x509.ExtensionType, ...]
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(_named(subject)).issuer_name(_named(issuer)).public_key(key)
    built = built.serial_number(x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=2))
    for extension in extensions:
        built = built.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return built


def authority(name: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    itself = x509.BasicConstraints(ca=True, path_length=None)
    return Authority(key, _certificate(name, key.public_key(), name, (itself,)).sign(key, hashes.SHA256()))


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    return path


@pytest.fixture(scope="module")
def secured() -> Iterator[tuple[Address, str]]:
    """An address that is right, and the certificate of an authority of the same name that is not the server's."""
    programs = postgres.binaries()
    if programs is None or "pixeltable" in str(programs):
        pytest.skip("The PostgreSQL here has no TLS.")
    ours, others = authority("清岚县信息中心"), authority("清岚县信息中心")
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = _certificate("localhost", key.public_key(), "清岚县信息中心", (names,)).sign(ours.key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    with tempfile.TemporaryDirectory(prefix="zhaoshang-tls-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        roots = [home / "ours.crt", home / "others.crt"]
        for root, who in zip(roots, (ours, others), strict=True):
            root.write_bytes(who.certificate.public_bytes(pem))
        certificate = _write(home / "server.crt", made.public_bytes(pem))
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.TraditionalOpenSSL
        secret = _write(home / "server.key", key.private_bytes(pem, form, plain))
        settings = f"-c ssl=on -c ssl_cert_file={certificate} -c ssl_key_file={secret}"
        with postgres.server(programs, settings=settings) as url, postgres.database(url, "tls"):
            port = urlsplit(url).port or 0
            yield Address("localhost", "tls", postgres.OWNER, port=port, certificate=str(roots[0])), str(roots[1])


def test_a_server_is_taken_with_its_own_authority_and_name(secured: tuple[Address, str]) -> None:
    address, _ = secured
    found, words = try_address(address)
    assert found.encryption.startswith("TLS")
    assert "TLS" in words
    assert read_address(address.url) == address
    office = new_office(address.url, name="清岚县投资促进局")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾新材料"))
    office.close()
    again = open_office(address.url)
    assert [one.name for one in again.find(Query(Investor))] == ["青禾新材料"]
    again.close()


def refusal(address: Address) -> str:
    with pytest.raises(KnownError) as refused:
        try_address(address)
    return str(refused.value)


def test_another_authority_of_the_same_name_is_refused(secured: tuple[Address, str]) -> None:
    address, others = secured
    assert "不是这份证书文件签发的" in refusal(replace(address, certificate=others))


def test_another_name_is_refused(secured: tuple[Address, str]) -> None:
    address, _ = secured
    assert "证书上的名称与服务器地址不一致" in refusal(replace(address, host="127.0.0.1"))


def test_a_certificate_file_that_is_not_there_or_is_none_is_a_sentence(
    secured: tuple[Address, str], tmp_path: Path
) -> None:
    address, _ = secured
    assert "证书文件" in refusal(replace(address, certificate=str(tmp_path / "没有.crt")))
    (tmp_path / "坏的.crt").write_text("这不是证书", encoding="utf-8")
    assert "证书文件" in refusal(replace(address, certificate=str(tmp_path / "坏的.crt")))


def test_without_verification_it_is_still_encrypted(secured: tuple[Address, str]) -> None:
    address, _ = secured
    for way in (ENCRYPTED, CLEAR):
        assert try_address(replace(address, encryption=way, certificate="", host="127.0.0.1"))[0].encryption
    assert "TLS" in try_address(replace(address, encryption=ENCRYPTED, certificate=""))[1]


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(postgres_url: str) -> None:
    port = urlsplit(postgres_url).port or 0
    address = Address("127.0.0.1", "postgres", postgres.OWNER, port=port, encryption=ENCRYPTED)
    assert "没有开加密（TLS）" in refusal(address)
