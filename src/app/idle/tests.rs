use proptest::prelude::*;

use super::*;

const PLAIN: IdleContext = IdleContext {
    live: false,
    signed_in: false,
    guest: false,
    guests_away: false,
    open: false,
};
const LIVE: IdleContext = IdleContext {
    live: true,
    signed_in: false,
    guest: false,
    guests_away: false,
    open: false,
};
const HOME: IdleContext = IdleContext {
    live: false,
    signed_in: true,
    guest: false,
    guests_away: false,
    open: true,
};

fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn limits(dim: u64, ambient: u64, sign_out: u64) -> IdleLimits {
    let of = |seconds: u64| (seconds > 0).then(|| s(seconds));
    IdleLimits {
        dim: of(dim),
        ambient: of(ambient),
        sign_out: of(sign_out),
        lock: None,
        guest: None,
    }
}

/// A box that was started an hour before anybody looks.
const START: u64 = 3600;

fn idle(limits: IdleLimits) -> Idle {
    Idle::new(limits, None, s(START))
}

#[test]
fn the_owners_minutes_are_taken_and_nought_is_never() {
    let mut config = crate::app::gallery::config();
    let five = Some(s(300));
    assert_eq!(
        IdleLimits::of(&config),
        IdleLimits {
            dim: five,
            ambient: five,
            sign_out: None,
            lock: five,
            guest: five,
        }
    );
    config.screen.dim_after_minutes = 0;
    config.screen.ambient_after_minutes = 0;
    config.sign_in.sign_out_after_idle_minutes = 20;
    let twenty = IdleLimits {
        guest: Some(s(1200)),
        ..limits(0, 0, 1200)
    };
    assert_eq!(IdleLimits::of(&config), twenty);
    for (minutes, lock) in [(2, Some(s(120))), (0, None)] {
        config.screen.ambient_after_minutes = 5;
        config.sign_in.lock_after_idle_minutes = Some(minutes);
        assert_eq!(IdleLimits::of(&config).lock, lock);
    }
}

#[test]
fn a_guest_leaves_when_the_screen_goes_dark_or_is_signed_out_and_never_stays_for_good() {
    let mut config = crate::app::gallery::config();
    for (ambient, sign_out, guest) in [
        (5, 0, 300),
        (0, 20, 1200),
        (10, 2, 120),
        (2, 10, 120),
        (0, 0, 300),
    ] {
        config.screen.ambient_after_minutes = ambient;
        config.sign_in.sign_out_after_idle_minutes = sign_out;
        let limits = IdleLimits::of(&config);
        assert_eq!(limits.guest, Some(s(guest)), "{ambient} {sign_out}");
        let mut idle = idle(limits);
        let scene = IdleContext {
            guest: true,
            ..HOME
        };
        let level_after = |idle: &mut Idle, seconds| {
            idle.turn(scene, s(START + seconds));
            idle.level()
        };
        assert_eq!(
            level_after(&mut idle, guest - 61),
            match (ambient, sign_out) {
                _ if guest == 1200 => IdleLevel::Dimmed,
                _ => IdleLevel::Awake,
            }
        );
        let asked = level_after(&mut idle, guest - 30);
        assert_eq!(asked, IdleLevel::Warning { seconds: 30 });
        assert_eq!(level_after(&mut idle, guest), IdleLevel::SignOut);
        assert!(!idle.press(scene, s(START + guest)), "too late for any key");
        // Those whose home is not on go at the same time, without a word.
        assert!(!idle.guests_leave(s(START + guest - 1)) && idle.guests_leave(s(START + guest)));
    }
}

#[test]
fn a_guest_whose_home_is_not_on_changes_nothing_for_who_is_here() {
    let mut idle = idle(IdleLimits {
        guest: Some(s(300)),
        ..limits(300, 600, 0)
    });
    let scene = IdleContext {
        guests_away: true,
        ..HOME
    };
    idle.turn(scene, s(START + 299));
    assert_eq!(idle.level(), IdleLevel::Awake);
    assert_eq!(idle.next(scene, s(START + 299)), s(START + 300));
    idle.turn(scene, s(START + 300));
    assert_eq!(idle.level(), IdleLevel::Dimmed);
    assert!(idle.guests_leave(s(START + 300)));
    let _ = idle.press(scene, s(START + 301));
    assert!(!idle.guests_leave(s(START + 301)));
}

