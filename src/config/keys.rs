//! Every key of the configuration file: its type, its default, and what it does.
//!
//! The check of a file walks this table, and the reference in the README is printed from it, so the two
//! cannot differ. A test holds it against the types in `schema`.

use std::fmt;

use super::Preset;

mod api;

/// One key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// Dotted path; `[]` stands for each table of an array.
    pub path: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// Whether its table is incomplete without it.
    pub required: bool,
    /// The default as TOML, or words where there is none.
    pub default: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
}

impl Key {
    /// The table the key stands in, as a dotted path; empty for the file itself.
    pub fn table(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(table, _)| table)
    }

    /// The key without its table.
    pub fn name(&self) -> &'static str {
        self.path
            .rsplit_once('.')
            .map_or(self.path, |(_, name)| name)
    }
}

/// What may stand as a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any text but the empty one.
    Text,
    /// A host name, perhaps with a port.
    Host,
    /// `true` or `false`.
    Flag,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A number within bounds.
    Decimal(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A preset's name.
    Preset,
    /// An https address; http only on loopback.
    Address,
    /// An address without a query, to which paths are added.
    Base,
    /// A file, relative to the configuration file's folder.
    File,
    /// A JSON Pointer (RFC 6901) into an answer.
    Pointer,
    /// A JSON Pointer in which `*` is each element, a text after `=`, or a list of these.
    Pointers,
    /// [`Kind::Pointers`], or a table that says how the value is written and when it is there.
    Source,
    /// A list of [`Kind::Source`].
    Sources,
    /// [`Kind::Pointers`] to a number, or a table with the part and the whole.
    Progress,
    /// A text with blanks that an item fills.
    Template,
    /// A table of anything JSON can say, with blanks in its texts.
    Body,
    /// A list of the titles of rows.
    Titles,
    /// An HTTP method.
    Method,
    /// A colour as `#rrggbb`.
    Colour,
    /// A list of words without spaces, such as scopes.
    Words,
    /// A program and its arguments.
    Command,
    /// A table of texts.
    TextMap,
    /// A table of texts, or of a value and the requests it goes with.
    Parameters,
    /// A table of actions to lists of keys.
    KeyMap,
}

/// HTTP methods an action may use.
pub(super) const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What a key of the remote can be made to do.
pub(super) const REMOTE_ACTIONS: &[&str] = &[
    "up",
    "down",
    "left",
    "right",
    "select",
    "back",
    "home",
    "menu",
    "info",
    "play_pause",
    "red",
    "green",
    "yellow",
    "blue",
    "channel_up",
    "channel_down",
];

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Host => f.write_str("host name"),
            Self::Flag => f.write_str("true or false"),
            Self::Whole(min, max) => write!(f, "whole number, {min} to {max}"),
            Self::Decimal(min, max) => write!(f, "number, {min:.1} to {max:.1}"),
            Self::Choice(words) => f.write_str(&quoted(words)),
            Self::Preset => f.write_str(&quoted(&Preset::names())),
            Self::Address | Self::Base => f.write_str("https address"),
            Self::File => f.write_str("file"),
            Self::Pointer => f.write_str("JSON Pointer"),
            Self::Pointers => f.write_str("pointer, or list of pointers and \"=text\""),
            Self::Source => f.write_str("as title, or { at, format, when }"),
            Self::Sources => f.write_str("list, each as subtitle"),
            Self::Progress => f.write_str("as title, or { value, max }"),
            Self::Template => f.write_str("text with {id}, {/pointer}"),
            Self::Body => f.write_str("table with {id}, {/pointer} in its texts"),
            Self::Titles => f.write_str("list of titles"),
            Self::Method => f.write_str(&quoted(METHODS)),
            Self::Colour => f.write_str("colour, \"#rrggbb\""),
            Self::Words | Self::Command => f.write_str("list of texts"),
            Self::TextMap => f.write_str("table of texts"),
            Self::Parameters => f.write_str("table of texts, or of { value, in }"),
            Self::KeyMap => write!(
                f,
                "table of lists of key names or evdev codes, for {}",
                REMOTE_ACTIONS.join(", ")
            ),
        }
    }
}

