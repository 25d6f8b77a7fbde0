"""The server of server.py from the side of who measures: tells it what a trial is, and reads what it was asked."""

import http.client
import json
import pathlib
import subprocess
import sys
from dataclasses import dataclass

from server import HERE


@dataclass(frozen=True)
class Request:
    """One request that was answered; times are in seconds of the monotonic clock."""

    name: str
    received: float
    answered: float


class Traffic:
    """A server of our own, and what it was asked in this trial."""

    def __init__(self, cards: pathlib.Path, folder: pathlib.Path):
        log = folder / "server.log"
        log.touch()
        command = [sys.executable, "-B", str(HERE / "server.py"), "--cards", str(cards), "--log", str(log)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()
        self.log = open(log)
        self.line = ""
        self.requests: list[Request] = []

    def begin_trial(self, rows: int, columns: int, interval_s: int) -> None:
        self.control(f"reset?rows={rows}&columns={columns}&interval_s={interval_s}")
        self.read()
        self.requests.clear()

    def approve(self) -> None:
        """The person agrees on their phone."""
        self.control("approve")

    def control(self, what: str) -> None:
        connection = http.client.HTTPConnection(self.base.removeprefix("http://"), timeout=5)
        connection.request("POST", f"/control/{what}")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the server answered {answer.status} to {what}")

    def read(self) -> list[Request]:
        """All the requests of this trial so far. A line may be there in part."""
        while part := self.log.readline():
            self.line += part
            if self.line.endswith("\n"):
                self.requests.append(Request(**json.loads(self.line)))
                self.line = ""
        return self.requests

    def named(self, *names: str) -> list[Request]:
        return [request for request in self.read() if request.name in names]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.log.close()


def poll_lag_ms(requests: list[Request], interval_s: int) -> float:
    """How much later than the answer before it and the interval the token was asked for (RFC 8628 section 3.5)."""
    token = next(request for request in requests if request.name == "token")
    before = max(request.answered for request in requests if request.name in ("device code", "pending"))
    return 1000 * (token.received - before - interval_s)
