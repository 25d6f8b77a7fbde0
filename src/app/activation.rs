//! Accidental presses: an OK right after what it does has become something else. Pure.
//!
//! A heavy thumb presses OK twice, and the second press would do whatever the first one, or a server, has put under
//! it meanwhile. Browsers keep the buttons of a dialog still for a moment for the same reason (Chromium's
//! `InputEventActivationProtector`, Firefox's `security.dialog_enable_delay`). A person who presses another button in
//! between has looked: an arrow takes aim, and the OK after it counts at once.

use std::time::{Duration, Instant};

/// A second OK so soon after the first is of the same push, wherever the first one led. No person reads sooner, and a menu
/// waits no longer: a person who knows the way presses OK for its first entry without looking.
pub const DOUBLE: Duration = Duration::from_millis(150);
/// No person has read sooner what has just come where OK does what lasts: opens something of the owner's API or sends it
/// something, types a digit, changes a setting.
pub const LOOK: Duration = Duration::from_millis(400);
/// How long a button holds that has just said what came of it, and may do the opposite by now.
pub const HOLD: Duration = Duration::from_secs(1);
/// How long OK does not take back what an OK has just asked a server for.
pub const HASTE: Duration = Duration::from_millis(1500);

/// What OK would do.
#[derive(Debug, Clone)]
pub struct Target {
    screen: &'static str,
    control: String,
    /// What the control does, where that changes under its name.
    does: Option<String>,
    /// How long OK is inert after this has come under it, whatever brought it.
    still: Duration,
}

impl Target {
    /// The control with this name on a screen.
    pub fn new(screen: &'static str, control: String) -> Self {
        Self {
            screen,
            control,
            does: None,
            still: Duration::ZERO,
        }
    }

    /// The same, where it does this now.
    pub fn doing(self, does: String) -> Self {
        let does = Some(does);
        Self { does, ..self }
    }

    /// The same, where OK is inert for so long.
    pub fn still_for(self, still: Duration) -> Self {
        Self { still, ..self }
    }

    fn is(&self, other: &Self) -> bool {
        let parts = |target: &Self| (target.screen, target.control.clone(), target.does.clone());
        parts(self) == parts(other)
    }
}

/// What came before what OK does changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// OK; also any press that has only woken the screen.
    Ok,
    /// A finger on the parts of the screen with these names.
    Touch(Vec<String>),
    /// Another button.
    OtherButton,
    /// No input: time, a server, a disk.
    NoInput,
}

/// Which OK counts.
#[derive(Debug, Default)]
pub struct ActivationProtector {
    target: Option<Target>,
    /// When something else came under OK, where no arrow has taken aim since.
    changed: Option<Instant>,
    /// The last OK that counted.
    pressed: Option<Instant>,
    /// Whether another screen came with it.
    other_screen: bool,
    /// Whether OK was the last button.
    after_ok: bool,
}

impl ActivationProtector {
    /// Whether OK at `now` is for what it would do.
    pub fn admits(&self, now: Instant) -> bool {
        let still = self.target.as_ref().map_or(LOOK, |target| target.still);
        let past = |then: Option<Instant>, time| {
            then.is_none_or(|then| now.saturating_duration_since(then) >= time)
        };
        self.changed.is_none() || (past(self.changed, still) && past(self.pressed, DOUBLE))
    }

    /// Whether a finger at `now` is for the parts of the screen with these names. It may go where it likes on the same
    /// screen; where another one came under it, it cannot have aimed at anything.
    pub fn admits_touch(&self, names: &[String], now: Instant) -> bool {
        let same = |target: &Target| names.contains(&target.control);
        let unmeant = self.other_screen || self.target.as_ref().is_some_and(same);
        !unmeant || self.admits(now)
    }

