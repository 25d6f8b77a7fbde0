//! The PIN pad in each of its states, for tests and for looking at. Nothing is in flight.

use std::time::Duration;

use super::super::*;
use crate::app::gallery::account;
use crate::app::screen::Context;

/// A state by name.
pub(in crate::app) type Sample = (&'static str, PinPad);

/// The pad for `purpose`, where the PIN is in `state`.
pub(in crate::app) fn pad(context: &Context, purpose: Purpose, state: PinState) -> PinPad {
    pad_of(context, "Ada Lindholm", purpose, state)
}

fn pad_of(context: &Context, name: &str, purpose: Purpose, state: PinState) -> PinPad {
    let account = account("account-2", name);
    let now = Instant::now();
    let portrait = Pictures::default();
    let (mut pad, task) = PinPad::new(&context.accounts, account, portrait, purpose, now);
    drop(task);
    pad.work = None;
    let verdict = None;
    let _ = pad.update(Message::Known { verdict, state }, now);
    pad.work = None;
    pad
}

/// The pad with these digits typed.
pub(in crate::app) fn typed(mut pad: PinPad, digits: &[u8]) -> PinPad {
    for digit in digits {
        let _ = pad.digit(*digit);
    }
    pad.work = None;
    pad
}

/// The pad after a wrong PIN.
pub(in crate::app) fn wrong(mut pad: PinPad, left: u32, state: PinState) -> PinPad {
    let verdict = Some(Verdict::Wrong { left });
    let _ = pad.update(Message::Known { verdict, state }, Instant::now());
    pad
}

/// Every state.
pub(in crate::app) fn all(context: &Context) -> Vec<Sample> {
    let unlock = || pad(context, Purpose::Unlock, PinState::Ready);
    let set = || pad(context, Purpose::Set, PinState::NotSet);
    let wait = || PinState::Wait(Instant::now() + Duration::from_secs(89));
    let mut forgotten = unlock();
    forgotten.enter(PinStep::Forgotten);
    let mut not_saved = set();
    let why = "/home/kiosk/.config/vestibule/accounts/account-2.pin: No space left on device (os error 28)";
    let _ = not_saved.update(Message::Written(Err(why.to_owned())), Instant::now());
    let long = "Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander von und zu Hohenlohe";
    vec![
        ("asking", unlock()),
        ("typing", typed(unlock(), &[1, 2, 3])),
        ("checking", typed(unlock(), &[1, 2, 3, 4])),
        ("wrong", wrong(unlock(), 3, PinState::Ready)),
        ("wrong_last", wrong(unlock(), 1, PinState::Ready)),
        ("locked", wrong(unlock(), 0, wait())),
        (
            "unreadable",
            pad(context, Purpose::Unlock, PinState::Unreadable),
        ),
        ("forgotten", forgotten),
        ("current", pad(context, Purpose::Remove, PinState::Ready)),
        ("new", set()),
        ("repeat", typed(set(), &[1, 2, 3, 4])),
        (
            "mismatch",
            typed(typed(set(), &[1, 2, 3, 4]), &[4, 3, 2, 1]),
        ),
        ("not_saved", not_saved),
        (
            "long",
            pad_of(context, long, Purpose::Unlock, PinState::Ready),
        ),
    ]
}
