//! The configuration file as types. Every key is here; a key that is not is an error.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Api, Parameter, Preset};

/// The whole configuration file.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where people sign in.
    pub provider: Provider,
    /// The owner's API. Without it the signed-in screen shows the account alone.
    #[serde(default)]
    pub api: Option<Api>,
    /// How the sign-in screen behaves.
    #[serde(default)]
    pub sign_in: SignIn,
    /// What the account screen shows about the person.
    #[serde(default)]
    pub profile: Profile,
    /// How the screen looks.
    #[serde(default)]
    pub screen: Screen,
    /// What reads aloud.
    #[serde(default)]
    pub speech: Speech,
    /// Where traces go, with cargo feature `telemetry`.
    #[serde(default)]
    pub telemetry: Option<Telemetry>,
    /// Keys of an odd remote: action to keys.
    #[serde(default)]
    pub remote: BTreeMap<String, Vec<RemoteKey>>,
}

/// `[provider]`: the authorization server and this client's registration there.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Which kind of server it is.
    pub preset: Preset,
    /// Host name of the tenant (`auth0`, `okta`) or of the installation (`gitlab`).
    #[serde(default)]
    pub domain: Option<String>,
    /// Issuer identifier, for `keycloak`, `oidc` and custom authorization servers of `okta`.
    #[serde(default)]
    pub issuer: Option<Url>,
    /// Directory of `microsoft`: its GUID, its domain, `common`, `organizations` or `consumers`.
    #[serde(default)]
    pub tenant: Option<String>,
    /// This application's client identifier.
    pub client_id: String,
    /// File that holds the client secret, for providers that demand one.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Scopes to ask for; where the file names none, those of the preset.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Audience (Auth0) of the API the access token is for.
    #[serde(default)]
    pub audience: Option<String>,
    /// Parameters of the owner's own.
    #[serde(default)]
    pub extra_params: BTreeMap<String, Parameter>,
    /// PEM file with an extra trust anchor.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Whether the tokens of a new sign-in are bound to a key of this device (RFC 9449).
    #[serde(default)]
    pub dpop: Dpop,
    /// Whether a code is tied to a secret of this device (RFC 7636).
    #[serde(default)]
    pub pkce: Pkce,
    /// Wins over the preset and discovery.
    #[serde(default)]
    pub device_authorization_endpoint: Option<Url>,
    /// Wins over the preset and discovery.
    #[serde(default)]
    pub token_endpoint: Option<Url>,
    /// Wins over the preset and discovery.
    #[serde(default)]
    pub userinfo_endpoint: Option<Url>,
    /// Wins over the preset and discovery.
    #[serde(default)]
    pub revocation_endpoint: Option<Url>,
    /// Wins over the preset and discovery.
    #[serde(default)]
    pub jwks_uri: Option<Url>,
}

/// Whether tokens are bound to a key of this device (RFC 9449).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dpop {
    /// Where the server gives no tokens without. One that only offers it gets no proofs: an API that
    /// knows bearer tokens alone would refuse what is bound.
    #[default]
    Auto,
    /// Always; a token that is not bound is refused.
    Require,
    /// Never. A session that is bound already stays so until it is signed out.
    Off,
}

/// Whether a code is tied to a secret of this device (PKCE, RFC 7636).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pkce {
    /// Where the server's metadata lists it or the server asks for it, as long as it takes it.
    #[default]
    Auto,
    /// Always.
    Require,
    /// Never.
    Off,
}

/// `[sign_in]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// When a code is asked for.
    pub start: Start,
    /// Codes that come by themselves after the first has expired.
    pub renewals: u32,
    /// Minutes without a key after which the person is signed out; 0 is never.
    pub sign_out_after_idle_minutes: u32,
    /// Minutes without a key after which an account with a PIN is locked; 0 is never. `None`: with the clock on
    /// black.
    pub lock_after_idle_minutes: Option<u32>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            start: Start::OnPress,
            renewals: 2,
            sign_out_after_idle_minutes: 0,
            lock_after_idle_minutes: None,
        }
    }
}

/// When a code is asked for (RFC 8628 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// When a person presses OK.
    #[default]
    OnPress,
    /// As soon as the screen is up.
    AtLaunch,
}

/// `[profile]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Claim name to label on the account screen.
    pub claims: BTreeMap<String, String>,
}

/// `[screen]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Name of the product, shown everywhere.
    pub title: String,
    /// Picture file shown beside the title.
    pub logo: Option<PathBuf>,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Colours.
    pub theme: Theme,
    /// BCP 47 language tag or `auto`.
    pub language: String,
    /// 1.0 to 1.3.
    pub text_scale: f32,
    /// Safe area on each side, 0 to 15 percent.
    pub overscan_percent: f32,
    /// No animation.
    pub reduced_motion: bool,
    /// Whether a code is read aloud as soon as it is there.
    pub read_aloud: bool,
    /// A clock in the corner.
    pub clock: bool,
    /// Minutes without a key after which the screen dims; 0 is never.
    pub dim_after_minutes: u32,
    /// Minutes without a key after which a clock on black is all there is; 0 is never.
    pub ambient_after_minutes: u32,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            title: "Vestibule".to_owned(),
            logo: None,
            accent: "#ffb454".to_owned(),
            theme: Theme::Dark,
            language: "auto".to_owned(),
            text_scale: 1.0,
            overscan_percent: 5.0,
            reduced_motion: false,
            read_aloud: false,
            clock: true,
            dim_after_minutes: 5,
            ambient_after_minutes: 5,
        }
    }
}

/// The colours of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
    /// Black, white and a yellow focus.
    HighContrast,
}

/// `[speech]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Speech {
    /// Program and options. Empty for `spd-say`, where it is installed.
    pub command: Vec<String>,
}

/// `[telemetry]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// OTLP endpoint.
    pub otlp_endpoint: Url,
}

/// A key of the remote: its name, or its evdev code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RemoteKey {
    /// Linux evdev code.
    Code(u32),
    /// Name as in the table of keys.
    Name(String),
}
