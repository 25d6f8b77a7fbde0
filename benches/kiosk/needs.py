"""Brings what measuring needs: Debian packages, Python packages in an environment of their own, and the programs.

Standard library only, for it runs before any of that is there. What is made lies in target/kiosk-bench.
"""

import os
import pathlib
import platform
import subprocess
import sys

from programs import REPOSITORY, TARGET, WORK, Program
from server import HERE

ENVIRONMENT = WORK / "python"
CARDS = WORK / "cards"
# What measuring itself takes.
PACKAGES = ["xvfb", "matchbox-window-manager", "fonts-dejavu-core", "python3-venv"]

# What packages are for, and what Rust calls that.
MACHINES = {
    "x86_64": ("amd64", "x86_64-unknown-linux-gnu"),
    "aarch64": ("arm64", "aarch64-unknown-linux-gnu"),
    "armv7l": ("armhf", "armv7-unknown-linux-gnueabihf"),
}


def bring(measured: list[Program], is_given: bool) -> None:
    """`is_given` says that our program is not to be built."""
    install({package for program in measured for package in program.needs} | set(PACKAGES))
    make_environment()
    subprocess.run([ENVIRONMENT / "bin/python", HERE / "cards.py", CARDS], check=True)
    if any(program.name == "slint" for program in measured):
        cargo("build", "--release", "--manifest-path", HERE / "peers/slint/Cargo.toml", "--target-dir", WORK / "slint")
    if not is_given:
        subprocess.run([REPOSITORY / "packaging/build", MACHINES[platform.machine()][0], "full"], check=True, stdout=sys.stderr)


def our_program() -> pathlib.Path:
    """What is built where no program is given: the program of the package `vestibule`."""
    _, triple = MACHINES[platform.machine()]
    return REPOSITORY / "target/packaging/program-full" / triple / "dist/vestibule"


def install(packages: set[str]) -> None:
    missing = sorted(package for package in packages if not is_installed(package))
    if not missing:
        return
    print("Installing:", *missing, file=sys.stderr)
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]
    subprocess.run([*apt_get, "update"], check=True, stdout=sys.stderr)
    subprocess.run([*apt_get, "install", "-y", "--no-install-recommends", *missing], check=True, stdout=sys.stderr)


def is_installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True)
    return asked.returncode == 0 and asked.stdout.startswith("installed")


def make_environment() -> None:
    """Once for each state of requirements.txt."""
    wanted = (HERE / "requirements.txt").read_text()
    made_from = ENVIRONMENT / "made-from"
    if made_from.exists() and made_from.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    pip = [ENVIRONMENT / "bin/pip", "--quiet", "install", "-r", HERE / "requirements.txt"]
    subprocess.run(pip, check=True, stdout=sys.stderr)
    made_from.write_text(wanted)


def cargo(*arguments: str | pathlib.Path) -> None:
    subprocess.run(["cargo", *arguments, "--locked"], check=True, cwd=REPOSITORY)


def go_on_inside() -> None:
    """Runs this command again with what the environment has, and as root: control groups and priorities are root's."""
    command = [str(ENVIRONMENT / "bin/python"), *sys.argv]
    if os.geteuid() != 0:
        command = ["sudo", "env", f"CARGO_TARGET_DIR={TARGET}", *command]
    os.execvp(command[0], command)


def is_inside() -> bool:
    return pathlib.Path(sys.prefix) == ENVIRONMENT and os.geteuid() == 0
