"""What happens to boxes, and what each has to come to."""

import time

from box import ACCESS_LIFETIME, Failed, WITHIN
from server import allow

ALL = []


class Case:
    def __init__(self, name, until, does):
        self.name, self.until, self.does = name, until, does


def case(name, until):
    def known(does):
        ALL.append(Case(name, until, does))
        return does

    return known


# ---- the first day ----


@case("first boot", "the code, from power-on")
def first_boot(bench, outcome, _):
    with bench.box("first boot", "new") as box:
        box.boot()
        took, code = box.until("code"), box.seen.code
        # What is seen and what the box says are the same.
        told = box.asked("screen --json")
        if (told["screen"], told["signed_in"]) != ("sign_in", False):
            raise Failed(f"beside a code it says {told}")
        outcome.passed(took, code)


@case("sign-in", "home, from the yes on the phone")
def sign_in(bench, outcome, _):
    with bench.box("sign-in", "new") as box:
        box.boot()
        outcome.passed(box.sign_in())
        box.keep("signed-in")


def signed_in(bench, name, **how):
    """A box on which somebody is signed in."""
    if not bench.has("signed-in"):
        with bench.box("sign-in", "new") as box:
            box.boot()
            box.sign_in()
            box.keep("signed-in")
    return bench.box(name, "signed-in", **how)


def running(bench, name):
    """The same, switched on and at home."""
    return bench.running_box(name, lambda: signed_in(bench, name))


# ---- power ----


@case("what is not synced is lost", "the box is up again")
def honest_cut(bench, outcome, _):
    """The cut itself is put to the test: one that loses nothing would show nothing."""
    with signed_in(bench, "honest cut") as box:
        box.boot()
        box.until("home")
        box.machine.must("echo synced > /root/synced && sync && echo written > /root/written")
        print("   of the disk's sectors:", box.cut())
        box.boot()
        took = box.until("home", "code")
        left = box.machine.must("cd /root; cat synced; [ ! -s written ] || cat written").split()
        if left != ["synced"]:
            raise Failed(f"after the cut there is {left}")
        outcome.passed(took)


@case("power cut in a refresh storm", "home, from power-on; then a refresh is answered and cards are there")
def power_cut(bench, outcome, given):
    """An access token lives for seconds, so that the box refreshes without end. The power goes at one of three moments:
    any; when the server has exchanged the token and its answer is not yet with the box; in the 400 ms after that answer,
    in which it is written. All cuts are on one box, whose disk has been through those before."""
    moments = ["answer under way", "answer just here", "any"]
    with signed_in(bench, "power cut") as box:
        box.boot()
        box.until("home")
        forgiven = 0
        for number in range(given.cuts):
            moment = moments[number % len(moments)]
            last = storm(box, moment, bench.chance)
            lost = box.cut()
            up_since = time.monotonic()
            box.boot()
            try:
                took = box.until("home", "code", within=2 * WITHIN)
                if box.seen.state != "home":
                    raise Failed(f"cut {number + 1} ({moment}): signed out: {box.seen}")
                box.refreshed(since=up_since)
                box.filled()
                box.shot(f"{number + 1:02}")
            except Failed as error:
                outcome.failed(str(error))
                box.explain()
                if box.look().state == "code":
                    box.sign_in()
                continue
            first = next(r for r in box.watch.refreshes if r.asked_at > up_since)
            again = first.token == last
            forgiven += again
            note = "came with the token from before the cut, which was spent" if again else "came with a token that was new"
            outcome.passed(took, f"cut {number + 1} ({moment}); lost {lost['sectors_lost']} sectors; {note}")
        print(f"   {forgiven} of {given.cuts} boots came with a spent token: a server without leeway would have ended them")


def storm(box, moment, chance):
    """Cuts the power at such a moment; returns the token of the last refresh that the server answered."""
    box.refreshed()
    machine, watch = box.machine, box.watch
    delay = chance.uniform(0, 0.4)

    def with_the_answer(refresh):
        if refresh.status != 200:
            return None
        if moment == "answer under way":
            machine.cut()
            return False

        def just_after():
            time.sleep(delay)
            machine.cut()

        return just_after

    if moment == "any":
        time.sleep(chance.uniform(0, 2 * ACCESS_LIFETIME))
        machine.cut()
    else:
        watch.answered = with_the_answer
    try:
        box.wait("the cut", lambda: machine.process.poll() is not None)
    finally:
        watch.answered = lambda refresh: None
    return [r.token for r in watch.refreshes if r.status == 200][-1]


