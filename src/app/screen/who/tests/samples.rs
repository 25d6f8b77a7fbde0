//! "Who is watching?" in each of its states, for tests and for looking at.

use super::super::*;
use crate::app::gallery::account;
use crate::app::i18n;

/// Names as people have them.
const NAMES: [&str; 20] = [
    "Ada Lindholm",
    "Kofi Asante",
    "Mei Tanaka",
    "Rafael Moura",
    "Grandma 👵🏽",
    "Oleksandra Kovalenko",
    "Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander",
    "Zoë",
    "J. R. R. T.",
    "kids@example.com",
    "Ingrid",
    "Bo",
    "Sólveig Anspach",
    "Living room",
    "Dad",
    "Mum",
    "Guest",
    "Lou",
    "Émile",
    "Nana Ama",
];

/// A state by name.
pub(in crate::app) type Sample = (&'static str, Who);

/// Somebody on the profile of that number.
pub(in crate::app) fn listed(number: usize, name: &str, pin: bool) -> Listed {
    let profile = format!("account-{number}");
    Listed {
        state: AccountState::SignedIn(Box::new(account(&profile, name))),
        has_pin: pin,
        profile,
    }
}

/// A file that cannot be used.
pub(in crate::app) fn broken(profile: &str) -> Listed {
    Listed {
        profile: profile.to_owned(),
        state: AccountState::Broken {
            file: format!("accounts/{profile}.json").into(),
            why: "not a valid account file (line 1, column 2)".to_owned(),
        },
        has_pin: false,
    }
}

/// The first `count` of them; nobody has a PIN.
pub(in crate::app) fn people(count: usize) -> Vec<Listed> {
    let people = NAMES.iter().enumerate().take(count);
    people
        .map(|(index, name)| listed(index + 1, name, false))
        .collect()
}

/// The screen for `choices`; nothing is loaded.
pub(in crate::app) fn who(context: &Context, choices: Choices) -> Who {
    let look = Look::new(
        &context.config.screen,
        iced::Size::new(1920.0, 1080.0),
        i18n::language(),
    );
    Who::new(context, choices, "default", &look).0
}

/// Every state.
pub(in crate::app) fn all(context: &Context) -> Vec<Sample> {
    let show = |choices| who(context, choices);
    let of = |listed| Choices {
        listed,
        ..Choices::default()
    };
    let mut pins = people(4);
    pins[1] = listed(2, "Kofi Asante", true);
    pins[2] = listed(3, NAMES[6], true);
    let with_broken = || [people(2), vec![broken("account-3")]].concat();
    let mut asking = show(Choices {
        focus: Some("account-3".to_owned()),
        ..of(with_broken())
    });
    let _ = asking.press(Button::Select);
    vec![
        ("1", show(of(vec![listed(1, "Ada Lindholm", true)]))),
        ("2", show(of(people(2)))),
        ("5", show(of(people(5)))),
        ("20", show(of(people(20)))),
        (
            "20_end",
            show(Choices {
                focus: Some("account-13".to_owned()),
                ..of(people(20))
            }),
        ),
        ("pins", show(of(pins))),
        (
            "guest",
            show(Choices {
                guests: vec![crate::app::screen::home::tests::samples::guest()],
                ..of(people(2))
            }),
        ),
        ("broken", show(of(with_broken()))),
        ("broken_asking", asking),
        (
            "ended",
            show(Choices {
                notice: Some(Notice::Ended),
                ..of(people(3))
            }),
        ),
        (
            "not_revoked",
            show(Choices {
                notice: Some(Notice::NotRevoked),
                ..of(people(20))
            }),
        ),
        (
            "everybody",
            show(Choices {
                notice: Some(Notice::Everybody {
                    not_revoked: NAMES.map(str::to_owned).to_vec(),
                    left: vec!["kitchen".to_owned(), NAMES[6].to_owned()],
                    guarded: Vec::new(),
                }),
                ..of(vec![broken("kitchen")])
            }),
        ),
        (
            "guarded",
            show(Choices {
                notice: Some(Notice::Everybody {
                    not_revoked: Vec::new(),
                    left: Vec::new(),
                    guarded: NAMES[1..4].iter().map(|name| (*name).to_owned()).collect(),
                }),
                ..of((2..5).map(|at| listed(at, NAMES[at - 1], true)).collect())
            }),
        ),
    ]
}
