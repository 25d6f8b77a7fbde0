"""What a box signs in at, outside of it, so that no power cut of the box touches it: the demo, and in front of it one who watches."""

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import threading
import time
import urllib.parse


class Demo:
    """`vestibule demo --serve-only` of `program`, whose state is kept in `home`."""

    def __init__(self, program, home, port, access_lifetime, leeway):
        home.mkdir(parents=True, exist_ok=True)
        command = [program, "demo", "--serve-only", "--port", port, "--interval", 1, "--code-lifetime", 600]
        command += ["--access-lifetime", access_lifetime, "--rotation-leeway", leeway]
        places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        self.log = open(home / "demo.log", "ab")
        self.process = subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, **places, "HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        ready = self.process.stdout.readline()
        if not ready:
            raise SystemExit(f"the demo does not start on port {port}: see {home / 'demo.log'}")
        self.issuer = json.loads(ready)["issuer"]

    def close(self):
        """Twice does no harm."""
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()


def allow(address, person="ada"):
    """What a phone does with the address in the QR code: opens the page and says yes."""
    where = urllib.parse.urlsplit(address)
    phone = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
    phone.request("GET", f"{where.path}?{where.query}")
    page = phone.getresponse()
    cookie = page.getheader("set-cookie", "").split(";")[0]
    html = page.read().decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    form = urllib.parse.urlencode({**hidden, "person": person, "decision": "allow"})
    phone.request("POST", where.path, form, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    status = phone.getresponse().status
    phone.close()
    if status != 303:
        raise ValueError(f"the page of the code answers {status}")


class Refresh:
    """One refresh that was seen: which token (its hash), when, and how it was answered."""

    def __init__(self, token):
        self.token, self.asked_at, self.status = hashlib.sha256(token).hexdigest()[:12], time.monotonic(), None


class Watch:
    """Carries bytes between the box and the demo, and sees each refresh go by."""

    def __init__(self, port, demo_port):
        self.demo_port = demo_port
        self.refreshes = []
        # Called with each refresh when its answer has come from the demo; what it returns is called when the answer
        # has been passed on. `False` instead: the answer is not passed on.
        self.answered = lambda refresh: None
        self.carried = []
        self.listener = socket.create_server(("127.0.0.1", port))
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                box, _ = self.listener.accept()
            except OSError:
                return
            try:
                demo = socket.create_connection(("127.0.0.1", self.demo_port), timeout=10)
            except OSError:
                box.close()
                continue
            demo.settimeout(None)
            self.carried.append(Carried(self, box, demo))

    def close(self):
        """Twice does no harm."""
        try:
            # Wakes the thread that waits for the next connection.
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join()
        self.listener.close()
        for carried in self.carried:
            carried.end()


class Carried:
    """One connection. HTTP/1.1 without pipelining: an answer belongs to the request before it."""

    def __init__(self, watch, box, demo):
        self.watch, self.box, self.demo, self.refresh = watch, box, demo, None
        for way in (self.requests, self.answers):
            threading.Thread(target=self.carry, args=(way,), daemon=True).start()

    def carry(self, way):
        try:
            way()
        except OSError:
            pass
        self.end()

    def end(self):
        for end in (self.box, self.demo):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def requests(self):
        seen = b""
        while chunk := self.box.recv(65536):
            seen = (seen + chunk)[-65536:]
            if b"grant_type=refresh_token" in seen and (found := re.search(rb"refresh_token=([^&\s]+)(?:&|$)", seen.replace(b"grant_type=refresh_token", b""))):
                self.refresh = Refresh(found[1])
                self.watch.refreshes.append(self.refresh)
                seen = b""
            self.demo.sendall(chunk)

    def answers(self):
        while chunk := self.demo.recv(65536):
            refresh, self.refresh = self.refresh, None
            then = None
            if refresh:
                refresh.status = int(chunk.split(b" ", 2)[1])
                then = self.watch.answered(refresh)
                if then is False:
                    return
            self.box.sendall(chunk)
            if then:
                then()
