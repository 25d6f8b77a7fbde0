#!/bin/sh
# Makes the embedded fonts, from npm packages of fixed versions: without hinting, with the features the
# screens use. Run it again when a text in assets/i18n has got a character that no face has; the test
# `app::theme::face` names it.
#
# Atkinson Hyperlegible has Latin letters only. What other languages need comes from Noto Sans, packed
# with gzip and unpacked when a language or a name first needs it:
#   NotoSans            all of Cyrillic, signs of currencies, and the sign for what could not be read
#   NotoSansArabic      Arabic, joined, with the marks that order mixed directions
#   NotoSansJP KR SC    *-Medium: the characters in common use (JIS X 0208 level 1, KS X 1001 Hangul,
#                       GB 2312 level 1), for cargo feature `cjk`
#                       *-Texts-Medium, *-Texts-Bold: those of our own texts
#   NotoEmoji           emoji in one colour, for cargo feature `emoji`. Sequences, flags and tones of skin are resolved by the
#                       face itself
#   EmojiLeftOut        every emoji there is or may be, as nothing, for those that no other face draws
#   NotoSansSC-Signs    the marks and symbols of those standards: they belong to no script, so they may stand beside
#                       letters of any, where nothing else says that a face of East Asia is wanted
# Their lines are as high as those of Atkinson Hyperlegible, so that a line of both stands on one base.
#
# Needs npm, fonttools (`pyftmerge`, `pyftsubset`) and brotli for Python:
#   apt-get install npm fonttools python3-brotli
#
# Usage: assets/fonts/build.sh
set -eu
# Fonts hold the time they were saved.
export SOURCE_DATE_EPOCH=1700000000

here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

google=node_modules/@expo-google-fonts
npm install --silent --no-save --ignore-scripts --prefix "$work" \
  @fontsource/atkinson-hyperlegible-next@5.3.0 @fontsource/atkinson-hyperlegible-mono@5.3.0 \
  @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-arabic@0.4.3 \
  @expo-google-fonts/noto-emoji@0.4.7 \
  @expo-google-fonts/noto-sans-jp@0.4.3 @expo-google-fonts/noto-sans-kr@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3

# Basic Latin, Latin-1, Latin Extended-A, the Romanian and Vietnamese letters that Western and
# Central European names need, dashes, quotes, bullet, ellipsis, euro, trade mark, minus.
latin='U+0020-007E,U+00A0-017F,U+018F,U+0192,U+01C4-01CC,U+01FA-01FF,U+0218-021B,U+0237,U+0259'
latin="$latin,U+02C6-02C7,U+02D8-02DD,U+0300-0304,U+0306-030C,U+0326-0328,U+1E80-1E85,U+1E9E,U+1EF2-1EF3"
latin="$latin,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044"
latin="$latin,U+20AC,U+2122,U+2212,U+2260,U+2264-2265"

cyrillic='U+0020,U+02BC,U+0301,U+0400-052F,U+1C80-1C88,U+20A0-20C0,U+2116,U+FFFD'
arabic='U+0020,U+060C,U+061B-061C,U+061F-0655,U+0660-066D,U+0670-06D5,U+06DD,U+06F0-06F9,U+200C-200F,U+2066-2069'
# Punctuation, kana, Hangul letters, full and half width: what any text of these languages may hold.
asian='U+0020,U+3000-303F,U+FF00-FF9F,U+FFE0-FFE6'
kana="$asian,U+3040-30FF"
jamo="$asian,U+3131-318E"
# With what sequences are made of: digits, joiner, enclosing keycap, tags.
emoji='U+0020,U+0023,U+002A,U+0030-0039,U+00A9,U+00AE,U+200D,U+203C-3299,U+1F000-1FAFF,U+E0030-E007F'
signs="$asian,U+3099-309C,U+30A0,U+30FB-30FC,U+2190-2199,U+2713"

# latin_face PACKAGE WEIGHT NAME: one face of Atkinson Hyperlegible.
latin_face() {
  files=node_modules/@fontsource/$1/files/$1
  pyftmerge --output-file="$3.merged.ttf" "$files-latin-$2-normal.woff2" "$files-latin-ext-$2-normal.woff2"
  pyftsubset "$3.merged.ttf" --output-file="$here/$3.ttf" --unicodes="$latin" \
    --layout-features=kern,mark,mkmk,ccmp,locl,tnum --no-hinting --desubroutinize \
    --name-IDs=0,1,2,3,4,5,6,13,14,16,17 --notdef-outline
  # Fontsource cuts the mono faces out of a variable font and leaves its first weight in the names.
  "$python" - "$here/$3.ttf" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
for name in font["name"].names:
    name.string = str(name).replace(" ExtraLight", "").replace("ExtraLight", "")
font.save(sys.argv[1])
PYTHON
}

# other_face SOURCE NAME UNICODES CHARACTERS: one packed face; CHARACTERS is a file with more of them.
other_face() {
  pyftsubset "$1" --output-file="$2.ttf" --unicodes="$3" --text-file="$4" --no-hinting \
    --layout-features=kern,mark,mkmk,ccmp,locl,init,medi,fina,isol,rlig,calt,liga,curs \
    --name-IDs=0,1,2,5,6,13,14 --drop-tables+=vhea,vmtx,VORG,STAT --notdef-outline
  "$python" - "$2.ttf" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
font = TTFont(sys.argv[1], recalcTimestamp=False)
# Noto's Latin, Greek and Cyrillic are taller than Atkinson's letters by as much.
if "NotoSans-" in sys.argv[1]:
    font["head"].unitsPerEm = 1070
# A coarser grid, which is finer still than the pixels of any screen, saves a fifth of them.
if "NotoEmoji" in sys.argv[1]:
    scale_upem(font, 400)
em = font["head"].unitsPerEm
# Those of Atkinson Hyperlegible Next.
above, below = round(0.984 * em), round(0.316 * em)
font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
table = font["OS/2"]
table.sTypoAscender, table.sTypoDescender, table.sTypoLineGap = above, -below, 0
table.usWinAscent, table.usWinDescent = above, below
font.save(sys.argv[1])
PYTHON
  gzip -9 -n -c "$2.ttf" >"$here/$2.ttf.gz"
}

