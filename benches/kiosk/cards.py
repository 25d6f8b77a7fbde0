#!/usr/bin/env python3
"""The pictures of the cards: cards.py FOLDER makes a thousand of them, each as JPEG and as PNG, once.

Each is 320x180, as large in bytes as a poster is, and holds a small QR code with its number: so it can be told from the
screen alone that it is there.
"""

import io
import pathlib
import random
import sys

# More cards than this show the first ones again.
COUNT = 1000
SIZE = (320, 180)


def text_of(number: int) -> str:
    """What the QR code in a picture says."""
    return f"picture {number}"


def is_text(text: str) -> bool:
    return text.startswith("picture ")


def file_of(asked: str) -> str:
    """The file for a picture that is asked for by number and kind, such as 1234.png."""
    number, _, kind = asked.partition(".")
    if not number.isascii() or not number.isdigit() or kind not in ("jpg", "png"):
        return "none"
    return f"{int(number) % COUNT}.{kind}"


def make(folder: pathlib.Path) -> None:
    done = folder / f"{COUNT} are made"
    if done.exists():
        return
    # Only here, so that the server needs neither.
    from PIL import Image, ImageDraw, ImageFont

    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)
    grain = Image.frombytes("RGB", (96, 96), chance.randbytes(96 * 96 * 3)).resize(
        (1200, 1200), Image.Resampling.BICUBIC
    )
    font = ImageFont.load_default(26)
    for number in range(COUNT):
        left, top = chance.randrange(1200 - SIZE[0]), chance.randrange(1200 - SIZE[1])
        colour = tuple(chance.randrange(40, 216) for _ in range(3))
        picture = grain.crop((left, top, left + SIZE[0], top + SIZE[1]))
        picture = Image.blend(picture, Image.new("RGB", SIZE, colour), 0.5)
        code = qr_code(text_of(number))
        picture.paste(code, (SIZE[0] - code.width - 3, (SIZE[1] - code.height) // 2))
        ImageDraw.Draw(picture).text((10, 140), str(number), fill=(255, 255, 255), font=font)
        picture.save(folder / f"{number}.jpg", quality=88)
        picture.quantize(128).save(folder / f"{number}.png")
    done.touch()


def qr_code(text: str):
    import segno
    from PIL import Image

    drawn = io.BytesIO()
    segno.make(text, error="l", micro=False, boost_error=False).save(drawn, kind="png", scale=6, border=4)
    return Image.open(drawn).convert("RGB")


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]))
