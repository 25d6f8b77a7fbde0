use super::*;

const START: Duration = Duration::from_secs(3600);

/// What comes of a script: milliseconds, button, motion.
fn play(script: &[(u64, Button, KeyState)]) -> Vec<Press> {
    let mut pace = KeyRepeat::default();
    let start = Instant::now() + START;
    script
        .iter()
        .filter_map(|(ms, button, motion)| {
            pace.take(*button, *motion, start + Duration::from_millis(*ms))
        })
        .collect()
}

const KEY: KeyState = KeyState::Pressed(KeySource::Keyboard);
const CODE: KeyState = KeyState::Pressed(KeySource::Remote);

/// How many presses count when a key is held for `seconds` at `rate` repeats a second.
fn held(button: Button, rate: u32, seconds: u32) -> usize {
    let mut pace = KeyRepeat::default();
    let start = Instant::now();
    let mut presses: Vec<_> = pace.take(button, CODE, start).into_iter().collect();
    for repeat in 1..=rate * seconds {
        let now = start + Duration::from_secs(1) * repeat / rate;
        presses.extend(pace.take(button, KeyState::Repeated, now));
    }
    presses.len()
}

#[test]
fn a_held_arrow_keeps_its_pace_whatever_the_keyboard() {
    for rate in [10, 25, 40, 100, 1000] {
        let moves = held(Button::Down, rate, 2);
        assert!((17..=19).contains(&moves), "{rate} a second: {moves}");
    }
    assert_eq!(held(Button::Left, 5, 2), 11);
}

#[test]
fn ok_and_back_act_once_per_press() {
    for button in [Button::Select, Button::Back, Button::Menu, Button::Digit(3)] {
        assert_eq!(held(button, 40, 2), 1);
    }
}

#[test]
fn a_bounce_is_one_press_and_quick_fingers_are_many() {
    use Button::{Left, Right, Select};
    for (script, presses) in [
        (vec![(0, Select, KEY), (49, Select, KEY)], 1),
        (vec![(0, Select, KEY), (50, Select, KEY)], 2),
        (vec![(0, Right, KEY), (10, Left, KEY), (20, Right, KEY)], 3),
        // Bounced when it was let go.
        (
            vec![
                (0, Select, KEY),
                (300, Select, KeyState::Released),
                (320, Select, KEY),
            ],
            1,
        ),
        // A receiver that lets go and presses again while the arrow is held.
        (
            vec![
                (0, Right, KEY),
                (110, Right, KeyState::Released),
                (111, Right, KEY),
                (220, Right, KeyState::Released),
                (221, Right, KEY),
            ],
            3,
        ),
    ] {
        assert_eq!(play(&script).len(), presses, "{script:?}");
    }
}

/// A press whose contact chatters for 45 ms when it closes, `ms` after the start, and again when it opens.
fn worn(button: Button, from: u64, to: u64) -> Vec<(u64, Button, KeyState)> {
    let edges = |at: u64| [(at, KEY), (at + 1, KeyState::Released)];
    let chatter = |at: u64| {
        [0, 3, 9, 20, 44]
            .into_iter()
            .flat_map(move |ms| edges(at + ms))
    };
    let closes = chatter(from).chain([(from + 45, KEY)]);
    let opens = [(to, KeyState::Released)].into_iter();
    let opens = opens.chain([3, 9, 20, 44].into_iter().flat_map(|ms| edges(to + ms)));
    let all = closes.chain(opens);
    all.map(|(ms, state)| (ms, button, state)).collect()
}

#[test]
fn a_worn_contact_is_one_press_and_a_long_one_where_it_is_held() {
    use Button::{Digit, Menu, Select};
    for button in [Select, Menu, Digit(7)] {
        assert_eq!(play(&worn(button, 0, 110)), [Press::Pressed(button)]);
        // Two of them are two.
        let mut twice = worn(button, 0, 110);
        twice.extend(worn(button, 260, 370));
        assert_eq!(play(&twice).len(), 2, "{button:?}");
    }
    assert_eq!(
        play(&worn(Menu, 0, 700)),
        [Press::Pressed(Menu), Press::Held(Menu)]
    );
}

