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
/// The longest that a box waits: its part of the spread, or the longest wait after a failure, and the answers.
const LONGEST: Duration = Duration::from_secs(310);

fn servers(case: &Case) -> Vec<Server> {
    let api = (case.refresh_seconds > 0).then_some(Server::Api);
    [Server::Authorization].into_iter().chain(api).collect()
}

/// The server that has the load of the case, where it is one of two.
fn is_of_the_case(case: &Case, server: Server) -> bool {
    case.outage.is_none_or(|outage| outage.server == server)
}

fn check(case: &Case, figures: &Figures) {
    for server in servers(case) {
        let load = figures.load(server);
        assert!(
            load.ratio() <= MOST,
            "{}, {server:?}: {load:?} is {:.2} times the mean",
            case.name,
            load.ratio()
        );
    }
    let longest = figures.longest_wait();
    assert!(longest <= LONGEST, "{}: {longest:?}", case.name);
    assert_eq!(figures.still_waiting(), 0, "{}", case.name);
}

/// A thousand boxes over the same time: a tenth of the requests, so that they are counted over ten times as long.
fn small() -> Vec<Case> {
    let mut cases = cases::all(1000);
    for case in &mut cases {
        case.bin *= 10;
        if case.lasts > Duration::from_secs(3600) {
            case.lasts /= 4;
            case.window.1 /= 4;
        }
    }
    cases
}

#[test]
fn a_fleet_with_a_spread_is_no_herd_and_no_box_waits_longer_than_it_is_told() {
    for case in small() {
        check(&case, &World::run(&case));
    }
}

#[test]
fn without_a_spread_or_without_jitter_the_same_fleet_is_a_herd() {
    for case in small() {
        let alone = Case {
            spread: Duration::ZERO,
            ..case.clone()
        };
        let in_step = Case {
            chance: false,
            ..alone.clone()
        };
        for (what, case) in [("no spread", alone), ("no jitter", in_step)] {
            // The spread is for starts and outages; what a day of refreshes needs is always there.
            let always = case.name == "refreshes-of-a-day" && case.chance;
            let figures = World::run(&case);
            let is_herd = servers(&case)
                .into_iter()
                .filter(|server| is_of_the_case(&case, *server))
                .any(|server| figures.load(server).ratio() > MOST);
            // Boxes that were started at different times ask at different times by themselves.
            let apart = case.beginning == Beginning::Running
                && case
                    .outage
                    .is_some_and(|outage| outage.server == Server::Authorization);
            if !always && !apart {
                assert!(
                    is_herd,
                    "{} with {what}: {:?}",
                    case.name,
                    figures.load(Server::Api)
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
    for server in servers(case) {
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
    let mut table = "| what happens | server | mean a second | highest | times the mean | highest second with 0 | longest wait |\n\
                     |---|---|---|---|---|---|---|\n"
        .to_owned();
    for case in cases::all(10_000) {
        let with = World::run(&case);
        let without = World::run(&Case {
            spread: Duration::ZERO,
            ..case.clone()
        });
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
