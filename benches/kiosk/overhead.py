"""What the harness itself adds to a time: how long it looks and reads, and how late it sees what was drawn."""

import statistics
import time
from collections.abc import Callable

from Xlib import X, display

from screen import Screen, read_codes

TIMES = 40


def overhead_ms(width: int, height: int) -> dict[str, float]:
    screen = Screen(width, height)
    coarse, fine = max(1, 2 * height // 1080), max(1, height // 1080)
    shown = screen.picture()
    found = {
        "look at the start": median_ms(lambda: screen.grey(coarse)),
        "look after the token": median_ms(lambda: screen.grey(fine)),
        "look after a key": median_ms(lambda: screen.differs_from(shown)),
        "reading of codes": median_ms(lambda: read_codes(screen.grey(coarse))),
        "delay from drawing to seeing": drawing_to_seeing_ms(screen),
    }
    screen.close()
    return {name: round(value, 3) for name, value in found.items()}


def median_ms(act: Callable[[], object]) -> float:
    return statistics.median(took_ms(act) for _ in range(TIMES))


def took_ms(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return 1000 * (time.monotonic() - began)


def drawing_to_seeing_ms(screen: Screen) -> float:
    """Draws a rectangle of a card's size in another colour each time, and waits until it is seen."""
    drawer = display.Display(screen.name)
    root = drawer.screen().root
    window = root.create_window(0, 0, 400, 300, 0, X.CopyFromParent, background_pixel=0, override_redirect=1)
    window.map()
    drawer.sync()
    pen = window.create_gc(foreground=0)

    def draw() -> None:
        window.fill_rectangle(pen, 0, 0, 320, 180)
        drawer.flush()
        while not (screen.wait_for_drawing(0.2) and screen.differs_from(before)):
            pass

    delays_ms = []
    for number in range(TIMES):
        screen.wait_until_still(0.02, at_most_s=1)
        before = screen.picture()
        pen.change(foreground=0x10000 + 991 * number)
        delays_ms.append(took_ms(draw))
    drawer.close()
    return statistics.median(delays_ms)
