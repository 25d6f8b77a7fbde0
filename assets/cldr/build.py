#!/usr/bin/env python3
"""Writes src/app/i18n/cldr.rs: what the crates of ICU4X do not tell of how people write times and numbers.

Needs npm and a network. `build.py --check` writes nothing, and ends with 1 where the file is another than it would write.
The data is Unicode's, under the licence beside this file.
"""

import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

VERSION = "48.2.0"
ROOT = pathlib.Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "src/app/i18n/cldr.rs"
NO_BREAK = "\u00a0"


def languages():
    """The languages of the screen, as CLDR calls them."""
    folders = (ROOT / "assets/i18n").iterdir()
    return {folder.name.split("-")[0] for folder in folders if folder.is_dir()}


def package(name, folder):
    subprocess.run(["npm", "pack", "--silent", f"{name}@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(folder / f"{name}-{VERSION}.tgz") as packed:
        packed.extractall(folder / name)
    return folder / name / "package"


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def twelve_hours(core):
    """Regions whose clocks count to twelve, and languages that do not do there as others do."""
    data = read(core / "supplemental/timeData.json")["supplemental"]["timeData"]
    twelve = {place: hours["_preferred"].startswith("h") for place, hours in data.items()}
    regions = sorted(place for place, is_so in twelve.items() if is_so and "-" not in place)
    others = {}
    for place, is_so in twelve.items():
        language, _, region = place.partition("-")
        if region and language in languages() and is_so != (region in regions):
            others[place] = is_so
    return regions, sorted(others.items())


def spaced_percent(numbers):
    """Languages, and languages of a region, that write a space before the percent sign."""
    spaced = {}
    for folder in sorted((numbers / "main").iterdir()):
        if folder.name.split("-")[0] not in languages():
            continue
        told = read(folder / "numbers.json")["main"][folder.name]["numbers"]
        system = told["defaultNumberingSystem"]
        pattern = told[f"percentFormats-numberSystem-{system}"]["standard"]
        # Our tags without their script: no language of ours is written in two.
        parts = [part for part in folder.name.split("-") if len(part) != 4]
        spaced["-".join(parts)] = NO_BREAK + "%" in pattern
    return [
        (place, is_so)
        for place, is_so in sorted(spaced.items())
        if is_so != spaced.get(place.split("-")[0] if "-" in place else "", False)
    ]


def rows(table):
    return "".join(f'    ("{place}", {str(is_so).lower()}),\n' for place, is_so in table)


def source(core, numbers):
    regions, others = twelve_hours(core)
    percent = spaced_percent(numbers)
    listed = "".join(f'    "{region}",\n' for region in regions)
    return f"""//! What CLDR {VERSION} says of clocks and percent signs. Written by `assets/cldr/build.py`; the data is Unicode's, under
//! `assets/cldr/LICENSE`.

/// Regions where a clock counts to twelve twice a day (`timeData`).
pub(super) const TWELVE_HOURS: [&str; {len(regions)}] = [
{listed}];

/// Languages that do otherwise there than others, and whether they count to twelve.
pub(super) const OTHER_HOURS: [(&str, bool); {len(others)}] = [
{rows(others)}];

/// Languages that write a space before a percent sign, and regions where they do otherwise (`percentFormats`).
pub(super) const SPACED_PERCENT: [(&str, bool); {len(percent)}] = [
{rows(percent)}];
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        core = package("cldr-core", folder)
        text = source(core, package("cldr-numbers-full", folder))
        text = subprocess.run(["rustfmt", "--edition", "2024"], input=text, text=True, check=True, capture_output=True).stdout
        if "--check" in sys.argv:
            sys.exit(0 if WRITTEN.read_text(encoding="utf-8") == text else "src/app/i18n/cldr.rs is not what CLDR says")
        WRITTEN.write_text(text, encoding="utf-8")
        licence = (core / "LICENSE").read_text(encoding="utf-8")
        (ROOT / "assets/cldr/LICENSE").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