@case("power cut while it boots", "home, from the last power-on")
def cut_in_boot(bench, outcome, given):
    with signed_in(bench, "cut in boot") as box:
        for _ in range(3):
            box.boot()
            box.machine.shell("true")
            time.sleep(bench.chance.uniform(0, 15))
            box.cut()
        box.boot()
        outcome.passed(box.until("home"))
        box.refreshed()


# ---- network and clock ----


@case("network late, signed out", "the code, from the network")
def network_late(bench, outcome, _):
    with bench.box("network late signed out", "new") as box:
        box.boot()
        box.machine.plug(False)
        box.up()
        box.until("fault", "code")
        if box.seen.code:
            raise Failed("a code without a network")
        box.shot("without")
        box.machine.plug(True)
        began = time.monotonic()
        box.until("code")
        outcome.passed(time.monotonic() - began)


@case("network late, signed in", "cards after a refresh, from the network")
def network_late_signed_in(bench, outcome, _):
    with signed_in(bench, "network late signed in") as box:
        box.boot()
        box.machine.plug(False)
        box.up()
        box.until("fault", "home")
        box.wait("a box that misses its server", lambda: box.troubles() & {"api_unreachable", "server_unreachable"})
        box.shot("without")
        box.machine.plug(True)
        began = time.monotonic()
        box.refreshed()
        box.filled()
        outcome.passed(time.monotonic() - began)


@case("clock at 1970, signed out", "the code, from power-on; refused for the clock; signed in once it is set")
def clock(bench, outcome, _):
    """An ID token of the future is believed only where the server has told the time over https, which this one has not."""
    with bench.box("clock signed out", "new") as box:
        box.boot(append="test.clock=1970", more=["-rtc", "base=1970-01-01T00:00:00"])
        took = box.until("code")
        stood = box.machine.must("date").strip()
        allow(box.seen.code)
        box.until("fault")
        box.shot("refused")
        box.machine.must(f"date --set @{int(time.time())}")
        box.machine.press("ret")
        box.sign_in()
        outcome.passed(took, stood)


@case("clock at 1970, signed in", "home, from power-on; still there when the clock is set")
def clock_signed_in(bench, outcome, _):
    with signed_in(bench, "clock signed in") as box:
        box.boot(append="test.clock=1970", more=["-rtc", "base=1970-01-01T00:00:00"])
        took = box.until("home")
        box.refreshed()
        stood = box.machine.must("date").strip()
        box.machine.must(f"date --set @{int(time.time())}")
        box.refreshed()
        box.until("home")
        outcome.passed(took, stood)


# ---- disk ----


@case("read-only root, state on a disk of its own", "home after a cut, from power-on")
def read_only(bench, outcome, _):
    with bench.box("read-only", "new") as box:
        state = bench.folder / "state.img"
        state.unlink(missing_ok=True)
        with open(state, "wb") as made:
            made.truncate(64 << 20)
        read_only_root(box, "/dev/vdb STATE ext4 rw,x-systemd.makefs 0 0")
        more = ["-drive", f"file={state},if=virtio,format=raw,cache=writeback"]
        box.boot(root="ro", more=more)
        box.sign_in()
        box.refreshed()
        box.cut()
        box.boot(root="ro", more=more)
        took = box.until("home", "code")
        if box.seen.state != "home":
            raise Failed(f"signed out: {box.seen}")
        outcome.passed(took, box.machine.must("grep ' / ' /proc/mounts").strip())


@case("read-only root, state in memory", "the code at each boot, from power-on")
def read_only_memory(bench, outcome, _):
    with bench.box("read-only memory", "new") as box:
        read_only_root(box, "tmpfs STATE tmpfs mode=0755 0 0")
        box.boot(root="ro")
        box.sign_in()
        box.cut()
        box.boot(root="ro")
        outcome.passed(box.until("code"))


