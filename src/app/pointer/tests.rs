use std::time::Duration;

use super::*;

/// What comes of a script of events, each so many milliseconds after the start.
fn play(script: &[(u64, Event)]) -> Vec<Gesture> {
    let mut hand = Gestures {
        unit: 1.0,
        ..Gestures::default()
    };
    let start = Instant::now();
    script
        .iter()
        .flat_map(|(ms, event)| hand.hear(event, start + Duration::from_millis(*ms)))
        .collect()
}

fn to(x: f32, y: f32) -> Event {
    Event::Mouse(mouse::Event::CursorMoved {
        position: Point::new(x, y),
    })
}

fn mouse(event: mouse::Event) -> Event {
    Event::Mouse(event)
}

fn finger(id: u64, x: f32, y: f32, make: fn(touch::Finger, Point) -> touch::Event) -> Event {
    Event::Touch(make(touch::Finger(id), Point::new(x, y)))
}

fn down(id: touch::Finger, position: Point) -> touch::Event {
    touch::Event::FingerPressed { id, position }
}

fn moved(id: touch::Finger, position: Point) -> touch::Event {
    touch::Event::FingerMoved { id, position }
}

fn up(id: touch::Finger, position: Point) -> touch::Event {
    touch::Event::FingerLifted { id, position }
}

const PRESS: mouse::Event = mouse::Event::ButtonPressed(mouse::Button::Left);
const RELEASE: mouse::Event = mouse::Event::ButtonReleased(mouse::Button::Left);

#[test]
fn the_pointer_shows_when_a_mouse_is_really_moved_and_only_then() {
    let enter = mouse(mouse::Event::CursorEntered);
    // The compositor puts it somewhere, later somewhere else; a receiver jumps now and then.
    let jumps = [
        (0, enter.clone()),
        (1, to(960.0, 540.0)),
        (2, to(0.0, 0.0)),
        (2500, to(1900.0, 1000.0)),
        (5000, to(3.0, 4.0)),
    ];
    assert_eq!(play(&jumps), []);
    let trembles: Vec<_> = (0..90)
        .map(|n| (n * 10, to(500.0 + (n % 2) as f32, 5.0)))
        .collect();
    assert_eq!(play(&trembles), []);
    let hand: Vec<_> = (0..90)
        .map(|n| (n * 10, to(500.0 + n as f32 * 4.0, 5.0)))
        .collect();
    assert_eq!(play(&hand), [Gesture::Shown]);
    // Once hidden, it takes a movement again.
    let mut pause = vec![(0, to(0.0, 0.0)), (10, to(9.0, 0.0)), (20, to(18.0, 0.0))];
    pause.push((30, enter));
    pause.push((40, to(27.0, 0.0)));
    assert_eq!(play(&pause), []);
}

#[test]
fn a_click_and_a_tap_hit_what_is_there() {
    let click = [
        (0, to(300.0, 200.0)),
        (100, mouse(PRESS)),
        (180, mouse(RELEASE)),
    ];
    let here = Gesture::Tapped(Point::new(300.0, 200.0));
    assert_eq!(play(&click), [here]);
    let tap = [
        (0, finger(7, 300.0, 200.0, down)),
        (60, finger(7, 310.0, 204.0, moved)),
        (90, finger(7, 310.0, 204.0, up)),
    ];
    assert_eq!(play(&tap), [here]);
    // A finger that bounces, or taps on before the screen has answered, taps once.
    let twice = [
        (0, finger(1, 300.0, 200.0, down)),
        (50, finger(1, 300.0, 200.0, up)),
        (150, finger(2, 300.0, 200.0, down)),
        (200, finger(2, 300.0, 200.0, up)),
        (600, finger(3, 300.0, 200.0, down)),
        (650, finger(3, 300.0, 200.0, up)),
    ];
    assert_eq!(play(&twice), [here, here]);
    // Five taps a second: on the keys of a pad each counts, and on one place those are left out that come too soon.
    let taps = |places: [f32; 2]| -> Vec<_> {
        let taps = (0..10u64).zip(places.into_iter().cycle());
        let taps = taps.flat_map(|(n, x)| {
            [
                (n * 200, finger(n, x, 200.0, down)),
                (n * 200 + 60, finger(n, x, 200.0, up)),
            ]
        });
        play(&taps.collect::<Vec<_>>())
    };
    assert_eq!(taps([300.0, 500.0]).len(), 10);
    assert_eq!(taps([300.0, 300.0]).len(), 5);
}

