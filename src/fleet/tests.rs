//! What `docs/operate/fleet.md` promises, and its pictures.
//!
//! `UPDATE_FLEET=1 cargo test --lib fleet::tests::the_pictures -- --ignored` draws them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::cases::{self, Beginning, Case};
use super::chart::{decimal, draw, thousands};
use super::figures::{Figures, Server};
use super::world::World;

/// The most that any server sees in its highest bin, by the mean of the window.
const MOST: f64 = 3.0;

fn check(case: &Case, figures: &Figures) {
    for server in case.servers() {
        let load = figures.load(server);
        assert!(
            load.ratio() <= MOST,
            "{}, {server:?}: {load:?} is {:.2} times the mean",
            case.name,
            load.ratio()
        );
    }
    let longest = figures.longest_wait();
    assert!(longest <= case.longest, "{}: {longest:?}", case.name);
    assert_eq!(figures.still_waiting(), 0, "{}", case.name);
}

/// So many boxes over the same time, fewer than those of the pictures: their requests are counted over so much longer.
fn small(boxes: usize, longer: u32) -> Vec<Case> {
    let mut cases = cases::all(boxes);
    for case in &mut cases {
        case.bin *= longer;
        if case.lasts > Duration::from_secs(3600) {
            case.lasts /= 4;
            case.window.1 /= 4;
        }
    }
    cases
}

#[test]
fn a_fleet_with_a_spread_is_no_herd_and_no_box_waits_longer_than_it_is_told() {
    for case in small(400, 25) {
        check(&case, &World::run(&case));
    }
}

#[test]
fn without_what_keeps_them_apart_the_same_fleet_is_a_herd() {
    for case in small(200, 10) {
        let herd = case.herd();
        let in_step = Case {
            chance: false,
            ..herd.clone()
        };
        for (what, herd) in [("no spread", herd), ("no jitter", in_step)] {
            // Boxes that were started at different times have tokens of different ages, and waits after trouble are long
            // with and without a spread.
            if ["authorization-server-outage", "api-trouble"].contains(&case.name) {
                continue;
            }
            let figures = World::run(&herd);
            for server in case.servers() {
                let load = figures.load(server);
                // Few refresh at a restart: at its start the API is asked.
                let asked = case.beginning != Beginning::Restarted || server == Server::Api;
                assert!(
                    !asked || load.ratio() > MOST,
                    "{} {what} {load:?}",
                    case.name
                );
            }
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operate")
}

/// One line of the table.
fn line(case: &Case, with: &Figures, without: &Figures) -> String {
    let mut lines = String::new();
    for server in case.servers() {
        let (load, herd) = (with.load(server), without.load(server));
        let name = match server {
            Server::Authorization => "authorization server",
            Server::Api => "API",
        };
        let bin = match case.bin.as_secs() {
            1 => "second",
            _ => "minute",
        };
        let _ = writeln!(
            lines,
            "| {} | {name} | {} | {} ({bin}) | {:.1} | {} | {} s |",
            case.title,
            decimal(load.mean),
            decimal(load.peak),
            load.ratio(),
            thousands(f64::from(herd.second)),
            with.longest_wait().as_secs_f64().ceil(),
        );
    }
    lines
}

#[test]
#[ignore = "ten thousand boxes, a day of them among it: half a minute"]
fn the_pictures_and_figures_are_those_of_ten_thousand_boxes() {
    const BEGIN: &str = "<!-- figures -->\n";
    const END: &str = "<!-- end of figures -->";
    let update = std::env::var_os("UPDATE_FLEET").is_some();
    let mut table = "| what happens | server | mean a second | highest | times the mean | highest second without | longest wait |\n\
                     |---|---|---|---|---|---|---|\n"
        .to_owned();
    for case in cases::all(10_000) {
        let with = World::run(&case);
        let without = World::run(&case.herd());
        table += &line(&case, &with, &without);
        let file = folder().join("pictures").join(format!("{}.svg", case.name));
        let drawn = draw(&case, &with, &without);
        if update {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, drawn).unwrap();
        } else {
            assert!(
                drawn == fs::read_to_string(&file).unwrap(),
                "{}",
                file.display()
            );
            check(&case, &with);
        }
    }
    let page = folder().join("fleet.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (figures, after) = rest.split_once(END).unwrap();
    if update {
        fs::write(&page, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(figures, table);
    }
}
