"""A load of HTTP requests over a number of kept-alive connections, timed one by one.

A client library would cost more than the server it measures, so this speaks just enough HTTP/1.1:
``Content-Length`` bodies, one request at a time on each connection.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """One kept-alive connection with its own cookies."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request and read the whole reply. Raises ``ConnectionError`` when it breaks."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if body or method != "GET":
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        received: dict[str, str] = {}
        for line in head[1:]:
            name, separator, value = line.partition(":")
            if not separator:
                continue
            key = name.strip().lower()
            received[key] = value.strip()
            if key == "set-cookie":
                cookie, _, _ = value.strip().partition(";")
                cookie_name, _, cookie_value = cookie.partition("=")
                self.cookies[cookie_name] = cookie_value
        length = int(received.get("content-length", "0"))
        content = await reader.readexactly(length) if length else b""
        if received.get("connection", "").lower() == "close":
            await self.close()
        return Reply(status, received, content)

    async def close(self) -> None:
        """Close it; the next request opens it again."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass(slots=True)
class Timing:
    """Latencies in seconds of the requests that were answered as expected."""

    connections: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        """Requests answered per second of wall time."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """A latency in seconds: the smallest that ``share`` of the requests did not exceed."""
        if not self.latencies:
            return math.nan
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


Step = Callable[[Connection, int], Awaitable[str | None]]
"""One measured thing on a connection (with its number); returns a failure's name, or ``None``."""


async def run(
    step: Step,
    connections: list[Connection],
    *,
    seconds: float,
    warm_up: float = 0.5,
    at_most: int | None = None,
) -> Timing:
    """Repeat ``step`` on every connection at once for some seconds, after a warm-up."""
    timing = Timing(connections=len(connections), seconds=0.0)
    begin = time.perf_counter()
    measured_from = begin + warm_up
    end = measured_from + seconds
    left = at_most

    async def work(connection: Connection, number: int) -> None:
        nonlocal left
        while (started := time.perf_counter()) < end:
            if left is not None:
                if left <= 0:
                    return
                left -= 1
            failure = await step(connection, number)
            finished = time.perf_counter()
            if failure is not None:
                timing.failures[failure] = timing.failures.get(failure, 0) + 1
            elif started >= measured_from:
                timing.latencies.append(finished - started)

    await asyncio.gather(*(work(each, number) for number, each in enumerate(connections)))
    timing.seconds = time.perf_counter() - measured_from
    return timing
