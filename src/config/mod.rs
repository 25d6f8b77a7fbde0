//! What the owner wrote in `vestibule.toml`, checked before anything else runs.
//!
//! A new key is one line in `schema`, `api`, `row` or `card`: its type, its default, what may be written, and what it does, in
//! the words of the reference. The check and the reference in the documentation follow from it.
//!
//! In reading order:
//!
//! * `directories`, [`load`], `fragments`: where the files are looked for, and how they are read. `sources`: how they are
//!   merged, and which of them says what.
//! * `schema`, `device`, `api`, `row`, `card`: the tables of the file, each declared once with the macros of `table`; `parameter`,
//!   [`Aloud`], `backdrop`, [`LocalizedText`], [`Template`]: values that are more than a word.
//! * `keys`: [`KEYS`], the rows that the declarations yield, and what may be written at each ([`ValueKind`]).
//! * `check`: [`parse`] walks a file along [`KEYS`] and says of every mistake where it is, what is wrong and what to
//!   write instead. `value` (with `address`, `remote`) checks one value, `preset` what a kind of server needs,
//!   `cross_checks` keys of a row that contradict each other; `suggestion` finds the valid word nearest to a typo.
//! * `reference`, [`show`]: the same rows as a page, the configuration in force as text with secrets masked.
//! * [`Reload`]: what takes effect where the file is read again while the program runs.
//! * [`with_row`]: a further row in the text of a file.
//! * `client`, `secret`: what `[provider]` says made into a client of the protocol, with the client secret from a
//!   file of its own.
//! * [`Preferences`]: what the viewer changed on the screen, in a file that wins over `[screen]`.

mod address;
mod aloud;
mod api;
mod append;
mod backdrop;
mod card;
mod check;
mod client;
mod contents;
mod cross_checks;
mod device;
mod directories;
mod error;
mod format_keys;
mod fragments;
mod header_refusal;
pub(crate) mod json_path;
mod keys;
pub mod linux_keys;
mod load;
mod localized_text;
mod lookup_names;
mod parameter;
mod preferences;
mod preset;
#[cfg(test)]
mod reference;
mod reload;
mod remote;
mod row;
mod schema;
mod secret;
mod show;
mod sources;
mod suggestion;
mod table;
mod template;
mod value;

pub use aloud::Aloud;
pub use api::{Api, Header, OtherApi, TOKEN_BLANK, TokenPlace};
pub use append::with_row;
pub use backdrop::Backdrop;
pub use card::{CardMap, Fill, Format, Image, Max, Pointers, Progress, Source, Unit};
pub use check::parse;
pub use client::trust_anchors;
pub use contents::Contents;
pub use device::Device;
pub use device_flow::is_loopback;
pub use directories::{Directories, directories};
pub use error::Error;
#[cfg(test)]
pub use error::Problem;
pub use fragments::{fragment_files, fragments_folder};
pub use header_refusal::header_refusal;
use keys::KEYS;
#[cfg(test)]
pub use keys::ValueKind;
pub use load::{ConfigFile, SearchPath, SearchResult, base_in_use, load};
pub use localized_text::LocalizedText;
pub use parameter::{Parameter, Request};
pub use preferences::{Preference, Preferences};
pub use preset::Preset;
#[cfg(test)]
pub use reference::reference_markdown;
pub use reload::{Reload, Waiting};
#[cfg(test)]
pub use row::RowSource;
pub use row::{Action, Detail, Encoding, Join, PageKind, Paging, Row, RowMethod, Shape};
#[cfg(test)]
pub use schema::SignIn;
pub use schema::{
    ClientAuthentication, Config, Dpop, LogoPlate, Pkce, Profile, Provider, Remember, RemoteKey,
    Screen, Start, Telemetry, Theme, Touch,
};
use show::speaks_of_a_secret;
pub use show::{show, show_with_origins};
pub use sources::Origins;
pub use suggestion::nearest_word;
use template::Blanks;
pub use template::{Part, Template};

#[cfg(test)]
mod tests;
