"""Beyond this machine: only behind TLS, only under the declared address, only through the declared proxy."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastapi.testclient import TestClient

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.ports import World
from secondstory.web.app import build_app
from secondstory.web.door import Door
from secondstory.web.entrance import declared
from secondstory.web.serving import serving

URL = "https://post-mortems.example"
NO_TLS = (None, None)


@pytest.mark.parametrize(
    ("bind", "url", "proxies", "says"),
    [
        ("0.0.0.0", "", (), "0.0.0.0 is not loopback"),
        ("::", URL, (), ":: is not loopback"),
        ("127.0.0.1", URL, (), "nothing says how TLS is ended"),
        ("0.0.0.0", "", ("10.0.0.2",), "not under which address"),
        ("0.0.0.0", "http://post-mortems.example", ("10.0.0.2",), "cannot be the public address"),
        ("0.0.0.0", f"{URL}/second", ("10.0.0.2",), "cannot be the public address"),
        ("localhost", "", (), "localhost is no IP address"),
        ("127.0.0.1", URL, ("a proxy",), "a proxy is no IP address"),
    ],
)
def test_an_entrance_that_would_let_anybody_listen_is_refused(
    bind: str, url: str, proxies: tuple[str, ...], says: str
) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        declared(bind, url, NO_TLS, proxies)
    assert refused.value.next_step


@pytest.fixture(scope="module")
def behind(demo_world: World) -> Callable[..., TestClient]:
    entrance = declared("127.0.0.1", URL, NO_TLS, ("10.0.0.2",))
    door = Door(LOCAL_OWNER, 8123, entrance)
    app = build_app(demo_world, door, 1, lambda: None)

    def client(peer: str = "10.0.0.2", **headers: str) -> TestClient:
        return TestClient(app, base_url=URL, client=(peer, 5), headers=headers)

    return client


def test_only_the_declared_proxy_is_believed_and_only_over_tls(behind: Callable[..., TestClient]) -> None:
    health = "/api/v1/health"
    outside = {"X-Forwarded-Proto": "https"}
    answer = behind(**outside).get(health)
    assert answer.status_code == 200 and "max-age" in answer.headers["strict-transport-security"]
    assert behind("10.0.0.3", **outside).get(health).status_code == 403
    assert behind(**{"X-Forwarded-Proto": "http"}).get(health).status_code == 403
    assert behind().get(health).status_code == 403
    assert behind(**outside).get(health, headers={"Host": "127.0.0.1:8123"}).status_code == 403
    assert behind(**outside).get(health, headers={"Origin": "http://post-mortems.example"}).status_code == 403
    assert behind(**outside).get(health, headers={"Origin": URL}).status_code == 200


def test_behind_tls_the_cookie_is_for_this_host_and_tls_alone(demo_world: World) -> None:
    door = Door(LOCAL_OWNER, 8123, declared("127.0.0.1", URL, NO_TLS, ("10.0.0.2",)))
    app = build_app(demo_world, door, 1, lambda: None)
    client = TestClient(app, base_url=URL, client=("10.0.0.2", 5), headers={"X-Forwarded-Proto": "https"})
    assert door.invitation().startswith(f"{URL}/?token=")
    cookie = client.get(door.invitation(), follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("__Host-secondstory=") and "Secure" in cookie and "Domain" not in cookie
    assert client.get("/api/v1/session").json()["is_owner"] is True


def test_a_server_with_a_certificate_of_its_own_speaks_tls_and_nothing_else(demo_world: World, tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    entrance = declared("127.0.0.1", f"https://127.0.0.1:{port}", (certificate, key), ())
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(demo_world, port, 8, entrance):
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
            trusting.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
        ):
            secured.sendall(f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert secured.recv(4096).startswith(b"HTTP/1.1 200")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
            plain.sendall(f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert not plain.recv(4096).startswith(b"HTTP/1.1 200")
    with pytest.raises(BadInput, match="only one of them"):
        declared("127.0.0.1", URL, (certificate, None), ())
    other = tmp_path / "other"
    other.mkdir()
    with (
        pytest.raises(BadInput, match="cannot be used"),
        serving(demo_world, 0, 8, declared("127.0.0.1", URL, (certificate, made(other)[1]), ())),
    ):
        pass


def made(folder: Path) -> tuple[Path, Path]:
    """A certificate for loopback that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "chain.pem", folder / "key.pem"
    certificate_file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file
