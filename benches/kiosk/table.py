"""The table of a run, in Markdown: our column and the peers', and ours against the best of them. Pure."""

from metrics import METRICS, Metric
from results import OURS, Results, Spread


def table(results: Results) -> str:
    names = list(results.programs)
    head = ["metric", "unit", *(results.programs[name].label for name in names), "ours / best peer"]
    rows = [head, ["---"] * len(head)]
    for metric in METRICS:
        spreads = {name: results.programs[name].spread(metric.name) for name in names}
        if any(spreads.values()):
            cells = [cell(spreads[name], metric) for name in names]
            rows.append([metric.title, metric.unit, *cells, against_best(results, metric)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def cell(spread: Spread | None, metric: Metric) -> str:
    if spread is None:
        return "–"
    median, low, high = (f"{value:.{metric.decimals}f}" for value in (spread.median, spread.low, spread.high))
    return f"**{median}**" if spread.low == spread.high else f"**{median}** ({low}–{high})"


def against_best(results: Results, metric: Metric) -> str:
    """Our median over the lowest of the peers' medians, and whose that is."""
    ours = results.programs[OURS].spread(metric.name) if OURS in results.programs else None
    peers = {name: results.programs[name].spread(metric.name) for name in results.peers()}
    medians = {name: spread.median for name, spread in peers.items() if spread and spread.median > 0}
    if ours is None or not medians or metric.counts_beyond is not None:
        return "–"
    best = min(medians, key=lambda name: medians[name])
    return f"{ours.median / medians[best]:.2f} ({results.programs[best].label})"


def report(results: Results) -> str:
    """All of a run that a person reads: a section of benches/README.md."""
    about = results.about
    lines = [f"### {about['size']}, {about['date']}", "", f"{about['machine']}.", ""]
    lines += [f"- {name.replace('_', ' ')}: {about[name]}" for name in about if name not in ("size", "date", "machine")]
    lines += [f"- the harness itself, {name}: {value:.2f} ms" for name, value in results.harness_ms.items()]
    lines += ["", "Medians of the rounds, with the lowest and the highest of them.", "", table(results), ""]
    for measured in results.programs.values():
        notes = [f"{measured.missed_presses} presses changed nothing"] if measured.missed_presses else []
        notes += measured.errors
        lines.append(f"- {measured.label}: {measured.version}" + "".join(f"; {note}" for note in notes))
    return "\n".join(lines)