#[test]
fn a_pull_moves_by_steps_and_taps_nothing() {
    let step = token::PULL_STEP.at_1080p();
    let mut script = vec![(0, finger(1, 1500.0, 500.0, down))];
    script.extend((1..=50).map(|n| {
        (
            n * 8,
            finger(1, 1500.0 - n as f32 * step / 20.0, 503.0, moved),
        )
    }));
    script.push((500, finger(1, 1500.0 - 2.5 * step, 503.0, up)));
    assert_eq!(
        play(&script),
        [
            Gesture::Pulled(Point::new(1500.0, 500.0), Button::Right),
            Gesture::Pressed(Button::Right),
        ]
    );
    let downward = [
        (0, finger(1, 500.0, 100.0, down)),
        (50, finger(1, 500.0, 101.0 + step, moved)),
        (400, finger(1, 500.0, 101.0 + step, up)),
    ];
    assert_eq!(
        play(&downward),
        [Gesture::Pulled(Point::new(500.0, 100.0), Button::Up)]
    );
    // Neither a tap nor a step.
    let short = [
        (0, finger(1, 500.0, 100.0, down)),
        (50, finger(1, 560.0, 100.0, moved)),
        (400, finger(1, 560.0, 100.0, up)),
    ];
    assert_eq!(play(&short), []);
}

/// A finger that swings to the left and lets go, `ms` after the start of the clock.
fn swing(ms: u64, far: f32) -> Vec<(u64, Event)> {
    let at = |n: u16| 1500.0 - far * f32::from(n) / 10.0;
    let mut script = vec![(ms, finger(1, 1500.0, 500.0, down))];
    script.extend((1..=10).map(|n| (ms + u64::from(n) * 8, finger(1, at(n), 500.0, moved))));
    script.push((ms + 88, finger(1, at(10), 500.0, up)));
    script
}

#[test]
fn what_is_thrown_runs_on_and_a_finger_stops_it_and_does_nothing_else() {
    let start = Instant::now();
    let after = |hand: &mut Gestures, script: &[(u64, Event)]| -> Vec<Gesture> {
        let at = |ms: u64| start + Duration::from_millis(ms);
        script
            .iter()
            .filter_map(|(ms, event)| hand.take(event, at(*ms)))
            .collect()
    };
    let mut hand = Gestures {
        unit: 1.0,
        ..Gestures::default()
    };
    let pulled = Gesture::Pulled(Point::new(1500.0, 500.0), Button::Right);
    assert_eq!(after(&mut hand, &swing(0, 400.0)), [pulled, Gesture::Flung]);
    let throw = hand.throws;
    let steps = (1..).map_while(|step| hand.step_of(throw, step));
    assert!(steps.clone().all(|(_, button)| button == Button::Right));
    assert!((4..=12).contains(&steps.count()));
    // A finger on it, lifted where it came down.
    let stop = [
        (200, finger(2, 700.0, 500.0, down)),
        (260, finger(2, 700.0, 500.0, up)),
    ];
    assert_eq!(after(&mut hand, &stop), []);
    assert_eq!((hand.glide, hand.step_of(throw, 1)), (None, None));
    // A short one moves what is under it first.
    assert_eq!(after(&mut hand, &swing(1000, 120.0)), [pulled]);
    assert!(hand.throws > throw && hand.step_of(throw, 1).is_none());
    // Nothing runs on where nothing is to move by itself.
    hand.glide = None;
    hand.still = true;
    assert_eq!(after(&mut hand, &swing(2000, 400.0)), [pulled]);
    assert_eq!(hand.glide, None);
}

#[tokio::test]
async fn a_throw_ends_and_wakes_nobody_afterwards() {
    let pointer = Pointer::default();
    {
        let mut hand = pointer.hand();
        hand.throws = 3;
        hand.glide = Glide::after(Button::Down, 4.0, 0.0, Instant::now());
    }
    let told: Vec<_> = futures::StreamExt::collect(run_out(&(pointer.clone(), 3))).await;
    assert_eq!(told, [Gesture::Pressed(Button::Down), Gesture::Stopped]);
    assert_eq!(pointer.hand().glide, None);
}

#[test]
fn a_second_finger_and_a_lost_one_do_nothing() {
    let two = [
        (0, finger(1, 500.0, 100.0, down)),
        (10, finger(2, 900.0, 100.0, down)),
        (20, finger(2, 100.0, 100.0, moved)),
        (30, finger(2, 100.0, 100.0, up)),
        (40, finger(1, 500.0, 100.0, up)),
    ];
    assert_eq!(play(&two), [Gesture::Tapped(Point::new(500.0, 100.0))]);
    let lost = |id, position| touch::Event::FingerLost { id, position };
    let lost = [
        (0, finger(1, 500.0, 100.0, down)),
        (10, finger(1, 500.0, 100.0, lost)),
        (20, finger(1, 500.0, 100.0, up)),
    ];
    assert_eq!(play(&lost), []);
}

