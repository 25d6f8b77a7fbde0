"""What is measured: the rows of the table. Less is better in all of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    name: str
    title: str
    unit: str
    decimals: int
    # What counts is not how ours stands to the peers', but whether it has grown by more than this.
    counts_beyond: float | None = None


METRICS = [
    Metric("start_to_code_s", "start to a code that can be read", "s", 3),
    Metric("start_to_first_pixel_s", "start to the first pixel", "s", 3),
    Metric("cpu_to_code_s", "CPU until the code", "s", 3),
    Metric("memory_on_code_mib", "memory on the code screen (PSS)", "MiB", 1),
    Metric("waiting_cpu_ms_per_s", "CPU while waiting", "ms/s", 2),
    Metric("waiting_wakeups_per_s", "wake-ups while waiting", "/s", 1),
    # A second of ours is a margin that is meant (RFC 8628 says "at least"), and the best of peers is near nothing.
    Metric("poll_lag_ms", "poll later than the interval", "ms", 1, counts_beyond=20),
    Metric("token_to_change_ms_5x20", "token to the first change", "ms", 1),
    Metric("token_to_first_picture_ms_5x20", "token to the first picture of a card, 5x20", "ms", 1),
    Metric("token_to_all_pictures_ms_5x20", "token to all visible pictures, 5x20", "ms", 1),
    Metric("token_to_first_picture_ms_100x100", "token to the first picture of a card, 100x100", "ms", 1),
    Metric("token_to_all_pictures_ms_100x100", "token to all visible pictures, 100x100", "ms", 1),
    Metric("key_median_ms_5x20", "key to the first changed pixel, median, 5x20", "ms", 1),
    Metric("key_p95_ms_5x20", "key to the first changed pixel, p95, 5x20", "ms", 1),
    Metric("key_median_ms_100x100", "key to the first changed pixel, median, 100x100", "ms", 1),
    Metric("key_p95_ms_100x100", "key to the first changed pixel, p95, 100x100", "ms", 1),
    Metric("memory_after_walk_mib_5x20", "memory after the walk, 5x20 (PSS)", "MiB", 1),
    Metric("memory_peak_mib_100x100", "highest memory, 100x100 (PSS)", "MiB", 1),
    Metric("install_mb", "installed size beyond a screen's", "MB", 1),
]