#[test]
fn an_account_locks_by_the_last_key_however_long_the_box_slept() {
    let limits = IdleLimits {
        lock: Some(s(600)),
        ..limits(300, 300, 0)
    };
    let mut idle = idle(limits);
    for (after, locks) in [(0, false), (599, false), (600, true), (30_000, true)] {
        assert_eq!(idle.locks(s(START + after)), locks, "{after}");
    }
    let _ = idle.press(HOME, s(START + 500));
    assert!(!idle.locks(s(START + 1099)));
    assert!(idle.locks(s(START + 1100)));
    let never = IdleLimits {
        lock: None,
        ..limits
    };
    assert!(!Idle::new(never, None, s(START)).locks(s(START + 90_000)));
    // It is looked at in time, and for nothing where there is nothing to lock.
    let rings = |scene| {
        let now = s(START + 570);
        Idle::new(limits, None, s(START)).next(scene, now)
    };
    assert_eq!(rings(HOME), s(START + 600));
    assert!(rings(PLAIN) > s(START + 600));
}

#[test]
fn b42_what_is_on_after_a_time_without_a_key() {
    let usual = limits(300, 300, 0);
    let apart = limits(180, 600, 0);
    let public = limits(300, 300, 1200);
    for (limits, scene, after, expected) in [
        (usual, PLAIN, 0, IdleLevel::Awake),
        (usual, PLAIN, 299, IdleLevel::Awake),
        (usual, PLAIN, 300, IdleLevel::Ambient),
        (usual, LIVE, 300, IdleLevel::Dimmed),
        (usual, LIVE, 90_000, IdleLevel::Dimmed),
        (usual, HOME, 300, IdleLevel::Ambient),
        (apart, PLAIN, 180, IdleLevel::Dimmed),
        (apart, PLAIN, 600, IdleLevel::Ambient),
        (limits(0, 600, 0), LIVE, 90_000, IdleLevel::Awake),
        (limits(0, 0, 0), HOME, 90_000, IdleLevel::Awake),
        (public, HOME, 1139, IdleLevel::Ambient),
        (public, HOME, 1140, IdleLevel::Warning { seconds: 60 }),
        (public, HOME, 1199, IdleLevel::Warning { seconds: 1 }),
        (public, HOME, 1200, IdleLevel::SignOut),
        (public, PLAIN, 1200, IdleLevel::Ambient),
        // A minute is all there is: half of it is the warning.
        (limits(0, 0, 60), HOME, 29, IdleLevel::Awake),
        (
            limits(0, 0, 60),
            HOME,
            30,
            IdleLevel::Warning { seconds: 30 },
        ),
    ] {
        let mut idle = idle(limits);
        idle.turn(scene, s(START + after));
        assert_eq!(idle.level(), expected, "{limits:?} {scene:?} after {after}");
    }
}

#[test]
fn the_key_that_wakes_does_nothing_else() {
    for (scene, after) in [(PLAIN, 300), (LIVE, 300), (HOME, 1150)] {
        let mut idle = idle(limits(300, 300, 1200));
        assert!(idle.press(scene, s(START + 10)), "awake, a key counts");
        let then = START + 10 + after;
        idle.turn(scene, s(then));
        assert_ne!(idle.level(), IdleLevel::Awake);
        assert!(!idle.press(scene, s(then + 5)), "{scene:?}");
        assert_eq!(idle.level(), IdleLevel::Awake);
        assert!(idle.press(scene, s(then + 6)), "the next one counts");
    }
}

#[test]
fn a_key_counts_by_what_the_person_saw() {
    let mut idle = idle(limits(300, 300, 0));
    // The time is over, but the screen has not changed yet.
    assert!(idle.press(PLAIN, s(START + 301)));
}

#[test]
fn a_box_that_slept_through_the_warning_signs_out_all_the_same() {
    let mut idle = idle(limits(300, 300, 1200));
    idle.turn(HOME, s(START + 300));
    assert!(!idle.press(HOME, s(START + 30_000)));
    assert_eq!(idle.level(), IdleLevel::SignOut);
    assert!(!idle.press(HOME, s(START + 30_001)), "no key stops it");
    assert_eq!(idle.level(), IdleLevel::SignOut);
    // Nobody is signed in any more, and nobody is there.
    idle.turn(PLAIN, s(START + 30_002));
    assert_eq!(idle.level(), IdleLevel::Ambient);
}