def read_only_root(box, state):
    """The root is mounted read-only, and what has to be written lies elsewhere."""
    lines = ["/dev/vda / ext4 ro 0 0", state.replace("STATE", "/var/lib/vestibule")]
    box.edit("/etc/fstab", "\n".join([*lines, "tmpfs /tmp tmpfs defaults 0 0"]) + "\n")


# ---- the program, and what is around it ----


@case("compositor killed", "home, from the kill")
def compositor(bench, outcome, _):
    with running(bench, "compositor killed") as box:
        for _ in range(3):
            outcome.passed(again(box, "kill -KILL $(pidof cage)"))


@case("program killed", "home, from the kill")
def killed(bench, outcome, _):
    with running(bench, "program killed") as box:
        outcome.passed(again(box, "kill -KILL $(pidof vestibule)"))


@case("program stopped", "home, from the stop, by the watchdog")
def stopped(bench, outcome, _):
    with running(bench, "program stopped") as box:
        outcome.passed(again(box, "kill -STOP $(pidof vestibule)"))


@case("another terminal in front", "home, from the way back; journal and health say screen_hidden")
def hidden(bench, outcome, _):
    with running(bench, "another terminal in front") as box:
        box.machine.must("chvt 2")
        told = "journalctl --boot --unit vestibule-kiosk | grep --quiet screen_hidden"
        after = box.wait("screen_hidden in the journal", lambda: box.machine.shell(told)[0] == 0)
        box.wait("screen_hidden of health", lambda: "screen_hidden" in box.troubles())
        box.shot("hidden")
        began = time.monotonic()
        box.machine.must("chvt 1")
        box.until("home")
        took = time.monotonic() - began
        box.wait("a healthy box", lambda: not box.troubles())
        outcome.passed(took, f"told after {after:.0f} s")


@case("compositor stopped", "home, from the stop, by the watchdog")
def compositor_stopped(bench, outcome, _):
    with running(bench, "compositor stopped") as box:
        outcome.passed(again(box, "kill -STOP $(pidof cage)"))


@case("disk full", "home or the code after a cut, from power-on")
def disk_full(bench, outcome, _):
    with running(bench, "disk full") as box:
        # As root: also what is kept back for root.
        box.machine.shell("dd if=/dev/zero of=/fill bs=1M; dd if=/dev/zero of=/fill2 bs=1k; sync")
        full = box.machine.must("df --output=avail / | tail -n 1").strip()
        began = time.monotonic()
        box.wait("some refreshes", lambda: sum(r.asked_at > began for r in box.watch.refreshes) >= 3)
        box.until("home")
        box.shot("full")
        if "disk_full" not in box.troubles():
            raise Failed(f"health does not tell: {box.asked('health')}")
        box.cut()
        box.boot()
        took = box.until("home", "code")
        after = box.seen.state
        box.shot("after")
        outcome.passed(took, f"with {full} blocks left; after the cut: {after}")


@case("display manager", "home, from power-on; the other one has not been started")
def display_manager(bench, outcome, _):
    """One that takes another terminal to the front, as they do, and is wanted by the same boot."""
    with signed_in(bench, "display manager") as box:
        box.boot()
        box.machine.must(f"printf '%s\\n' {' '.join(repr(line) for line in DISPLAY_MANAGER)} > /etc/systemd/system/another.service")
        box.machine.must("systemctl enable another.service && test -L /etc/systemd/system/display-manager.service && sync")
        box.cut()
        box.boot()
        took = box.until("home")
        box.up()
        state = box.machine.shell("systemctl is-active display-manager; cat /sys/class/tty/tty0/active")[1].split()
        if state != ["inactive", "tty1"]:
            raise Failed(f"beside the kiosk there is {state}")
        outcome.passed(took)


DISPLAY_MANAGER = [
    "[Service]",
    "ExecStartPre=/usr/bin/chvt 7",
    "ExecStart=/sbin/agetty tty7 linux",
    "Restart=always",
    "[Install]",
    "Alias=display-manager.service",
]


def again(box, command):
    """Seconds from a command that ends the unit's processes until another of it has home on the screen."""
    before = box.main_pid()
    began = time.monotonic()
    box.machine.must(command)
    box.wait("another process", lambda: box.main_pid() not in (before, "0"))
    box.up()
    box.until("home")
    took = time.monotonic() - began
    box.refreshed()
    return took