# Characters of our own texts, and those in common use by the standard of the country.
"$python" - "$here/../i18n" <<'PYTHON'
import pathlib, sys
def rows(encoding, first, last):
    for row in range(0xA0 + first, 0xA0 + last + 1):
        for cell in range(0xA1, 0xFF):
            yield bytes([row, cell]).decode(encoding, "ignore")
for language, encoding, first, last in (("ja", "euc_jp", 16, 47), ("ko", "euc_kr", 16, 40), ("zh-Hans", "gb2312", 16, 55)):
    texts = (pathlib.Path(sys.argv[1]) / language / "vestibule.ftl").read_text()
    names = "日本語한국어简体中文"
    # Times and dates, out of CLDR.
    names += "午前午後上午下午오전오후年月日년월일"
    own = "".join(sorted({c for c in texts + names if ord(c) > 0x2E7F}))
    pathlib.Path(language + ".texts").write_text(own)
    pathlib.Path(language + ".common").write_text(own + "".join(rows(encoding, first, last)))
symbols = {c for encoding in ("euc_jp", "euc_kr", "gb2312") for c in "".join(rows(encoding, 1, 2)) if ord(c) > 0x17F}
pathlib.Path("symbols").write_text("".join(sorted(symbols)))
pathlib.Path("nothing").write_text("")
PYTHON

latin_face atkinson-hyperlegible-next 500 AtkinsonHyperlegibleNext-Medium
latin_face atkinson-hyperlegible-next 700 AtkinsonHyperlegibleNext-Bold
latin_face atkinson-hyperlegible-mono 500 AtkinsonHyperlegibleMono-Medium
cp node_modules/@fontsource/atkinson-hyperlegible-next/LICENSE "$here/OFL.txt"

for weight in 500Medium 700Bold; do
  name=${weight#???}
  other_face "$google/noto-sans/$weight/NotoSans_$weight.ttf" "NotoSans-$name" "$cyrillic" nothing
  other_face "$google/noto-sans-arabic/$weight/NotoSansArabic_$weight.ttf" "NotoSansArabic-$name" "$arabic" nothing
  other_face "$google/noto-sans-jp/$weight/NotoSansJP_$weight.ttf" "NotoSansJP-Texts-$name" "$kana" ja.texts
  other_face "$google/noto-sans-kr/$weight/NotoSansKR_$weight.ttf" "NotoSansKR-Texts-$name" "$jamo" ko.texts
  other_face "$google/noto-sans-sc/$weight/NotoSansSC_$weight.ttf" "NotoSansSC-Texts-$name" "$asian" zh-Hans.texts
  other_face "$google/noto-sans-sc/$weight/NotoSansSC_$weight.ttf" "NotoSansSC-Signs-$name" "$signs" symbols
done
other_face "$google/noto-sans-jp/500Medium/NotoSansJP_500Medium.ttf" NotoSansJP-Medium "$kana" ja.common
other_face "$google/noto-sans-kr/500Medium/NotoSansKR_500Medium.ttf" NotoSansKR-Medium "$jamo" ko.common
other_face "$google/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf" NotoSansSC-Medium "$asian" zh-Hans.common
other_face "$google/noto-emoji/700Bold/NotoEmoji_700Bold.ttf" NotoEmoji-Bold "$emoji" nothing
"$python" - NotoEmoji-Bold.ttf "$here/EmojiLeftOut.ttf.gz" <<'PYTHON'
import gzip, io, sys
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
emoji = TTFont(sys.argv[1]).getBestCmap()
letters = sorted({c for c in emoji if c > 0x2000 or chr(c) in "#*0123456789"} | set(range(0x1F000, 0x1FB00)))
names = [".notdef", *(f"g{letter}" for letter in letters)]
font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder(names)
font.setupCharacterMap(dict(zip(letters, names[1:])))
font.setupGlyf({name: Glyph() for name in names})
font.setupHorizontalMetrics({name: (0, 0) for name in names})
font.setupHorizontalHeader(ascent=984, descent=-316)
font.setupNameTable({"familyName": "Emoji Left Out", "styleName": "Regular", "psName": "EmojiLeftOut"})
font.setupOS2(sTypoAscender=984, sTypoDescender=-316, usWinAscent=984, usWinDescent=316)
font.setupPost(keepGlyphNames=False)
font.font.recalcTimestamp = False
font.font["head"].created = font.font["head"].modified = 0
file = io.BytesIO()
font.save(file)
with open(sys.argv[2], "wb") as out, gzip.GzipFile("", "wb", 9, out, 0) as packed:
    packed.write(file.getvalue())
PYTHON
for family in noto-sans noto-sans-arabic noto-sans-jp noto-emoji; do
  head -n 1 "$google/$family/LICENSE_FONT"
done >"$here/OFL-Noto.txt"
tail -n +2 "$google/noto-sans/LICENSE_FONT" >>"$here/OFL-Noto.txt"
