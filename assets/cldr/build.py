#!/usr/bin/env python3
"""Writes src/app/i18n/cldr.rs and cldr/money.rs: what the crates of ICU4X do not tell of how people write times, numbers and money.

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
WRITTEN_MONEY = ROOT / "src/app/i18n/cldr/money.rs"
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


def places(numbers):
    """Each language of the screen, and each of a region, by our tags; what CLDR calls it."""
    found = {}
    for folder in sorted((numbers / "main").iterdir()):
        parts = folder.name.split("-")
        # No language of ours is written in two scripts.
        if parts[0] in languages() and not any(len(part) == 4 and part != "Hans" for part in parts):
            found.setdefault("-".join(part for part in parts if len(part) != 4), folder)
    return found


def parent(place):
    """The place whose forms are those of `place` where it has none of its own."""
    language, _, region = place.partition("-")
    if not region:
        return None
    if language == "en" and region not in ("001", "US"):
        return "en-001"
    if language == "es" and region not in ("419", "EA", "ES", "GQ", "IC", "PH"):
        return "es-419"
    return language


def money(core, numbers):
    """How an amount of money is written: its patterns, and the symbols of the currencies in use."""
    regions = read(core / "supplemental/currencyData.json")["supplemental"]["currencyData"]["region"]
    in_use = {
        code
        for rows in regions.values()
        for row in rows
        for code, dates in row.items()
        if "_to" not in dates and dates.get("_tender") != "false"
    }
    patterns, symbols = {}, {}
    for place, folder in places(numbers).items():
        told = read(folder / "numbers.json")["main"][folder.name]["numbers"]
        pattern = told[f"currencyFormats-numberSystem-{told['defaultNumberingSystem']}"]["standard"]
        both = pattern.replace("#,##,##0.00", "0").replace("#,##0.00", "0").split(";")
        patterns[place] = (both[0], both[1] if len(both) > 1 else "-" + both[0])
        currencies = read(folder / "currencies.json")["main"][folder.name]["numbers"]["currencies"]
        symbols[place] = {code: currencies.get(code, {}).get("symbol", code) for code in in_use}
    own = {}
    for place, codes in symbols.items():
        above = symbols.get(parent(place), {})
        own[place] = sorted((code, symbol) for code, symbol in codes.items() if symbol != above.get(code, code))
    return (
        [(place, *both) for place, both in sorted(patterns.items()) if both != patterns.get(parent(place))],
        [(place, codes) for place, codes in sorted(own.items()) if codes],
    )


def escaped(text):
    return "".join(c if c.isprintable() and c != "\u200f" else f"\\u{{{ord(c):x}}}" for c in text)


def rows(table):
    return "".join(f'    ("{place}", {str(is_so).lower()}),\n' for place, is_so in table)


def money_source(core, numbers):
    patterns, symbols = money(core, numbers)
    written = "".join(f'    ("{place}", "{escaped(amount)}", "{escaped(debt)}"),\n' for place, amount, debt in patterns)
    signs = "".join(
        f'    ("{place}", "' + " ".join(f"{code} {escaped(sign)}" for code, sign in codes) + '"),\n'
        for place, codes in symbols
    )
    return f"""//! What CLDR {VERSION} says of money. Written by `assets/cldr/build.py`; the data is Unicode's, under
//! `assets/cldr/LICENSE`.

/// How an amount of money and a debt are written (`currencyFormats`): `¤` is the currency, `0` the number. A place that is
/// not there writes as the one above it.
pub(in crate::app::i18n) const PATTERNS: [(&str, &str, &str); {len(patterns)}] = [
{written}];

/// What a place calls currencies in use beside their codes, where that is another than in the place above it: code and
/// symbol in turn.
pub(in crate::app::i18n) const SYMBOLS: [(&str, &str); {len(symbols)}] = [
{signs}];
"""


def formatted(text):
    return subprocess.run(["rustfmt", "--edition", "2024"], input=text, text=True, check=True, capture_output=True).stdout


def source(core, numbers):
    regions, others = twelve_hours(core)
    percent = spaced_percent(numbers)
    listed = "".join(f'    "{region}",\n' for region in regions)
    return f"""//! What CLDR {VERSION} says of clocks and percent signs. Written by `assets/cldr/build.py`; the data is Unicode's, under
//! `assets/cldr/LICENSE`.

pub(super) mod money;

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
        core, numbers = package("cldr-core", folder), package("cldr-numbers-full", folder)
        files = {WRITTEN: formatted(source(core, numbers)), WRITTEN_MONEY: formatted(money_source(core, numbers))}
        if "--check" in sys.argv:
            old = [str(file) for file, text in files.items() if file.read_text(encoding="utf-8") != text]
            sys.exit(f"{', '.join(old)}: not what CLDR says" if old else 0)
        for file, text in files.items():
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        licence = (core / "LICENSE").read_text(encoding="utf-8")
        (ROOT / "assets/cldr/LICENSE").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
