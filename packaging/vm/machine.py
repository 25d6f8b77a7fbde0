"""A box in qemu: power, network, clock, screen, remote control, and a shell for what a test does to it."""

import base64
import json
import os
import signal
import socket
import subprocess
import time

# Of everything that the machine answers at all. A machine without its own processor is slow, and slower on a busy host.
ANSWERS_WITHIN = 120

# Each line on a console costs an emulated machine time, and each new picture whoever reads the screen.
QUIET = "console=tty0 console=ttyS0 quiet loglevel=3 systemd.show_status=false vt.global_cursor_default=0 mitigations=off audit=0 no5lvl"


class Gone(Exception):
    """The machine does not answer, or is no more."""


class Line:
    """A connection to qemu, one line at a time."""

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()
        self.ours.settimeout(ANSWERS_WITHIN)
        self.read = self.ours.makefile("rb")

    def send(self, text):
        try:
            self.ours.sendall(text.encode() + b"\n")
        except OSError as error:
            raise Gone(str(error)) from error

    def receive(self):
        try:
            line = self.read.readline()
        except OSError as error:
            raise Gone(str(error)) from error
        if not line:
            raise Gone("the machine has gone")
        return line


class Machine:
    """Boots as it is made. `folder` holds vmlinux and initrd; options of the kernel and of qemu may be added."""

    def __init__(self, folder, disk, console, append="", more=(), root="rw"):
        self.disk = disk
        self.monitor, self.door = Line(), Line()
        fds = [line.theirs.fileno() for line in (self.monitor, self.door)]
        command = ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", "1024", "-smp", "1"]
        command += ["-nodefaults", "-display", "none", "-no-reboot"]
        command += ["-kernel", str(folder / "vmlinux"), "-initrd", str(folder / "initrd")]
        command += ["-append", f"root=/dev/vda {root} {QUIET} {append}"]
        command += disk.power_on()
        command += ["-device", "virtio-vga,xres=1280,yres=720", "-device", "virtio-keyboard-pci"]
        command += ["-netdev", "user,id=net", "-device", "virtio-net-pci,id=card,netdev=net,romfile="]
        command += ["-serial", f"file:{console}"]
        command += ["-chardev", f"socket,id=monitor,fd={fds[0]}", "-mon", "chardev=monitor,mode=control"]
        command += ["-chardev", f"socket,id=door,fd={fds[1]}", "-device", "virtio-serial-pci"]
        command += ["-device", "virtserialport,chardev=door,name=door"]
        command += more
        self.booted_at = time.monotonic()
        self.process = subprocess.Popen(command, pass_fds=fds, stdin=subprocess.DEVNULL)
        for line in (self.monitor, self.door):
            line.theirs.close()
        self.monitor.receive()
        self.ask("qmp_capabilities")

    def since_power_on(self):
        return time.monotonic() - self.booted_at

    def ask(self, command, **arguments):
        """A command of qemu's monitor (QMP)."""
        self.monitor.send(json.dumps({"execute": command, "arguments": arguments}))
        while True:
            answer = json.loads(self.monitor.receive())
            if "error" in answer:
                raise Gone(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def screen(self, path):
        """What is on its screen, as a PNG."""
        self.ask("screendump", filename=str(path), format="png")
        return path

    def press(self, *keys):
        """One key of the remote, or several held together."""
        self.ask("send-key", keys=[{"type": "qcode", "data": key} for key in keys])

    def plug(self, plugged):
        """The network's cable."""
        self.ask("set_link", name="card", up=plugged)

    def shell(self, command):
        """Runs a command as root: its status and what it printed."""
        self.door.send(base64.b64encode(command.encode()).decode())
        status, printed = self.door.receive().decode().rstrip("\n").split(" ", 1)
        return int(status), base64.b64decode(printed).decode(errors="replace")

    def must(self, command):
        status, printed = self.shell(command)
        if status != 0:
            raise Gone(f"{command}: status {status}: {printed}")
        return printed

    def cut(self):
        """The power goes. May be asked for by any thread, and more than once."""
        try:
            os.kill(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def gone(self, chance):
        """After the cut: what the disk says was lost."""
        self.cut()
        self.process.wait()
        return self.disk.power_off(chance)