/// The words, each in quotes, with commas between.
pub(super) fn quoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

const fn required(path: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key {
        path,
        kind,
        required: true,
        default: "required",
        doc,
    }
}

const fn optional(path: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Key {
    Key {
        path,
        kind,
        required: false,
        default,
        doc,
    }
}

/// The keys before `[api]`.
const BEFORE_API: &[Key] = &[
    required(
        "provider.preset",
        Kind::Preset,
        "the kind of authorization server: one by name, any OpenID provider with discovery (oidc), or plain OAuth 2.0 with explicit endpoints (oauth2)",
    ),
    optional(
        "provider.domain",
        Kind::Host,
        "required for auth0 and okta; for gitlab \"gitlab.com\"",
        "host name of the tenant or installation, such as acme.eu.auth0.com",
    ),
    optional(
        "provider.issuer",
        Kind::Base,
        "required for oidc and keycloak",
        "the issuer identifier; for okta a custom authorization server, in place of domain",
    ),
    optional(
        "provider.tenant",
        Kind::Text,
        "for microsoft \"common\"",
        "directory of preset microsoft: its GUID, its domain, common, organizations or consumers",
    ),
    required(
        "provider.client_id",
        Kind::Text,
        "this application's client identifier",
    ),
    optional(
        "provider.client_secret_file",
        Kind::File,
        "none",
        "file with the client secret, for providers that demand one; also read from $CREDENTIALS_DIRECTORY/client_secret",
    ),
    optional(
        "provider.scopes",
        Kind::Words,
        "[\"openid\", \"profile\", \"email\", \"offline_access\"]; fewer for some presets",
        "scopes to ask for; offline_access lets a person stay signed in (google, gitlab and twitch do so without)",
    ),
    optional(
        "provider.audience",
        Kind::Text,
        "none",
        "audience (Auth0) of the API the access token is for",
    ),
    optional(
        "provider.extra_params",
        Kind::Parameters,
        "{}",
        "parameters of your own, such as organization: of the device authorization request, or of those that in names, as in { value = \"…\", in = [\"device\", \"token\", \"refresh\"] }",
    ),
    optional(
        "provider.ca_file",
        Kind::File,
        "none",
        "PEM file with a certificate authority to trust besides the system's",
    ),
    optional(
        "provider.dpop",
        Kind::Choice(&["auto", "require", "off"]),
        "\"auto\"",
        "bind tokens to a key of this device (DPoP, RFC 9449): auto where the server gives no tokens without; the API has to accept such tokens",
    ),
    optional(
        "provider.pkce",
        Kind::Choice(&["auto", "require", "off"]),
        "\"auto\"",
        "tie each code to a secret of this device (PKCE, RFC 7636, S256): auto where the server's metadata lists it or the server asks for it",
    ),
    optional(
        "provider.device_authorization_endpoint",
        Kind::Address,
        "the preset's; required for oauth2",
        "where a code is asked for; wins over preset and discovery",
    ),
    optional(
        "provider.token_endpoint",
        Kind::Address,
        "the preset's; required for oauth2",
        "where tokens come from; wins over preset and discovery",
    ),
    optional(
        "provider.userinfo_endpoint",
        Kind::Address,
        "the preset's",
        "where name and picture come from; wins over preset and discovery",
    ),
    optional(
        "provider.revocation_endpoint",
        Kind::Address,
        "the preset's",
        "where tokens are revoked at sign-out; wins over preset and discovery",
    ),
    optional(
        "provider.jwks_uri",
        Kind::Address,
        "the preset's",
        "the keys that sign ID tokens; wins over preset and discovery",
    ),
];

/// The keys after `[api]`.
const AFTER_API: &[Key] = &[
    optional(
        "sign_in.start",
        Kind::Choice(&["on-press", "at-launch"]),
        "\"on-press\"",
        "when a code is asked for",
    ),
    optional(
        "sign_in.renewals",
        Kind::Whole(0, 10),
        "2",
        "codes that come by themselves after the first has expired",
    ),
    optional(
        "sign_in.sign_out_after_idle_minutes",
        Kind::Whole(0, 525_600),
        "0",
        "minutes without a key after which the person is signed out; 0 is never",
    ),
    optional(
        "sign_in.lock_after_idle_minutes",
        Kind::Whole(0, 525_600),
        "that of screen.ambient_after_minutes",
        "minutes without a key after which an account with a PIN asks for it again; 0 is never",
    ),
    optional(
        "profile.claims",
        Kind::TextMap,
        "{}",
        "ID token or userinfo claims shown on the account screen: claim = label",
    ),
    optional(
        "screen.title",
        Kind::Text,
        "\"Vestibule\"",
        "name of your product",
    ),
    optional(
        "screen.logo",
        Kind::File,
        "none",
        "picture beside the title: PNG, SVG (text as paths), JPEG or WebP",
    ),
    optional(
        "screen.accent",
        Kind::Colour,
        "\"#ffb454\"",
        "colour of the focus and of what matters",
    ),
    optional(
        "screen.theme",
        Kind::Choice(&["dark", "light", "high-contrast"]),
        "\"dark\"",
        "colours of the screen",
    ),
    optional(
        "screen.language",
        Kind::Text,
        "\"auto\"",
        "language tag such as en or de-AT; auto is the system's",
    ),
    optional(
        "screen.text_scale",
        Kind::Decimal(1.0, 1.3),
        "1.0",
        "size of all text",
    ),
    optional(
        "screen.overscan_percent",
        Kind::Decimal(0.0, 15.0),
        "5.0",
        "edge of the picture that is kept free, on each side",
    ),
    optional("screen.reduced_motion", Kind::Flag, "false", "no animation"),
    optional(
        "screen.read_aloud",
        Kind::Flag,
        "false",
        "read address and code aloud as soon as they are there, on a box that can speak",
    ),
    optional("screen.clock", Kind::Flag, "true", "a clock in the corner"),
    optional(
        "screen.dim_after_minutes",
        Kind::Whole(0, 1440),
        "5",
        "minutes without a key after which the screen dims; 0 is never",
    ),
    optional(
        "screen.ambient_after_minutes",
        Kind::Whole(0, 1440),
        "5",
        "minutes without a key after which only a clock on black is left; a code that can still be used stays, dimmed; 0 is never",
    ),
    optional(
        "speech.command",
        Kind::Command,
        "[]; spd-say, where it is installed",
        "program and options that read their standard input aloud and end when they have; {language} stands for the language",
    ),
    required(
        "telemetry.otlp_endpoint",
        Kind::Address,
        "where traces go; needs a build with the telemetry feature",
    ),
    optional(
        "remote",
        Kind::KeyMap,
        "{}",
        "further keys of your remote: action = list of keys",
    ),
];

/// Every key, in the order of the reference.
pub const KEYS: &[Key] = &joined::<{ BEFORE_API.len() + api::KEYS.len() + AFTER_API.len() }>([
    BEFORE_API,
    api::KEYS,
    AFTER_API,
]);

const fn joined<const ALL: usize>(tables: [&[Key]; 3]) -> [Key; ALL] {
    let mut all = [required("", Kind::Text, ""); ALL];
    let (mut filled, mut table) = (0, 0);
    while table < tables.len() {
        let mut key = 0;
        while key < tables[table].len() {
            all[filled] = tables[table][key];
            filled += 1;
            key += 1;
        }
        table += 1;
    }
    all
}

/// Tables the file must have.
pub(super) const REQUIRED_TABLES: &[&str] = &["provider", "api.rows[].card"];
