"""What surrounds every request: headers that tell browsers what not to do, host names, and errors without a trace."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-cache"),
    (b"vary", b"Accept, Accept-Encoding"),
)
_POLICY = b"content-security-policy"
_NOTHING = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")
_OPEN = {b"access-control-allow-origin": b"*", b"cross-origin-resource-policy": b"cross-origin"}
_LAST = {"connection": "close"}
_log = logging.getLogger("kg.serve")


class Shield:
    """Wraps the application. `hosts` are the names it answers to, None for all; `cors` lets other sites' pages ask.

    The names matter on one's own machine: a page of another site whose name is made to lead here could read
    everything, for the browser would take this server for that site.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None, cors: bool) -> None:
        self._app = app
        self._hosts = hosts
        self._cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_shielded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = self._complete(message["status"], message["headers"])
            await send(message)

        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            await PlainTextResponse("name one host\n", 400, _LAST)(scope, receive, send_shielded)
            return
        if self._hosts is not None and _name_of(hosts[0]) not in self._hosts:
            refusal = PlainTextResponse("this server does not go by that name\n", 421, _LAST)
            await refusal(scope, receive, send_shielded)
            return
        if scope["method"] == "OPTIONS":
            methods = "GET, HEAD, POST, OPTIONS" if scope["path"] == "/sparql" else "GET, HEAD, OPTIONS"
            allowed = {"allow": methods}
            if self._cors:
                allowed |= {"access-control-allow-methods": methods, "access-control-allow-headers": "*"}
            await PlainTextResponse("", 204, allowed)(scope, receive, send_shielded)
            return
        try:
            await self._app(scope, receive, send_shielded)
        except Exception:
            # The client learns nothing of the inside; whoever runs the server finds it in the log.
            _log.exception("%s %s failed", scope["method"], scope["path"])
            if not started:
                await PlainTextResponse("the server made a mistake\n", 500)(scope, receive, send_shielded)

    def _complete(self, status: int, given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        headers = list(given)
        names = {name for name, _ in headers}
        headers += [header for header in _HEADERS if header[0] not in names]
        # A 304 speaks of a page that came with its own policy, and must not change it.
        if status != 304 and _POLICY not in names:
            headers.append(_NOTHING)
        if self._cors:
            headers = [header for header in headers if header[0] not in _OPEN] + list(_OPEN.items())
        return headers


def _name_of(host: str) -> str:
    """Return the name in a Host header.

    >>> _name_of("[::1]:7001"), _name_of("localhost:7001"), _name_of("localhost")
    ('::1', 'localhost', 'localhost')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()
