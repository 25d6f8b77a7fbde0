"""The programs that are measured: ours, and peers that show the same screens with other toolkits (folder peers).

All of them draw in software, as on a box without a GPU.
"""

import os
import pathlib
from collections.abc import Callable
from dataclasses import dataclass, field

from server import HERE

REPOSITORY = HERE.parents[1]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")).resolve()
# All that is made or fetched for measuring.
WORK = TARGET / "kiosk-bench"


@dataclass(frozen=True)
class Place:
    """Where a program runs in one trial."""

    # The server it signs in at.
    base: str
    # A folder of this trial's own.
    folder: pathlib.Path
    # Pixels for each unit of the peers' screens, which are drawn for 1920x1080.
    scale: float


@dataclass(frozen=True)
class Program:
    name: str
    label: str
    command: Callable[[Place], list[str]]
    environment: Callable[[Place], dict[str, str]] = lambda place: {}
    # Files that are written before it starts, by their names in the trial's folder.
    files: Callable[[Place], dict[str, str]] = lambda place: {}
    # What it says of its version.
    version: list[str] = field(default_factory=list)
    # What is installed with it: files and folders of its own, and Debian packages.
    own_files: list[pathlib.Path] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    # What it takes to be run here: Debian packages beyond those.
    needs: list[str] = field(default_factory=list)


# Libraries that winit opens at run time.
WINDOW_LIBRARIES = ["libx11-6", "libx11-xcb1", "libxcursor1", "libxi6", "libxkbcommon-x11-0", "libxrandr2"]

# Everything that draws is on, as it is without a word in the configuration. Left out is what the peers' screens do not
# have: the greeting before home, and a clock, whose minutes would be changed pixels.
CONFIGURATION = """
[provider]
preset = "oidc"
issuer = "{base}"
client_id = "kiosk"
scopes = ["openid", "profile", "offline_access"]

[api]
base_url = "{base}/api/"

[[api.rows]]
title = "Home"
path = "items"
row_source = {{ rows_path = "/rows", title = "/title", items = "/items" }}
card = {{ id = "/id", title = "/title", subtitle = "/subtitle", image = "/image" }}

[sign_in]
start = "at-launch"
greeting_seconds = 0

[screen]
clock = false
"""


def vestibule(program: pathlib.Path) -> Program:
    return Program(
        name="vestibule",
        label="Vestibule",
        command=lambda place: [
            str(program),
            "--config",
            str(place.folder / "vestibule.toml"),
            "--renderer",
            "software",
        ],
        # Nothing is kept from one trial to the next: it has no caches that a boot needs.
        environment=lambda place: {"XDG_CACHE_HOME": str(place.folder / "cache")},
        files=lambda place: {"vestibule.toml": CONFIGURATION.format(base=place.base)},
        version=[str(program), "--version"],
        own_files=[program],
        packages=WINDOW_LIBRARIES,
        needs=WINDOW_LIBRARIES,
    )


def slint() -> Program:
    program = WORK / "slint/release/slint-peer"
    return Program(
        name="slint",
        label="Slint",
        command=lambda place: [str(program), place.base],
        environment=lambda place: {"SLINT_BACKEND": "winit-software", "SLINT_SCALE_FACTOR": f"{place.scale:g}"},
        version=["sed", "-n", '/^name = "slint"/{n;s/version = "/slint /;s/"//p}', f"{HERE}/peers/slint/Cargo.lock"],
        own_files=[program],
        packages=[*WINDOW_LIBRARIES, "libfontconfig1"],
        needs=[*WINDOW_LIBRARIES, "libfontconfig1"],
    )


def gtk() -> Program:
    page = HERE / "peers/gtk/kiosk.py"
    return Program(
        name="gtk",
        label="GTK 4",
        command=lambda place: ["/usr/bin/python3", str(page), place.base],
        environment=lambda place: {"GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "UI_SCALE": f"{place.scale:g}"},
        version=["dpkg-query", "-W", "gir1.2-gtk-4.0"],
        own_files=[page],
        packages=["python3", "python3-gi", "gir1.2-gtk-4.0", "python3-segno"],
        needs=["python3-gi", "gir1.2-gtk-4.0", "python3-segno"],
    )


def qt() -> Program:
    page = HERE / "peers/qml/main.qml"
    modules = ["qml-qt6", "qml6-module-qtquick", "qml6-module-qtquick-window", "qml6-module-qtqml-workerscript"]
    return Program(
        name="qt",
        label="Qt 6 QML",
        command=lambda place: ["/usr/lib/qt6/bin/qml", str(page), "--", place.base],
        environment=lambda place: {"QT_QUICK_BACKEND": "software"},
        version=["dpkg-query", "-W", "qml-qt6"],
        own_files=[page],
        packages=modules,
        needs=[*modules, "node-qrcode-generator"],
    )


def chromium() -> Program:
    page = HERE / "peers/web/index.html"
    options = ["--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    options += ["--disable-background-networking", "--disable-component-update", "--password-store=basic"]
    return Program(
        name="chromium",
        label="Chromium",
        command=lambda place: [
            "/usr/bin/chromium",
            *options,
            f"--user-data-dir={place.folder}/profile",
            f"{place.base}/page/",
        ],
        version=["dpkg-query", "-W", "chromium"],
        own_files=[page],
        packages=["chromium"],
        needs=["chromium", "node-qrcode-generator"],
    )


PEERS = {"slint": slint, "gtk": gtk, "qt": qt, "chromium": chromium}
