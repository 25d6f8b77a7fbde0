#!/bin/sh
# Makes the embedded fonts from the npm packages of Fontsource: one TTF per face, Latin and Latin
# Extended in one file, without hinting, with the features the screens use. The zero of both families
# is slashed by default; neither family has Cyrillic, Greek or arrows.
#
# Needs npm, fonttools (`pyftmerge`, `pyftsubset`) and brotli for Python:
#   apt-get install npm fonttools python3-brotli
#
# Usage: assets/fonts/build.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-save --prefix "$work" \
  @fontsource/atkinson-hyperlegible-next@5 @fontsource/atkinson-hyperlegible-mono@5

# Basic Latin, Latin-1, Latin Extended-A, the Romanian and Vietnamese letters that Western and
# Central European names need, dashes, quotes, bullet, ellipsis, euro, trade mark, minus.
unicodes='U+0020-007E,U+00A0-017F,U+018F,U+0192,U+01C4-01CC,U+01FA-01FF,U+0218-021B,U+0237,U+0259'
unicodes="$unicodes,U+02C6-02C7,U+02D8-02DD,U+0300-0304,U+0306-030C,U+0326-0328,U+1E80-1E85,U+1E9E,U+1EF2-1EF3"
unicodes="$unicodes,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044"
unicodes="$unicodes,U+20AC,U+2122,U+2212,U+2260,U+2264-2265"

# face PACKAGE WEIGHT NAME: one face of one family.
face() {
  files=node_modules/@fontsource/$1/files/$1
  pyftmerge --output-file="$3.merged.ttf" "$files-latin-$2-normal.woff2" "$files-latin-ext-$2-normal.woff2"
  pyftsubset "$3.merged.ttf" --output-file="$here/$3.ttf" --unicodes="$unicodes" \
    --layout-features=kern,mark,mkmk,ccmp,locl,tnum --no-hinting --desubroutinize \
    --name-IDs=0,1,2,3,4,5,6,13,14,16,17 --notdef-outline
  # Fontsource cuts the mono faces out of a variable font and leaves its first weight in the names.
  "${PYTHON:-/usr/bin/python3}" - "$here/$3.ttf" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
for name in font["name"].names:
    name.string = str(name).replace(" ExtraLight", "").replace("ExtraLight", "")
font.save(sys.argv[1])
PYTHON
}

face atkinson-hyperlegible-next 500 AtkinsonHyperlegibleNext-Medium
face atkinson-hyperlegible-next 700 AtkinsonHyperlegibleNext-Bold
face atkinson-hyperlegible-mono 500 AtkinsonHyperlegibleMono-Medium
cp node_modules/@fontsource/atkinson-hyperlegible-next/LICENSE "$here/OFL.txt"
