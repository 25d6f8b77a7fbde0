"""What a program takes on a disk, beyond what any of them needs: its own files, and Debian packages that come with it.

The packages are those that `apt-get install --no-install-recommends` would bring to a machine that has none, less those
it would bring for a screen alone. Libraries that a program is linked with count as packages.
"""

import functools
import os
import pathlib
import re
import subprocess
import tempfile

from programs import Program

# A machine with a screen and nothing on it; Xvfb brings Mesa's libraries.
BASE = ["xvfb", "matchbox-window-manager", "fonts-dejavu-core", "libc6", "bash", "coreutils", "ca-certificates"]


def install_mb(program: Program) -> float:
    """In megabytes of a million bytes."""
    packages = {*program.packages, *(package for file in program.own_files for package in linked_packages(file))}
    beyond = {}
    if packages:
        of_base = brought_by(*BASE)
        beyond = {name: version for name, version in brought_by(*sorted(packages)).items() if name not in of_base}
    return (sum(map(bytes_of, program.own_files)) + packages_kib(beyond) * 1024) / 1e6


def bytes_of(path: pathlib.Path) -> int:
    return path.stat().st_size


@functools.cache
def linked_packages(file: pathlib.Path) -> set[str]:
    """The packages of the libraries that a file is linked with; none for a script."""
    libraries = re.findall(r"=> (/\S+)", output(["ldd", str(file)]))
    found = set()
    for library in libraries:
        # Where /lib leads to /usr/lib, dpkg may know only one of the names.
        real = str(pathlib.Path(library).resolve())
        for name in (library, real, real.removeprefix("/usr")):
            if owner := output(["dpkg", "-S", name]):
                found.add(owner.split(":")[0])
                break
    return found


@functools.cache
def brought_by(*packages: str) -> dict[str, str]:
    """The versions of all the packages that these bring to a machine without any."""
    with tempfile.NamedTemporaryFile() as nothing:
        command = ["apt-get", "--simulate", "-o", f"Dir::State::status={nothing.name}", "-o", "Debug::NoLocking=1"]
        found = installed_in(output([*command, "install", "--no-install-recommends", "-y", *packages]))
    if not found:
        raise SystemExit(f"apt-get would not install {' '.join(packages)}")
    return found


def installed_in(simulation: str) -> dict[str, str]:
    """Names and versions in what `apt-get --simulate` prints."""
    return dict(re.findall(r"^Inst ([^\s:]+)\S* \((\S+)", simulation, re.MULTILINE))


def packages_kib(versions: dict[str, str]) -> int:
    if not versions:
        return 0
    shown = output(["apt-cache", "show", *(f"{name}={version}" for name, version in versions.items())])
    return sum(sizes_in(shown).values())


def sizes_in(shown: str) -> dict[str, int]:
    """Installed sizes in KiB, in what `apt-cache show` prints. A package may be shown twice."""
    return {
        name[1]: int(size[1])
        for paragraph in shown.split("\n\n")
        if (name := re.search(r"^Package: (\S+)", paragraph, re.MULTILINE))
        and (size := re.search(r"^Installed-Size: (\d+)", paragraph, re.MULTILINE))
    }


def output(command: list[str]) -> str:
    """What a command prints, with none of its errors: those who ask here expect some."""
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stdout