#[test]
fn an_answer_from_the_phone_lights_the_screen() {
    let mut idle = idle(limits(300, 300, 1200));
    idle.turn(LIVE, s(START + 1500));
    assert_eq!(idle.level(), IdleLevel::Dimmed);
    idle.stir(s(START + 1500));
    idle.turn(HOME, s(START + 1501));
    assert_eq!(
        idle.level(),
        IdleLevel::Awake,
        "and nobody is signed out for it"
    );
}

#[test]
fn a_key_from_before_a_restart_counts_for_the_sign_out_alone() {
    let mut idle = Idle::new(limits(300, 300, 1200), Some(s(START - 1000)), s(START));
    idle.turn(HOME, s(START));
    assert_eq!(idle.level(), IdleLevel::Awake);
    idle.turn(HOME, s(START + 145));
    assert_eq!(idle.level(), IdleLevel::Warning { seconds: 55 });
    let from_the_future = Idle::new(limits(0, 0, 1200), Some(s(START + 99)), s(START));
    assert_eq!(
        from_the_future,
        Idle::new(limits(0, 0, 1200), None, s(START))
    );
}

#[test]
fn r19_content_moves_every_minute_but_not_under_somebodys_thumb() {
    let mut idle = idle(limits(0, 0, 0));
    for minute in 1..=5 {
        idle.turn(PLAIN, s(START + 60 * minute - 1));
        assert_eq!(u64::from(idle.shifts()), minute - 1);
        idle.turn(PLAIN, s(START + 60 * minute));
        assert_eq!(u64::from(idle.shifts()), minute);
    }
    let _ = idle.press(PLAIN, s(START + 350));
    idle.turn(PLAIN, s(START + 360));
    assert_eq!(idle.shifts(), 5);
    idle.turn(PLAIN, s(START + 410));
    assert_eq!(idle.shifts(), 6);
}

/// Follows the alarms alone from `START` and tells each time something changed.
fn alarms(mut idle: Idle, scene: IdleContext, until: u64) -> Vec<(u64, IdleLevel)> {
    let mut seen = Vec::new();
    let mut now = s(START);
    loop {
        now = idle.next(scene, now);
        if now > s(START + until) {
            return seen;
        }
        let before = (idle.level(), idle.shifts());
        idle.turn(scene, now);
        assert_ne!(
            (idle.level(), idle.shifts()),
            before,
            "an alarm for nothing"
        );
        seen.push((now.as_secs() - START, idle.level()));
    }
}

#[test]
fn nothing_wakes_the_box_without_something_to_see() {
    let quiet = alarms(idle(limits(300, 300, 0)), PLAIN, 3600);
    assert_eq!(quiet.len(), 60, "once a minute: {quiet:?}");
    assert!(quiet.contains(&(300, IdleLevel::Ambient)));

    let apart = alarms(idle(limits(90, 150, 0)), PLAIN, 180);
    assert_eq!(
        apart,
        [
            (60, IdleLevel::Awake),
            (90, IdleLevel::Dimmed),
            (120, IdleLevel::Dimmed),
            (150, IdleLevel::Ambient),
            (180, IdleLevel::Ambient)
        ]
    );
    let warned = alarms(idle(limits(0, 0, 600)), HOME, 600);
    let counted: Vec<_> = warned
        .iter()
        .filter(|(_, stage)| matches!(stage, IdleLevel::Warning { .. }))
        .collect();
    assert_eq!(counted.len(), 60, "once for each second of the warning");
    assert_eq!(warned.last(), Some(&(600, IdleLevel::SignOut)));
}

proptest! {
    #[test]
    fn every_alarm_lies_ahead_and_within_a_minute(
        dim in 0_u64..900, ambient in 0_u64..900, sign_out in 0_u64..3600,
        live in any::<bool>(), signed_in in any::<bool>(), guest in any::<bool>(),
        steps in proptest::collection::vec((0_u64..400, any::<bool>()), 1..40),
    ) {
        let scene = IdleContext { live, signed_in, open: signed_in, guest, guests_away: guest != signed_in };
        let limits = IdleLimits { guest: Some(s(300)), ..limits(dim, ambient, sign_out) };
        let mut idle = idle(limits);
        let mut now = s(START);
        for (seconds, pressed) in steps {
            now += s(seconds);
            if pressed {
                let _ = idle.press(scene, now);
            }
            idle.turn(scene, now);
            let next = idle.next(scene, now);
            prop_assert!(next > now && next <= now + SHIFT_EVERY);
        }
    }
}
