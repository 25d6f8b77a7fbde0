//! What the owner wrote in `vestibule.toml`, checked before anything else runs.
//!
//! [`load`] finds and reads the file; [`parse`] holds it against the table of [`KEYS`] and says of every
//! mistake where it is, what is wrong and what to write instead. [`Preferences`] is what the viewer changed
//! on the screen, in a file of its own.

mod address;
mod api;
mod check;
mod cross_checks;
mod directories;
mod error;
mod keys;
mod load;
mod parameter;
mod preferences;
mod preset;
mod reference;
mod remote;
mod schema;
mod secret;
mod show;
mod suggestion;
mod table;
mod template;
mod value;

pub use address::is_loopback;
pub use api::{
    Action, Api, CardMap, Detail, Format, Max, PageKind, Paging, Pointers, Progress, Row,
    RowSource, Source,
};
pub use check::parse;
pub use directories::{Directories, directories};
pub use error::{Error, Invalid, Problem};
pub use keys::{KEYS, Key, ValueKind};
pub use load::{Found, Loaded, Places, load};
pub use parameter::{Parameter, Request};
pub use preferences::{Preference, Preferences};
pub use preset::Preset;
pub use reference::reference_markdown;
pub use schema::{
    Config, Dpop, Pkce, Profile, Provider, RemoteKey, Screen, SignIn, Speech, Start, Telemetry,
    Theme,
};
pub use show::show;
pub use template::{Part, Template};

#[cfg(test)]
mod tests;
