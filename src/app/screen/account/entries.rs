//! What can be done on the account screen: one table, one line each.

use crate::app::i18n::fl;
use crate::app::widget::icon::Icon;

/// Something that can be done on the account screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountEntry {
    /// Change to another account of this device; this one stays signed in.
    Switch,
    /// Sign in with a further account.
    Add,
    /// Ask for a PIN from now on.
    SetPin,
    /// Ask for another PIN.
    ChangePin,
    /// Ask for no PIN any more.
    RemovePin,
    /// Choose the language.
    Language,
    /// Choose how the screen looks.
    Accessibility,
    /// Look at what this device and its servers say.
    Diagnostics,
    /// Sign the person out of this device.
    SignOut,
    /// Sign everybody out of this device.
    SignOutEverybody,
}

/// Who else is on this device, and whether this account has a PIN.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryConditions {
    /// Whether there are others.
    pub others: bool,
    /// Whether a PIN is asked for.
    pub pin: bool,
    /// Whether it is a guest, who has nothing to keep behind a PIN.
    pub guest: bool,
}

/// An entry as it stands on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct MenuLine {
    pub(super) entry: AccountEntry,
    /// Its name in `--ui-log`.
    pub(super) id: &'static str,
    pub(super) icon: Icon,
    pub(super) words: fn() -> String,
    /// When it stands there at all.
    pub(super) when: fn(EntryConditions) -> bool,
    /// What is asked before it is done; nothing is done at once.
    pub(super) confirmation: Option<Confirmation>,
}

/// A question before something that cannot be taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Confirmation {
    pub(super) words: fn() -> String,
    /// The button that does it.
    pub(super) yes: fn() -> String,
    /// The button that does not.
    pub(super) no: fn() -> String,
    /// What is said while it is being done.
    pub(super) doing: fn() -> String,
    /// The name of that state in `--ui-log`.
    pub(super) doing_state: &'static str,
}

/// Every entry, in the order of the screen: who watches, how the screen is, what only a few look for, and last what cannot
/// be taken back for others. The screen opens on the first, which is what people come for. A further one is a variant of
/// [`AccountEntry`], a line here, and what it does in [`crate::app::screen::home`].
pub(super) const ENTRIES: &[MenuLine] = &[
    MenuLine {
        entry: AccountEntry::Switch,
        id: "switch",
        icon: Icon::People,
        words: || fl!("account-switch"),
        when: |conditions| conditions.others,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::SignOut,
        id: "sign_out",
        icon: Icon::SignOut,
        words: || fl!("account-sign-out"),
        when: |_| true,
        confirmation: Some(Confirmation {
            words: || fl!("account-confirm"),
            yes: || fl!("account-sign-out"),
            no: || fl!("account-stay"),
            doing: || fl!("account-signing-out"),
            doing_state: "signing_out",
        }),
    },
    MenuLine {
        entry: AccountEntry::Add,
        id: "add",
        icon: Icon::Add,
        words: || fl!("account-add"),
        when: |_| true,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::SetPin,
        id: "set_pin",
        icon: Icon::Lock,
        words: || fl!("account-set-pin"),
        when: |conditions| !conditions.pin && !conditions.guest,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::ChangePin,
        id: "change_pin",
        icon: Icon::Lock,
        words: || fl!("account-change-pin"),
        when: |conditions| conditions.pin,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::RemovePin,
        id: "remove_pin",
        icon: Icon::Remove,
        words: || fl!("account-remove-pin"),
        when: |conditions| conditions.pin,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::Language,
        id: "language",
        icon: Icon::Language,
        words: || fl!("language-title"),
        when: |_| true,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::Accessibility,
        id: "accessibility",
        icon: Icon::Accessibility,
        words: || fl!("accessibility-title"),
        when: |_| true,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::Diagnostics,
        id: "diagnostics",
        icon: Icon::Diagnostics,
        words: || fl!("account-diagnostics"),
        when: |_| true,
        confirmation: None,
    },
    MenuLine {
        entry: AccountEntry::SignOutEverybody,
        id: "sign_out_everybody",
        icon: Icon::SignOut,
        words: || fl!("account-everybody"),
        // Those who are remembered are no business of a guest's.
        when: |conditions| conditions.others && !conditions.guest,
        confirmation: Some(Confirmation {
            words: || fl!("account-everybody-confirm"),
            yes: || fl!("account-everybody"),
            no: || fl!("account-stay"),
            doing: || fl!("account-everybody-signing-out"),
            doing_state: "signing_out_everybody",
        }),
    },
];

/// The entries that stand on the screen.
pub(super) fn entries(conditions: EntryConditions) -> impl Iterator<Item = &'static MenuLine> {
    ENTRIES.iter().filter(move |line| (line.when)(conditions))
}

impl AccountEntry {
    /// The line of this entry.
    pub(super) fn line(self) -> Option<&'static MenuLine> {
        ENTRIES.iter().find(|line| line.entry == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_alone_has_nobody_to_switch_to_and_a_pin_is_set_before_it_is_changed() {
        let shown = |others, pin| -> Vec<_> {
            let conditions = EntryConditions {
                others,
                pin,
                guest: false,
            };
            entries(conditions).map(|line| line.id).collect()
        };
        let alone = shown(false, false);
        for id in ["switch", "sign_out_everybody", "change_pin", "remove_pin"] {
            assert!(!alone.contains(&id), "{id}");
        }
        assert!(alone.contains(&"add") && alone.contains(&"set_pin"));
        let conditions = shown(true, true);
        for id in [
            "switch",
            "add",
            "change_pin",
            "remove_pin",
            "sign_out",
            "sign_out_everybody",
        ] {
            assert!(conditions.contains(&id), "{id}");
        }
        assert!(!conditions.contains(&"set_pin"));
        let guest = EntryConditions {
            guest: true,
            others: true,
            pin: false,
        };
        let guest: Vec<_> = entries(guest).map(|line| line.id).collect();
        for id in ["set_pin", "change_pin", "remove_pin", "sign_out_everybody"] {
            assert!(!guest.contains(&id), "{id}");
        }
        assert!(guest.contains(&"switch") && guest.contains(&"sign_out"));
    }

    #[test]
    fn every_line_has_a_name_of_its_own() {
        for (index, line) in ENTRIES.iter().enumerate() {
            let others = &ENTRIES[..index];
            assert!(others.iter().all(|other| other.id != line.id));
            assert!(others.iter().all(|other| other.entry != line.entry));
            assert!(!(line.words)().is_empty());
        }
    }
}
