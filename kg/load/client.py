"""HTTP to a store: one request at a time, answered, retried, or explained."""

from __future__ import annotations

import http.client
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.load.auth import Challenge, Login, read_challenge, write_digest, write_plain
from kg.load.errors import LoadError
from kg.load.wire import Reply, exchange

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_FAULTS = (OSError, http.client.HTTPException)
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
_HINTS = {
    400: "the server does not understand the data or the request 服务器不认这样的数据或请求",
    401: "check --user, --auth and the password in KG_PASSWORD 请核对 --user、--auth 和 KG_PASSWORD 中的密码",
    403: "the account may not write here 此账户无权写入",
    404: "nothing is at that address; check --to and --kind 该地址没有内容，请核对 --to 和 --kind",
    405: "the server is read-only, or --kind is not what it is 服务器只读，或 --kind 不符",
    407: "the proxy wants a user and a password: put them into HTTPS_PROXY 代理要求用户名和密码，请写入 HTTPS_PROXY",
    413: "the server takes no body of that size; try a smaller --piece 请求过大，请减小 --piece",
    415: "the server does not take this form of RDF; check --kind 服务器不收这种格式，请核对 --kind",
    503: "the server is busy; try again later, loading again is safe 服务器繁忙，稍后重来即可，重复装载无害",
}
_MOVED = "give that address in --to 请把 --to 改为该地址"
_UNREACHED = (
    "does the server run there, and is --to right? Loading again is safe 请确认服务器已启动、--to 无误；重复装载无害"
)
_UNTRUSTED = "set SSL_CERT_FILE to the certificate that it is signed with 证书不受信任，请用 SSL_CERT_FILE 指明签发证书"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer, and how often to try again after a fault, doubling the first pause (seconds)."""

    timeout: float = 120
    tries: int = 5
    pause: float = 0.5


class Client:
    """Sends requests to one server as one user; keeps a digest challenge, since each answer may renew it."""

    def __init__(self, login: Login, patience: Patience = Patience(), warn: Callable[[str], None] = lambda _: None):
        self._login = login
        self._patience = patience
        self._warn = warn
        self._challenge: Challenge | None = None
        self._used = 0

    def send(self, method: str, url: str, body: bytes = b"", media: str = "", accept: str = "*/*") -> bytes:
        """Return the body of a good answer.

        A fault of the network or a passing one of the server is tried again: what is sent must bear being sent twice.
        Raises `LoadError` for a refusal, and when patience ends.
        """
        headers = {"Accept": accept, "User-Agent": "kg"}
        if media:
            headers["Content-Type"] = media
        reason, hint = "", ""
        for turn in range(self._patience.tries):
            wait = self._patience.pause * 2 ** (turn - 1) if turn else 0.0
            if turn:
                self._warn(f"{_where(url)}: {reason}; trying again in {wait:g} s {wait:g} 秒后重试")
                time.sleep(wait)
            try:
                reply = self._send_known(method, url, body, headers)
            except ssl.SSLCertVerificationError as error:
                raise LoadError(f"{_where(url)}: {error.verify_message}; {_UNTRUSTED}") from None
            except _FAULTS as error:
                reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                hint = _UNREACHED
                continue
            if 200 <= reply.status < 300:
                return reply.body
            reason, hint = f"answers {reply.status} {reply.reason}", _HINTS.get(reply.status, "")
            said = self._hide(_plain(reply.body))
            if reply.status not in _RETRIED or (reply.status == 500 and said and turn):
                moved = f"it points to {_where(reply.location)}; {_MOVED}" if reply.location else ""
                raise LoadError("; ".join(filter(None, (f"{_where(url)}: {method} {reason}", hint, moved, said))))
        tries = f"{_where(url)}: {method} failed {self._patience.tries} times; the last time: {reason}"
        raise LoadError("; ".join(filter(None, (tries, hint))))

    def _hide(self, said: str) -> str:
        """Return what a server says without the secret, which some repeat."""
        told = write_plain(self._login) or ""
        for secret in filter(None, (told.partition(" ")[2], self._login.secret)):
            said = said.replace(secret, "***")
        return said

    def _send_known(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        """Send a request with proof of who sends it; a digest challenge is asked for before a body is sent."""
        if self._login.scheme == "digest" and self._challenge is None:
            self._ask_challenge(url)
        for _ in range(2):
            proof = self._prove(method, url)
            known = {**headers, **({"Authorization": proof} if proof else {})}
            reply = exchange(method, url, body, known, self._patience.timeout)
            digests = reply.status == 401 and self._login.scheme == "digest"
            challenge = read_challenge(reply.challenges) if digests else None
            if challenge is None or (self._challenge and challenge.nonce == self._challenge.nonce):
                break
            self._challenge, self._used = challenge, 0
        return reply

    def _ask_challenge(self, url: str) -> None:
        reply = exchange("GET", url, b"", {"Accept": "*/*"}, self._patience.timeout)
        self._challenge = read_challenge(reply.challenges)
        self._used = 0
        if reply.status == 401 and self._challenge is None:
            asked = reply.challenges[0].split()[0] if reply.challenges else "no known scheme"
            raise LoadError(
                f"{_where(url)}: the server asks for {asked}, not digest; try --auth basic "
                "服务器要的不是 digest 认证，请改用 --auth basic"
            )

    def _prove(self, method: str, url: str) -> str | None:
        if self._login.scheme != "digest" or self._challenge is None:
            return write_plain(self._login)
        self._used += 1
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return write_digest(self._login, self._challenge, method, path, self._used)


def _where(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _plain(answer: bytes) -> str:
    """Return what a server says in an error, on one line and without markup.

    >>> _plain(b"<html><body><h1>Error</h1>\\n<p>no such graph</p></body></html>")
    'Error no such graph'
    """
    return " ".join(_MARKUP.sub(" ", answer[:4000].decode("utf-8", "replace")).split())[:300]
