//! Draws what the servers saw, as SVG: written out by hand, so that it can be read and compared line by line.

use std::fmt::Write as _;

use super::cases::Case;
use super::figures::{Figures, Server};

const WIDTH: f64 = 860.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const HEAD: f64 = 50.0;
const PANEL: f64 = 118.0;
const GAP: f64 = 44.0;
/// Points of a curve, at most.
const POINTS: usize = 300;

const INK: &str = "#1f2933";
const FAINT: &str = "#7b8794";
const GRID: &str = "#e4e7eb";
const HERD: &str = "#c9302c";

/// The picture of a case: with the spread as an area, without as a line.
pub(super) fn draw(case: &Case, with: &Figures, without: &Figures) -> String {
    let servers = case.servers();
    let height = HEAD + servers.len() as f64 * (PANEL + GAP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    text(&mut svg, (LEFT, 20.0), "start", INK, 14, case.title);
    let what = format!(
        "{} boxes · requests a second · filled: start_spread_seconds = {} · red: {}",
        thousands(case.boxes as f64),
        case.spread.as_secs(),
        if case.herd().chance {
            "0"
        } else {
            "no jitter at all"
        },
    );
    text(&mut svg, (LEFT, 38.0), "start", FAINT, 11, &what);
    for (index, server) in servers.into_iter().enumerate() {
        let top = HEAD + 14.0 + index as f64 * (PANEL + GAP);
        panel(&mut svg, case, server, top, with, without);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(
    svg: &mut String,
    case: &Case,
    server: Server,
    top: f64,
    with: &Figures,
    without: &Figures,
) {
    let (name, colour) = match server {
        Server::Authorization => ("Authorization server", "#2f6db5"),
        Server::Api => ("API", "#2f855a"),
    };
    let (bottom, right) = (top + PANEL, WIDTH - RIGHT);
    let lasts = case.lasts.as_secs_f64();
    let x = |second: f64| LEFT + second / lasts * (right - LEFT);
    let step = (case.lasts.as_secs() as usize)
        .div_ceil(POINTS)
        .max(case.bin.as_secs() as usize);
    let area = means(with.seconds(server), step);
    let line = means(without.seconds(server), step);
    // What comes before the window is drawn as high as it fits where it is not what the case is about.
    let first = match case.outage {
        None => case.window.0.as_secs() as usize / step,
        Some(outage) => outage.from.as_secs() as usize / step,
    };
    let highest = area[first..].iter().copied().fold(1.0, f64::max);
    let (ceiling, tick) = scale(highest * 1.25);
    let y = |rate: f64| bottom - rate.min(ceiling) / ceiling * PANEL;

    if let Some(outage) = case.outage.filter(|outage| outage.server == server) {
        let (from, to) = (x(outage.from.as_secs_f64()), x(outage.to.as_secs_f64()));
        let width = to - from;
        let _ = writeln!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{PANEL}\" fill=\"#f5e9d3\"/>"
        );
        text(svg, (from + 6.0, top + 13.0), "start", FAINT, 11, "away");
    }
    let mut rate = 0.0;
    while rate <= ceiling + 0.01 {
        let at = y(rate);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"{GRID}\" fill=\"none\"/>"
        );
        text(
            svg,
            (LEFT - 8.0, at + 4.0),
            "end",
            FAINT,
            11,
            &thousands(rate),
        );
        rate += tick;
    }
    let within = |second: f64| x(second).min(right);
    herd(svg, &line, step, &within, &y);
    curve(svg, &area, step, (x(0.0), bottom), &within, &y, colour);

    let load = with.load(server);
    let (from, to) = (
        x(case.window.0.as_secs_f64()),
        x(case.window.1.as_secs_f64()),
    );
    let mean = y(load.mean);
    let _ = writeln!(
        svg,
        "<path d=\"M{from:.1} {mean:.1}H{to:.1}\" stroke=\"{INK}\" stroke-dasharray=\"5 3\" fill=\"none\"/>"
    );
    text(svg, (LEFT, top - 6.0), "start", INK, 12, name);
    let red = without.load(server).second;
    let (bin, counted) = match case.bin.as_secs() {
        1 => ("second", load.peak),
        _ => ("minute", load.peak),
    };
    let told = format!(
        "mean {} (dashed) · highest {bin} {} · {:.1} times the mean · red: highest second {}",
        decimal(load.mean),
        decimal(counted),
        load.ratio(),
        thousands(f64::from(red)),
    );
    text(svg, (right, top - 6.0), "end", FAINT, 11, &told);
    axis(svg, lasts, bottom, &x);
}

/// Requests a second, each step on average.
fn means(seconds: &[u32], step: usize) -> Vec<f64> {
    let whole = seconds.chunks_exact(step);
    whole
        .map(|part| f64::from(part.iter().sum::<u32>()) / step as f64)
        .collect()
}

fn curve(
    svg: &mut String,
    area: &[f64],
    step: usize,
    (start, bottom): (f64, f64),
    x: &dyn Fn(f64) -> f64,
    y: &dyn Fn(f64) -> f64,
    colour: &str,
) {
    let mut path = format!("M{start:.1} {bottom:.1}");
    for (index, rate) in area.iter().enumerate() {
        let _ = write!(
            path,
            "V{:.1}H{:.1}",
            y(*rate),
            x(((index + 1) * step) as f64)
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}V{bottom:.1}Z\" fill=\"{colour}\" fill-opacity=\"0.75\"/>"
    );
}

/// The fleet without a spread: where it leaves the picture its line runs along the edge.
fn herd(
    svg: &mut String,
    line: &[f64],
    step: usize,
    x: &dyn Fn(f64) -> f64,
    y: &dyn Fn(f64) -> f64,
) {
    let mut path = String::new();
    for (index, rate) in line.iter().enumerate() {
        let (from, to) = (x((index * step) as f64), x(((index + 1) * step) as f64));
        let command = if index == 0 {
            format!("M{from:.1} ")
        } else {
            "V".to_owned()
        };
        let _ = write!(path, "{command}{:.1}H{to:.1}", y(*rate));
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" stroke=\"{HERD}\" stroke-width=\"1.2\" fill=\"none\"/>"
    );
}

fn axis(svg: &mut String, lasts: f64, bottom: f64, x: &dyn Fn(f64) -> f64) {
    let (unit, name) = if lasts > 7200.0 {
        (3600.0, "h")
    } else {
        (60.0, "min")
    };
    let every = if lasts > 7200.0 {
        2.0
    } else if lasts > 1200.0 {
        5.0
    } else {
        1.0
    };
    let mut at = 0.0;
    while at * unit <= lasts + 0.5 {
        let label = if at == 0.0 {
            format!("0 {name}")
        } else {
            format!("{at}")
        };
        text(
            svg,
            (x(at * unit), bottom + 15.0),
            "middle",
            FAINT,
            11,
            &label,
        );
        at += every;
    }
}

/// A round ceiling, and the distance of the lines below it.
fn scale(highest: f64) -> (f64, f64) {
    let magnitude = 10_f64.powf(highest.log10().floor());
    let ticks = [0.5, 1.0, 2.0, 2.5, 5.0].map(|part| part * magnitude);
    let tick = ticks.into_iter().find(|tick| highest / tick <= 4.0);
    let tick = tick.unwrap_or(magnitude * 5.0);
    ((highest / tick).ceil() * tick, tick)
}

/// A whole number, in groups of three digits where it is long.
pub(super) fn thousands(number: f64) -> String {
    if number > 0.0 && number < 10.0 && number.fract() > 0.01 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One digit behind the point for small numbers.
pub(super) fn decimal(number: f64) -> String {
    match number < 100.0 && number.fract() > 0.01 {
        true => format!("{number:.1}"),
        false => thousands(number),
    }
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, fill: &str, size: u32, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\" font-size=\"{size}\">{words}</text>"
    );
}