    /// Takes note of what OK does by now, and of what came before.
    pub fn follow(&mut self, target: Option<Target>, cause: &Cause, now: Instant) {
        if matches!(cause, Cause::Ok | Cause::Touch(_)) && self.admits(now) {
            self.pressed = Some(now);
        }
        let same = match (&target, &self.target) {
            (Some(new), Some(old)) => new.is(old),
            (None, None) => true,
            _ => false,
        };
        let before = std::mem::replace(&mut self.target, target);
        // What a finger has put the focus on did not come under it.
        let aimed = match (cause, &self.target, &before) {
            (Cause::OtherButton, ..) => true,
            (Cause::Touch(names), Some(new), Some(old)) => {
                new.screen == old.screen
                    && new.control != old.control
                    && names.contains(&new.control)
            }
            _ => false,
        };
        if *cause != Cause::NoInput {
            self.after_ok = !aimed;
        }
        if aimed {
            self.changed = None;
        } else if !same && (self.after_ok || before.is_some()) {
            let screen = |target: &Target| target.screen;
            self.other_screen = before.as_ref().map(screen) != self.target.as_ref().map(screen);
            self.changed = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether OK counts so many milliseconds after the last of some changes, each with its time and cause.
    fn admits(changes: &[(u64, Cause, Option<Target>)], ms: u64) -> bool {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut protector = ActivationProtector::default();
        for (ms, cause, target) in changes {
            protector.follow(target.clone(), cause, at(*ms));
        }
        let last = changes.last().map_or(0, |(ms, ..)| *ms);
        protector.admits(at(last + ms))
    }

    fn on(screen: &'static str, control: &str) -> Option<Target> {
        Some(Target::new(screen, control.to_owned()))
    }

    #[test]
    fn an_ok_is_inert_for_a_moment_after_something_else_came_under_it() {
        use Cause::{NoInput, Ok, OtherButton};
        let home = || on("home", "card.0.dune").map(|it| it.still_for(LOOK));
        let account = || on("account", "switch");
        for (changes, inert) in [
            // The first OK of all is for what is there.
            (vec![(0, NoInput, home())], 0),
            (vec![(0, NoInput, None), (900, NoInput, home())], 0),
            // OK opened it.
            (
                vec![(0, NoInput, on("success", "continue")), (50, Ok, home())],
                400,
            ),
            // It came by itself, where OK was for something else, or was pressed before.
            (
                vec![
                    (0, NoInput, on("success", "continue")),
                    (4000, NoInput, home()),
                ],
                400,
            ),
            (vec![(0, Ok, None), (30_000, NoInput, home())], 400),
            (vec![(0, OtherButton, None), (900, NoInput, home())], 0),
            // A menu holds up the second half of a push, and nothing else.
            (vec![(0, NoInput, home()), (500, Ok, account())], 150),
            (
                vec![
                    (0, NoInput, home()),
                    (500, Ok, None),
                    (600, NoInput, account()),
                ],
                50,
            ),
            (vec![(0, NoInput, home()), (4000, NoInput, account())], 0),
            // An arrow took aim, whether it moved or not.
            (
                vec![
                    (0, Ok, home()),
                    (50, OtherButton, on("home", "card.0.solaris")),
                ],
                0,
            ),
            (vec![(0, Ok, home()), (50, OtherButton, home())], 0),
            (
                vec![(0, Ok, on("pin", "pad")), (50, OtherButton, home())],
                0,
            ),
            // Nothing changed: OK on the digits of a PIN.
            (
                vec![
                    (0, OtherButton, on("pin", "pad")),
                    (50, Ok, on("pin", "pad")),
                ],
                0,
            ),
        ] {
            let told = format!("{changes:?}");
            assert!(admits(&changes, inert), "{told}");
            assert!(inert == 0 || !admits(&changes, inert - 1), "{told}");
        }
    }

    #[test]
    fn each_kind_of_button_has_its_time() {
        let add = |said: &str, still| {
            let target = Target::new("detail", "action.0".to_owned());
            Some(target.doing(said.to_owned()).still_for(still))
        };
        for (target, ms) in [
            (add("Add, done", HOLD), 1000),
            (add("Remove", HOLD), 1000),
            (on("sign_in", "cancel").map(|it| it.still_for(HASTE)), 1500),
        ] {
            let changes = [
                (0, Cause::NoInput, add("Add", LOOK)),
                (100, Cause::Ok, None),
                (900, Cause::NoInput, target),
            ];
            assert!(!admits(&changes, ms - 1));
            assert!(admits(&changes, ms));
        }
    }

    #[test]
    fn a_finger_goes_where_it_likes_on_the_same_screen() {
        let now = Instant::now();
        let mut protector = ActivationProtector::default();
        let names = |name: &str| [name.to_owned()];
        protector.follow(on("home", "card.0.dune"), &Cause::NoInput, now);
        let action = || on("detail", "action.0").map(|it| it.still_for(LOOK));
        protector.follow(action(), &Cause::Ok, now);
        for name in ["action.0", "action.1"] {
            assert!(!protector.admits_touch(&names(name), now));
        }
        let later = now + LOOK;
        let done = action().map(|it| it.doing("Done".to_owned()));
        protector.follow(done, &Cause::Ok, later);
        assert!(!protector.admits_touch(&names("action.0"), later));
        assert!(protector.admits_touch(&names("action.1"), later));
        // It turns the same setting twice, whatever had the focus before.
        protector.follow(on("accessibility", "theme"), &Cause::NoInput, later);
        let there = names("text_scale");
        protector.follow(
            on("accessibility", "text_scale"),
            &Cause::Touch(there.to_vec()),
            later,
        );
        assert!(protector.admits_touch(&there, later));
    }
}