fn lines(x: f32, y: f32) -> Event {
    mouse(mouse::Event::WheelScrolled {
        delta: mouse::ScrollDelta::Lines { x, y },
    })
}

#[test]
fn a_wheel_moves_one_step_a_notch_and_a_touch_pad_no_faster() {
    let pixels = |x, y| {
        mouse(mouse::Event::WheelScrolled {
            delta: mouse::ScrollDelta::Pixels { x, y },
        })
    };
    for (script, expected) in [
        (vec![lines(0.0, -1.0)], vec![Button::Down]),
        (vec![lines(0.0, 1.0)], vec![Button::Up]),
        (vec![lines(-1.0, 0.0)], vec![Button::Right]),
        (vec![lines(1.0, 0.0)], vec![Button::Left]),
        (vec![pixels(0.0, -5.0); 50], vec![Button::Down; 2]),
        (vec![pixels(0.0, -5.0); 60], vec![Button::Down; 3]),
        // Notches of a mouse that come at once, after a slow picture or in one event.
        (vec![lines(0.0, -1.0); 3], vec![Button::Down; 3]),
        (vec![lines(0.0, -3.0)], vec![Button::Down; 3]),
        // Notches in parts (wheels of high resolution), whatever they are.
        (vec![lines(0.0, 0.125); 16], vec![Button::Up; 2]),
        (vec![lines(0.0, 1.0 / 12.0); 24], vec![Button::Up; 2]),
        (vec![lines(0.3, 0.0); 10], vec![Button::Left; 3]),
        // What a touch pad has left over takes nothing from a notch, and nonsense nothing at all.
        (
            vec![pixels(0.0, 60.0), lines(0.0, -1.0)],
            vec![Button::Down],
        ),
        (
            vec![lines(f32::NAN, f32::INFINITY), lines(0.0, -1.0)],
            vec![Button::Down],
        ),
        (vec![lines(0.0, f32::MAX)], vec![Button::Up; 10]),
    ] {
        let script: Vec<_> = script.into_iter().map(|event| (0, event)).collect();
        let expected: Vec<_> = expected.into_iter().map(Gesture::Pressed).collect();
        assert_eq!(play(&script), expected, "{script:?}");
    }
}

#[test]
fn a_wheel_that_is_a_button_moves_one_step_a_notch_however_its_halves_come() {
    let [up, down, left, right] = [(0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0)];
    let buttons = [Button::Up, Button::Down, Button::Left, Button::Right];
    let rolled = |hand: &mut Gestures, (x, y): (f32, f32)| {
        let gestures = hand.hear(&lines(x, y), Instant::now());
        gestures.len()
    };
    for ((notch, button), code) in [up, down, left, right].into_iter().zip(buttons).zip(4..) {
        let mut hand = Gestures::default();
        for _ in 0..3 {
            // The server has told of the release before the press is heard, or after that.
            assert_eq!(rolled(&mut hand, notch), 1, "{button:?}");
            hand.wheel.told(code);
            assert_eq!(rolled(&mut hand, notch), 0, "{button:?}");
            hand.wheel.told(code);
            let both = rolled(&mut hand, notch) + rolled(&mut hand, notch);
            assert_eq!(both, 1, "{button:?}");
        }
        // Three notches at once.
        for _ in 0..3 {
            hand.wheel.told(code);
        }
        let six: usize = (0..6).map(|_| rolled(&mut hand, notch)).sum();
        assert_eq!(six, 3, "{button:?}");
        // A mouse with valuators beside it, other buttons, and a wheel that was rolled over another window.
        for other in [1, 2, 3, 8, 9, if code == 4 { 5 } else { 4 }] {
            hand.wheel.told(other);
        }
        assert_eq!(rolled(&mut hand, notch), 1, "{button:?}");
        hand.wheel.told(code);
        let _ = hand.hear(&mouse(mouse::Event::CursorEntered), Instant::now());
        assert_eq!(rolled(&mut hand, notch), 1, "{button:?}");
    }
}

#[test]
fn a_notch_that_wakes_the_screen_has_two_halves_whenever_the_server_tells_of_its_end() {
    for told_before in [true, false] {
        let pointer = Pointer::default();
        let tell = || pointer.hand().wheel.told(5);
        if told_before {
            tell();
        }
        pointer.woken_by_wheel();
        if !told_before {
            tell();
        }
        let down = lines(0.0, -1.0);
        let pressed = || pointer.gestures(&down, Instant::now()).len();
        assert_eq!(pressed(), 0, "{told_before}");
        assert_eq!(pressed(), 1, "{told_before}");
    }
}

#[test]
fn the_right_button_goes_back() {
    let right = mouse(mouse::Event::ButtonPressed(mouse::Button::Right));
    assert_eq!(play(&[(0, right)]), [Gesture::Pressed(Button::Back)]);
}
