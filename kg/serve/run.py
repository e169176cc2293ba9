"""Runs the service with uvicorn until it is stopped."""

from __future__ import annotations

import ipaddress
import logging
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from kg.serve.app import Setting, build_app
from kg.serve.library import Library
from kg.serve.transport import guard_connections

_SPARE_FILES = 200


def run_service(
    setting: Setting, host: str, port: int, renew: Callable[[], Library] | None, warn: Callable[[str], None]
) -> None:
    """Serve until SIGINT or SIGTERM; an `OSError` where the address is taken."""
    # uvicorn sends itself the signal again when it has ended; this way what surrounds this call is tidied up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.basicConfig(format="kg: %(message)s", level=logging.WARNING)
    # It warns of each request that is none, which anybody may send as often as he likes.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    _allow_files(setting.limits.connections + _SPARE_FILES)
    config = uvicorn.Config(
        build_app(setting, renew, warn),
        host=host,
        port=port,
        http=guard_connections(setting.limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=setting.limits.connections,
        timeout_keep_alive=max(1, int(setting.limits.patience)),
        timeout_graceful_shutdown=5,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run()


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))
