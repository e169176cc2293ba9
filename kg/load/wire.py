"""One request over one connection, straight or through the proxy that the environment names."""

from __future__ import annotations

import base64
import http.client
import ipaddress
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers: status and reason, body, authentication challenges, and where it points to instead."""

    status: int
    reason: str
    body: bytes
    challenges: tuple[str, ...] = ()
    location: str = ""


def exchange(method: str, url: str, body: bytes, headers: dict[str, str], timeout: float) -> Reply:
    """Send a request on a new connection, for a store may drop an idle one between two large graphs."""
    parts = urlsplit(url)
    connection, path, extra = _connect(parts, timeout)
    try:
        # A server that refuses may stop reading; what it said is still there to be read.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body or None, {**headers, **extra, "Connection": "close"})
        answer = connection.getresponse()
        challenges = tuple(answer.headers.get_all("WWW-Authenticate") or ())
        return Reply(answer.status, answer.reason, answer.read(), challenges, answer.headers.get("Location", ""))
    finally:
        connection.close()


def is_here(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> is_here("localhost"), is_here("127.0.0.1"), is_here("store.example")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connect(parts: SplitResult, timeout: float) -> tuple[http.client.HTTPConnection, str, dict[str, str]]:
    """Return the connection, what to ask for on it, and what the proxy wants to know besides."""
    host = parts.hostname or ""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = "" if is_here(host) or proxy_bypass(host) else getproxies().get(parts.scheme, "")
    if not named:
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        return kind(host, parts.port, timeout=timeout), path, {}
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    proof = _prove(proxy)
    if parts.scheme == "http":
        return http.client.HTTPConnection(proxy.hostname or "", proxy.port, timeout=timeout), parts.geturl(), proof
    through = http.client.HTTPSConnection(proxy.hostname or "", proxy.port, timeout=timeout)
    through.set_tunnel(host, parts.port, proof)
    return through, path, {}


def _prove(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    known = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return {"Proxy-Authorization": "Basic " + base64.b64encode(known).decode()}