#[test]
fn presses_that_come_ever_so_fast_are_thinned_out_and_never_swallowed_whole() {
    use Button::{Back, Digit, Down, Menu, Select};
    // The shortest and the longest time between two that count, in milliseconds.
    for (button, source, least, most) in [
        (Down, KEY, 50, 100),
        (Select, KEY, 50, 200),
        (Menu, CODE, 50, 200),
        (Digit(5), KEY, 50, 200),
        (Select, CODE, 200, 400),
        (Back, CODE, 200, 400),
    ] {
        for apart in 4..u64::try_from(KeyRepeat::ECHO.as_millis()).unwrap() {
            let mut pace = KeyRepeat::default();
            let start = Instant::now();
            let (mut counted, mut last) = (0, 0);
            for ms in (0..3000).step_by(usize::try_from(apart).unwrap()) {
                let at = |ms| start + Duration::from_millis(ms);
                let pressed = pace.take(button, source, at(ms)).is_some();
                assert_eq!(
                    pace.take(button, KeyState::Released, at(ms + apart / 2)),
                    None
                );
                if pressed && counted > 0 {
                    assert!(
                        ms - last >= least,
                        "{button:?} every {apart} ms: {last}, {ms}"
                    );
                }
                if pressed {
                    (counted, last) = (counted + 1, ms);
                }
                let silent = ms - last;
                assert!(
                    silent <= most.max(apart),
                    "{button:?} every {apart} ms: {last}, {ms}"
                );
            }
        }
    }
}

#[test]
fn the_echo_of_an_adapter_presses_ok_and_back_once() {
    for button in [Button::Select, Button::Back] {
        let up = KeyState::Released;
        let twice = [
            (0, button, CODE),
            (60, button, up),
            (190, button, CODE),
            (250, button, up),
        ];
        assert_eq!(play(&twice), [Press::Pressed(button)]);
        let two = [
            (0, button, CODE),
            (60, button, up),
            (201, button, CODE),
            (260, button, up),
        ];
        assert_eq!(play(&two).len(), 2);
        // Each of two has its echo.
        let echoes = [0, 150, 260, 410].into_iter();
        let echoes = echoes.flat_map(|ms| [(ms, button, CODE), (ms + 50, button, up)]);
        assert_eq!(play(&echoes.collect::<Vec<_>>()).len(), 2);
    }
    // Five digits or moves in a second are quick fingers.
    for button in [Button::Digit(1), Button::Down] {
        assert_eq!(play(&[(0, button, CODE), (100, button, CODE)]).len(), 2);
    }
}

#[test]
fn a_long_press_is_told_by_time_when_it_is_over() {
    let menu = Button::Menu;
    for (ms, long) in [(499, false), (500, true), (5000, true)] {
        let presses = play(&[(0, menu, CODE), (ms, menu, KeyState::Released)]);
        let expected = [Press::Pressed(menu), Press::Held(menu)];
        assert_eq!(presses, expected[..=usize::from(long)], "{ms} ms");
    }
}

#[test]
fn repeats_neither_make_nor_break_a_long_press() {
    let menu = Button::Menu;
    let mut script = vec![(0, menu, KEY)];
    script.extend((15..25).map(|n| (n * 40, menu, KeyState::Repeated)));
    script.push((1000, menu, KeyState::Released));
    assert_eq!(play(&script), [Press::Pressed(menu), Press::Held(menu)]);
}

#[test]
fn what_was_not_pressed_here_is_not_held() {
    let (menu, up) = (Button::Menu, KeyState::Released);
    // Pressed before the window had the keyboard; let go twice; another button in between.
    assert_eq!(play(&[(900, menu, up)]), []);
    assert_eq!(
        play(&[(0, menu, CODE), (900, menu, up), (1800, menu, up)]).len(),
        2
    );
    let other = [(0, menu, CODE), (100, Button::Down, CODE), (900, menu, up)];
    assert_eq!(play(&other).len(), 2);
    assert_eq!(play(&[(0, Button::Down, KeyState::Repeated)]), []);
}

#[test]
fn a_held_arrow_stops_when_it_is_let_go() {
    let down = Button::Down;
    let script = [
        (0, down, KEY),
        (600, down, KeyState::Repeated),
        (700, down, KeyState::Released),
        (740, down, KeyState::Repeated),
    ];
    assert_eq!(play(&script).len(), 2);
}

#[test]
fn arrows_and_ok_have_no_long_press() {
    for button in [Button::Down, Button::Select, Button::Back] {
        let presses = play(&[(0, button, CODE), (2000, button, KeyState::Released)]);
        assert_eq!(presses, [Press::Pressed(button)]);
    }
}
