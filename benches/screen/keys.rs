//! What a key costs in a small and in a large library, and how much memory they take.

use std::time::{Duration, Instant};

use vestibule::bench::Button;

use crate::{memory, milliseconds, spread, timed};
use testing::media_api::{Answer, Api, items, png, rows};
use vestibule::bench::Screen;
use vestibule::bench::Surface;

/// A walk on which every press moves, also in the small library: along eight rows and back, there by Down, back by Up.
fn walk(presses: usize) -> impl Iterator<Item = Button> {
    const ALONG: usize = 8;
    (0..presses).map(|press| {
        let (row, step) = (press / (ALONG + 1), press % (ALONG + 1));
        let (along, down) = (row.is_multiple_of(2), (row / ALONG).is_multiple_of(2));
        match (step == ALONG, along, down) {
            (true, _, true) => Button::Down,
            (true, _, false) => Button::Up,
            (false, true, _) => Button::Right,
            (false, false, _) => Button::Left,
        }
    })
}

#[derive(Default)]
struct Costs {
    update: Vec<Duration>,
    view: Vec<Duration>,
    layout: Vec<Duration>,
    list: Vec<Duration>,
    paint: Vec<Duration>,
    whole: Vec<Duration>,
    changed: f32,
}

pub(crate) async fn table() {
    println!("\nA key at 1920x1080, milliseconds, median (95 %):");
    println!(
        "{:10} {:>15} {:>15} {:>15} {:>15} {:>15} {:>15} {:>8}",
        "library", "update", "view", "layout", "list", "paint", "all", "changed"
    );
    let mut held = Vec::new();
    for (count, cards) in [(10, 10), (100, 100)] {
        let before = memory();
        let (costs, walked) = library(count, cards, before).await;
        let cell = |times: &Vec<Duration>| {
            let (median, late) = spread(times.clone());
            format!("{:.3} ({:.3})", milliseconds(median), milliseconds(late))
        };
        println!(
            "{:10} {:>15} {:>15} {:>15} {:>15} {:>15} {:>15} {:>7.0}%",
            format!("{count}x{cards}"),
            cell(&costs.update),
            cell(&costs.view),
            cell(&costs.layout),
            cell(&costs.list),
            cell(&costs.paint),
            cell(&costs.whole),
            100.0 * costs.changed / costs.whole.len() as f32,
        );
        held.push((format!("{count}x{cards}"), walked));
    }
    println!("\nMemory of the signed-in area with its pictures and one frame, MiB:");
    println!("{:10} {:>10} {:>16}", "library", "opened", "after the walk");
    for (name, (opened, walked)) in held {
        let mebibytes = |bytes: usize| bytes as f64 / 1024.0 / 1024.0;
        println!(
            "{name:10} {:>10.1} {:>16.1}",
            mebibytes(opened),
            mebibytes(walked)
        );
    }
}

async fn library(count: usize, cards: usize, before: usize) -> (Costs, (usize, usize)) {
    let art = png(320, 180);
    let api = Api::serve(move |path| {
        if path.starts_with("/art") {
            Answer::file("image/png", art.clone())
        } else {
            Answer::json(items(0..cards))
        }
    })
    .await;
    let paths: Vec<_> = (0..count).map(|row| format!("row{row}")).collect();
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let Ok(folder) = tempfile::tempdir() else {
        return (Costs::default(), (0, 0));
    };
    let mut screen = Screen::open(folder.path(), &rows(api.port, &paths));
    let is_there =
        |screen: &Screen| screen.blanks() == 0 && screen.rows().iter().all(|word| *word == "cards");
    screen.until("loaded", is_there).await;
    let mut surface = Surface::new(1, &screen.look);
    show(&mut screen, &mut surface, &mut Costs::default());
    let opened = memory().saturating_sub(before);
    let mut costs = Costs::default();
    // What comes first is not counted: it fills the caches of every part.
    for (number, button) in walk(330).enumerate() {
        let start = Instant::now();
        let ((), update) = timed(|| screen.press(&[button]));
        let mut cost = Costs::default();
        show(&mut screen, &mut surface, &mut cost);
        let whole = start.elapsed();
        if number >= 30 {
            costs.update.push(update);
            costs.view.extend(cost.view);
            costs.layout.extend(cost.layout);
            costs.list.extend(cost.list);
            costs.paint.extend(cost.paint);
            costs.changed += cost.changed;
            costs.whole.push(whole);
        }
        screen.until("painted", is_there).await;
        // What came meanwhile is drawn outside of the clock.
        show(&mut screen, &mut surface, &mut Costs::default());
    }
    (costs, (opened, memory().saturating_sub(before)))
}

/// One frame, each part on the clock.
fn show(screen: &mut Screen, surface: &mut Surface, costs: &mut Costs) {
    let look = screen.look;
    let (view, time) = timed(|| screen.home.view(&look, &screen.chrome));
    costs.view.push(time);
    let (interface, time) = timed(|| surface.lay(view, &look));
    costs.layout.push(time);
    let ((), time) = timed(|| surface.list(interface, &look));
    costs.list.push(time);
    let (changed, time) = timed(|| surface.paint(&look).share);
    costs.paint.push(time);
    costs.changed += changed;
}
