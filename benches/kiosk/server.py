#!/usr/bin/env python3
"""What every program signs in at: an authorization server (RFC 8628) and an API of rows of cards, on loopback.

  server.py --cards FOLDER --log FILE

Prints its address once it listens. Standard library only. What it serves:

  POST /oauth/device/code, /oauth/token       the device grant
  GET  /.well-known/openid-configuration      where these are
  GET  /userinfo, /api/items                  with the access token
  GET  /picture/N.jpg, /picture/N.png         the pictures of cards.py
  GET  /page/...                              the page that Chromium shows (peers/web)
  POST /control/reset?rows=&columns=&interval_s=   a new trial: nobody has agreed
  POST /control/approve                            the person agrees

The log has one line of JSON for each answer: its name, and when the request was read and the answer handed to the
kernel, in seconds of CLOCK_MONOTONIC, which all programs of one machine share.
"""

import argparse
import json
import mimetypes
import os
import pathlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import cards

HERE = pathlib.Path(__file__).resolve().parent
USER_CODE = "QTZL-MCBW"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
# Debian's package of the library that draws QR codes in JavaScript, for the pages of Chromium and of Qt.
QR_LIBRARY = pathlib.Path("/usr/share/nodejs/qrcode-generator/qrcode.js")


class State:
    """What the server knows in this trial."""

    def __init__(self) -> None:
        self.reset(rows=5, columns=20, interval_s=5)

    def reset(self, rows: int, columns: int, interval_s: int) -> None:
        self.interval_s = interval_s
        self.items = json.dumps(rows_of_cards(rows, columns)).encode()
        self.approved = False
        self.device_codes: set[str] = set()
        self.access_tokens: set[str] = set()


def rows_of_cards(rows: int, columns: int) -> dict[str, Any]:
    """The answer of the API. Every other picture is a JPEG, the others are PNGs."""

    def card(row: int, column: int) -> dict[str, str]:
        number = row * columns + column
        return {
            "id": f"i{number}",
            "title": f"Title {number}",
            "subtitle": f"Row {row + 1}, number {column + 1}",
            "image": f"/picture/{number}.{'png' if number % 2 else 'jpg'}",
        }

    made = [
        {"title": f"Row {row + 1}", "items": [card(row, column) for column in range(columns)]} for row in range(rows)
    ]
    return {"rows": made}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write for each answer, sent at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    server: "Server"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.received = time.monotonic()
        asked = urlsplit(self.path)
        form = {name: values[0] for name, values in parse_qs(sent.decode("latin1")).items()}
        state = self.server.state
        match asked.path:
            case "/oauth/device/code":
                self.device_code()
            case "/oauth/token":
                self.token(form)
            case "/control/approve":
                state.approved = True
                self.answer(200, {"at": self.received}, "approve")
            case "/control/reset":
                state.reset(**{name: int(values[0]) for name, values in parse_qs(asked.query).items()})
                self.answer(200, {}, "reset")
            case _:
                self.answer(404, {"error": "not_found"}, "not found")

    def do_GET(self) -> None:
        self.received = time.monotonic()
        path = urlsplit(self.path).path
        match path:
            case "/.well-known/openid-configuration":
                self.answer(200, metadata(self.server.base), "metadata")
            case "/userinfo" | "/api/items" if not self.has_token():
                self.answer(401, {"error": "invalid_token"}, "no token")
            case "/userinfo":
                self.answer(200, {"sub": "u1", "name": "Demo User", "email": "demo@example.org"}, "userinfo")
            case "/api/items":
                self.answer(200, self.server.state.items, "items")
            case _ if path.startswith("/picture/"):
                self.file(self.server.cards / cards.file_of(path.removeprefix("/picture/")), "picture")
            case "/page/qrcode.js":
                self.file(QR_LIBRARY, "page")
            case "/page/":
                self.file(HERE / "peers/web/index.html", "page")
            case _:
                self.answer(404, {"error": "not_found"}, "not found")

    def device_code(self) -> None:
        device_code = os.urandom(16).hex()
        state, base = self.server.state, self.server.base
        state.device_codes.add(device_code)
        reply = {
            "device_code": device_code,
            "user_code": USER_CODE,
            "verification_uri": f"{base}/activate",
            "verification_uri_complete": verification_uri_complete(base),
            "expires_in": 900,
            "interval": state.interval_s,
        }
        self.answer(200, reply, "device code")

    def token(self, form: dict[str, str]) -> None:
        state = self.server.state
        device_code = form.get("device_code", "")
        if form.get("grant_type") != DEVICE_GRANT:
            self.answer(400, {"error": "unsupported_grant_type"}, "unsupported grant")
        elif device_code not in state.device_codes:
            self.answer(400, {"error": "invalid_grant"}, "invalid grant")
        elif not state.approved:
            self.answer(400, {"error": "authorization_pending"}, "pending")
        else:
            state.device_codes.remove(device_code)
            access_token = os.urandom(12).hex()
            state.access_tokens.add(access_token)
            reply = {
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": 3600,
                "refresh_token": os.urandom(12).hex(),
                "scope": "openid profile offline_access",
            }
            self.answer(200, reply, "token")

    def has_token(self) -> bool:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return scheme == "Bearer" and token in self.server.state.access_tokens

    def file(self, path: pathlib.Path, name: str) -> None:
        try:
            content = self.server.content(path)
        except OSError:
            self.answer(404, b"", "not found")
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.answer(200, content, name, kind, caching="max-age=3600")

    def answer(
        self,
        status: int,
        body: bytes | dict[str, Any],
        name: str,
        kind: str = "application/json",
        caching: str = "no-store",
    ) -> None:
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", caching)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.server.note(name, self.received, time.monotonic())


def verification_uri_complete(base: str) -> str:
    """What the QR code of the code screen holds."""
    return f"{base}/activate?user_code={USER_CODE}"


def metadata(base: str) -> dict[str, Any]:
    return {
        "issuer": base,
        "device_authorization_endpoint": f"{base}/oauth/device/code",
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "userinfo_endpoint": f"{base}/userinfo",
        "jwks_uri": f"{base}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "grant_types_supported": [DEVICE_GRANT, "refresh_token"],
    }


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, cards_folder: pathlib.Path, log: pathlib.Path):
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.cards = cards_folder
        self.state = State()
        self.log = open(log, "a", buffering=1)
        self.one_at_a_time = threading.Lock()
        self.contents: dict[pathlib.Path, bytes] = {}

    def content(self, path: pathlib.Path) -> bytes:
        """A file, read from the disk once."""
        if path not in self.contents:
            self.contents[path] = path.read_bytes()
        return self.contents[path]

    def note(self, name: str, received: float, answered: float) -> None:
        with self.one_at_a_time:
            self.log.write(json.dumps({"name": name, "received": received, "answered": answered}) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cards", type=pathlib.Path, required=True)
    options.add_argument("--log", type=pathlib.Path, required=True)
    given = options.parse_args()
    server = Server(given.cards, given.log)
    print(server.base, flush=True)
    server.serve_forever(poll_interval=3600)


if __name__ == "__main__":
    main()
