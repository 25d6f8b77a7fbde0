use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// Edges: left, top, right, bottom.
type Edges = [f32; 4];

/// A case of a test suite that other engines are held to.
#[derive(Deserialize)]
struct Case {
    name: String,
    source: String,
    arrow: char,
    from: Edges,
    to: BTreeMap<String, Edges>,
    expect: Option<String>,
}

/// Cases that this rule decides in another way, and why that is right here.
const OTHERWISE: [(&str, Option<&str>, &str); 4] = [
    (
        "beamAlwaysBeatsHorizL",
        Some("worse"),
        "older than the rule itself, which has a beam without its edges since; the target has no height",
    ),
    (
        "grid-001 skip disabled cell, stay in column",
        Some("green"),
        "the same rectangles as outOfBeamPrevailsWhenInBeamStartsAtFarEdge, where the opposite is expected",
    ),
    (
        "align-004",
        Some("green"),
        "a target of 4 by 4 pixels, nearer by 6, against one straight below; no control is that small",
    ),
    (
        "intersect-002",
        Some("box1"),
        "the target overlaps what has the focus; controls do not",
    ),
];

fn rectangle([left, top, right, bottom]: Edges) -> Rectangle {
    Rectangle {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}

fn decide(case: &Case) -> Option<&str> {
    let direction = match case.arrow {
        'U' => Direction::Up,
        'D' => Direction::Down,
        'L' => Direction::Left,
        _ => Direction::Right,
    };
    let targets: Vec<_> = case.to.iter().collect();
    let places = targets.iter().map(|(_, edges)| rectangle(**edges));
    let index = next(direction, rectangle(case.from), places.enumerate())?;
    Some(targets[index].0)
}

#[test]
fn the_cases_of_other_engines_are_decided_as_expected_but_for_four() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("cases.json")).unwrap();
    assert_eq!(cases.len(), 41);
    let mut otherwise = 0;
    for case in &cases {
        let expected = OTHERWISE.iter().find(|(name, ..)| *name == case.name);
        otherwise += usize::from(expected.is_some());
        let expected = expected.map_or(case.expect.as_deref(), |(_, decided, _)| *decided);
        assert_eq!(decide(case), expected, "{} ({})", case.name, case.source);
    }
    assert_eq!(otherwise, OTHERWISE.len());
    let rows = cases.iter().filter(|case| case.source.contains("TV rows"));
    assert_eq!(
        rows.filter(|case| decide(case) == case.expect.as_deref())
            .count(),
        6
    );
}

#[test]
fn the_one_that_no_arrow_leads_to_is_reached() {
    // From each of the others the arrows find something nearer than the first.
    let places = [
        rectangle([800.0, 100.0, 1080.0, 180.0]),
        rectangle([100.0, 200.0, 380.0, 480.0]),
        rectangle([700.0, 500.0, 1280.0, 680.0]),
        rectangle([300.0, 0.0, 480.0, 80.0]),
    ];
    for from in 1..4 {
        for direction in DIRECTIONS {
            let others = places.iter().copied().enumerate();
            let to = next(
                direction,
                places[from],
                others.filter(|(index, _)| *index != from),
            );
            assert_ne!(to, Some(0));
        }
    }
    let graph = FocusGraph::new(&places);
    for start in 0..4 {
        assert_eq!(graph.reached(start), [true; 4]);
    }
}

/// Controls of the sizes that screens have, wherever there is room for them.
fn layouts() -> impl Strategy<Value = Vec<Rectangle>> {
    let sizes = prop::sample::select(vec![
        (60_u16, 72_u16),
        (200, 72),
        (400, 72),
        (900, 80),
        (300, 300),
        (120, 600),
    ]);
    let control = (sizes, 0_u16..1700, 0_u16..1000);
    prop::collection::vec(control, 1..16).prop_map(|controls| {
        let mut places: Vec<Rectangle> = Vec::new();
        for ((width, height), x, y) in controls {
            let place = Rectangle {
                x: f32::from(x),
                y: f32::from(y),
                width: f32::from(width),
                height: f32::from(height),
            };
            if places
                .iter()
                .all(|other| other.intersection(&place).is_none())
            {
                places.push(place);
            }
        }
        places
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_control_is_a_trap_and_none_is_out_of_reach(places in layouts()) {
        let graph = FocusGraph::new(&places);
        for start in 0..places.len() {
            prop_assert!(graph.reached(start).iter().all(|reached| *reached), "from {}", start);
        }
    }

    #[test]
    fn an_arrow_never_leads_to_what_is_not_ahead(places in layouts()) {
        for from in 0..places.len() {
            for direction in DIRECTIONS {
                let others = places.iter().copied().enumerate();
                let others = others.filter(|(index, _)| *index != from);
                let Some(to) = next(direction, places[from], others) else { continue };
                let (from, to) = (places[from], places[to]);
                let ahead = match direction {
                    Direction::Up => to.y < from.y,
                    Direction::Down => to.y + to.height > from.y + from.height,
                    Direction::Left => to.x < from.x,
                    Direction::Right => to.x + to.width > from.x + from.width,
                };
                prop_assert!(ahead);
            }
        }
    }
}
