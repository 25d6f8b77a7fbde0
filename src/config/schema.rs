//! The configuration file as types. Every key is here; a key that is not is an error.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::keys::{Key, Table, ValueKind, join};
use super::table::{table, words};
use super::{Aloud, Api, Backdrop, Device, Header, LocalizedText, OtherApi, Parameter, Preset};

table! {
    /// The whole configuration file.
    Config {
        /// Where people sign in.
        provider: Provider;
        /// The owner's API. Without it the signed-in screen shows the account alone.
        api: Option<Api>;
        /// Further APIs, for rows that name them.
        #[serde(default)]
        apis: BTreeMap<String, OtherApi>;
        /// How the sign-in screen behaves.
        #[serde(default)]
        sign_in: SignIn;
        /// What the account screen shows about the person.
        #[serde(default)]
        profile: Profile;
        /// How the screen looks.
        #[serde(default)]
        screen: Screen;
        /// What reads aloud.
        #[serde(default)]
        speech: Speech;
        /// Where metrics and traces go.
        telemetry: Option<Telemetry>;
        /// Which box this is.
        #[serde(default)]
        device: Device;
        /// further keys of your remote: action = list of keys, by their names (Enter), Linux's (KEY_OK, as evtest,
        /// ir-keytable and LIRC print them) or evdev codes (352)
        #[serde(default)]
        remote: BTreeMap<String, Vec<RemoteKey>> = BTreeMap::new(), KeyMap;
    }
}

table! {
    /// `[provider]`: the authorization server and this client's registration there.
    Provider {
        /// the kind of authorization server: one by name, any OpenID provider with discovery (oidc), or plain
        /// OAuth 2.0 with explicit endpoints (oauth2)
        preset: Preset, Preset;
        /// host name of the tenant or installation, such as acme.eu.auth0.com
        domain: Option<String> = None, Host, "required for auth0 and okta; for gitlab \"gitlab.com\"";
        /// the issuer identifier; for okta a custom authorization server, in place of domain
        issuer: Option<Url> = None, Base, "required for oidc and keycloak";
        /// directory of preset microsoft: its GUID, its domain, common, organizations or consumers
        tenant: Option<String> = None, Text, "for microsoft \"common\"";
        /// this application's client identifier
        client_id: String, Text;
        /// file with the client secret, for providers that demand one; also read from
        /// $CREDENTIALS_DIRECTORY/client_secret
        client_secret_file: Option<PathBuf> = None, File;
        /// scopes to ask for; offline_access lets a person stay signed in (google, gitlab and twitch do so without)
        #[serde(default)]
        scopes: Vec<String> = Vec::new(), Words,
            "[\"openid\", \"profile\", \"email\", \"offline_access\"]; fewer for some presets";
        /// audience (Auth0) of the API the access token is for
        audience: Option<String> = None, Text;
        /// parameters of your own, such as mkt for microsoft: of the device authorization request, or of those that in
        /// names, as in { value = "…", in = ["device", "token", "refresh"] }
        #[serde(default)]
        extra_params: BTreeMap<String, Parameter> = BTreeMap::new(), Parameters;
        /// PEM file with a certificate authority to trust besides the system's
        ca_file: Option<PathBuf> = None, File;
        /// bind tokens to a key of this device (DPoP, RFC 9449): auto where the server gives no tokens without; the
        /// API has to accept such tokens
        #[serde(default)]
        dpop: Dpop = Dpop::Auto, Choice(Dpop::WORDS);
        /// tie each code to a secret of this device (PKCE, RFC 7636, S256): auto where the server's metadata lists
        /// it or the server asks for it
        #[serde(default)]
        pkce: Pkce = Pkce::Auto, Choice(Pkce::WORDS);
        /// how the client secret is sent: auto as the preset or the server's metadata has it, and the other ways where
        /// that is refused; none never sends it, post puts it into the form, basic into the header
        #[serde(default)]
        client_authentication: ClientAuthentication = ClientAuthentication::Auto, Choice(ClientAuthentication::WORDS);
        /// where a code is asked for; wins over preset and discovery
        device_authorization_endpoint: Option<Url> = None, Address, "the preset's; required for oauth2";
        /// where tokens come from; wins over preset and discovery
        token_endpoint: Option<Url> = None, Address, "the preset's; required for oauth2";
        /// where name and picture come from; wins over preset and discovery
        userinfo_endpoint: Option<Url> = None, Address, "the preset's";
        /// where tokens are revoked at sign-out; wins over preset and discovery
        revocation_endpoint: Option<Url> = None, Address, "the preset's";
        /// the keys that sign ID tokens; wins over preset and discovery
        jwks_uri: Option<Url> = None, Address, "the preset's";
    }
}

words! {
    /// Whether tokens are bound to a key of this device (RFC 9449).
    Dpop {
        /// Where the server gives no tokens without. One that only offers it gets no proofs: an API that
        /// knows bearer tokens alone would refuse what is bound.
        #[default]
        Auto = "auto",
        /// Always; a token that is not bound is refused.
        Require = "require",
        /// Never. A session that is bound already stays so until it is signed out.
        Off = "off",
    }
}

words! {
    /// Whether a code is tied to a secret of this device (PKCE, RFC 7636).
    Pkce {
        /// Where the server's metadata lists it or the server asks for it, as long as it takes it.
        #[default]
        Auto = "auto",
        /// Always.
        Require = "require",
        /// Never.
        Off = "off",
    }
}

words! {
    /// How the client proves itself with its secret (RFC 6749 section 2.3.1).
    ClientAuthentication {
        /// As the preset or the server's metadata has it, and the other ways where the server refuses that.
        #[default]
        Auto = "auto",
        /// Not at all: a secret is never sent.
        None = "none",
        /// In the form: `client_secret_post`.
        Post = "post",
        /// In the header: `client_secret_basic`.
        Basic = "basic",
    }
}

table! {
    /// `[sign_in]`: how the sign-in screen behaves, and how long a session outlives the last key.
    #[derive(Copy, Eq)]
    SignIn defaults {
        /// when a code is asked for
        start: Start = Start::OnPress, Choice(Start::WORDS);
        /// codes that come by themselves after the first has expired
        renewals: u32 = 2, Whole(0, 10);
        /// seconds for which a person is greeted by name before their home is shown; 0 shows it at once
        greeting_seconds: u32 = 4, Whole(0, 30);
        /// whether a person stays signed in on this screen: always, as they say in the greeting (ask), or never. Of a
        /// guest nothing is written, and their tokens are revoked when the screen goes dark or the program ends
        remember: Remember = Remember::Always, Choice(Remember::WORDS);
        /// minutes without a key after which the person is signed out; 0 is never
        sign_out_after_idle_minutes: u32 = 0, Whole(0, 525_600);
        /// minutes without a key after which an account with a PIN asks for it again; 0 is never
        lock_after_idle_minutes: Option<u32> = None, Whole(0, 525_600), "that of screen.ambient_after_minutes";
    }
}

words! {
    /// When a code is asked for (RFC 8628 section 3.1).
    Start {
        /// When a person presses OK.
        #[default]
        OnPress = "on-press",
        /// As soon as the screen is up.
        AtLaunch = "at-launch",
    }
}

words! {
    /// Whether a person stays signed in.
    Remember {
        /// Until they sign out.
        #[default]
        Always = "always",
        /// Where they say so in the greeting; else they are a guest.
        Ask = "ask",
        /// Everybody is a guest.
        Never = "never",
    }
}

table! {
    /// `[profile]`: what the account screen shows about the person.
    #[derive(Eq)]
    Profile defaults {
        /// ID token or userinfo claims shown on the account screen: claim = label
        claims: BTreeMap<String, LocalizedText> = BTreeMap::new(), LocalizedTexts;
        /// what the account screen says that this device may do, in place of the name of a scope, such as
        /// { "read:library" = "read your library" }
        scopes: BTreeMap<String, LocalizedText> = BTreeMap::new(), LocalizedTexts;
    }
}

table! {
    /// `[screen]`: how the screen looks.
    Screen defaults {
        /// name of your product
        title: String = "Vestibule".to_owned(), Text;
        /// picture beside the title: PNG, SVG (text as paths), JPEG, WebP or GIF
        logo: Option<PathBuf> = None, File;
        /// what is behind the logo: nothing, a light or a dark plate; auto: a plate where the logo could not be seen on the
        /// colours of the screen
        logo_plate: LogoPlate = LogoPlate::Auto, Choice(LogoPlate::WORDS);
        /// colour of the focus and of what matters
        accent: String = "#ffb454".to_owned(), Colour;
        /// what is behind the screens before and around the sign-in: a picture (as logo takes, made as dark or
        /// light as the words on it need), one drawn from accent and title, or nothing; high-contrast has none
        backdrop: Backdrop = Backdrop::Generated, FileOr(Backdrop::WORDS);
        /// how round the corners of buttons, cards and panels are, in pixels at 1920x1080
        corner_radius: u32 = 16, Whole(0, 36);
        /// colours of the screen
        theme: Theme = Theme::Dark, Choice(Theme::WORDS);
        /// language tag such as en or de-AT; auto is the system's
        language: String = "auto".to_owned(), Text;
        /// size of all text
        text_scale: f32 = 1.0, Decimal(1.0, 1.5);
        /// edge of the picture that is kept free, on each side
        overscan_percent: f32 = 5.0, Decimal(0.0, 15.0);
        /// no animation
        reduced_motion: bool = false, Flag;
        /// what is read aloud on a box that can speak. true: address and code, as soon as they are there. "everything": every
        /// screen, each move of the focus and what comes of it; holding Info switches that on and off
        read_aloud: Aloud = Aloud::Nothing, FlagOr(Aloud::WORDS);
        /// where everything is read aloud, it is written at the bottom of the screen, too
        captions: bool = false, Flag;
        /// a clock in the corner
        clock: bool = true, Flag;
        /// the card that has the focus large above the rows of home: its title, its facts and its text, upon its picture.
        /// It takes its room from the rows; where that leaves no whole row, as on a small panel, it is left out
        hero: bool = true, Flag;
        /// whether the screen is for fingers: what can be touched is at least 9 mm high where the panel tells its size, and
        /// each screen has a button that goes back. auto: where there is a touch screen, until a key of a remote is
        /// pressed
        touch: Touch = Touch::Auto, Choice(Touch::WORDS);
        /// minutes without a key after which the screen dims; 0 is never
        dim_after_minutes: u32 = 5, Whole(0, 1440);
        /// minutes without a key after which only a clock on black is left; a code that can still be used stays,
        /// dimmed; 0 is never
        ambient_after_minutes: u32 = 5, Whole(0, 1440);
    }
}

words! {
    /// The colours of the screen.
    Theme {
        /// Light text on dark.
        #[default]
        Dark = "dark",
        /// Dark text on light.
        Light = "light",
        /// Black, white and a yellow focus.
        HighContrast = "high-contrast",
    }
}

words! {
    /// What is behind the owner's logo.
    LogoPlate {
        /// A plate where the logo needs one to be seen.
        #[default]
        Auto = "auto",
        /// Nothing.
        None = "none",
        /// A light plate.
        Light = "light",
        /// A dark plate.
        Dark = "dark",
    }
}

words! {
    /// Whether the screen is for fingers.
    Touch {
        /// As the last hand was: at first where there is a touch screen.
        #[default]
        Auto = "auto",
        /// Always.
        On = "on",
        /// Never. A tap still presses what it hits.
        Off = "off",
    }
}

table! {
    /// `[speech]`: what reads aloud.
    #[derive(Eq)]
    Speech defaults {
        /// program and options that read their standard input aloud and end when they have; {language} stands for
        /// the language
        command: Vec<String> = Vec::new(), Command, "[]; spd-say, where it is installed";
    }
}

table! {
    /// `[telemetry]`: where metrics and traces go.
    #[derive(Eq)]
    Telemetry {
        /// collector that takes metrics and traces by OTLP over HTTP; v1/metrics and v1/traces are added to it. Without
        /// this table nothing is sent
        otlp_endpoint: Url, Base;
        /// how often something is sent
        #[serde(default = "telemetry_interval")]
        interval_seconds: u32 = telemetry_interval(), Whole(10, 3600);
        /// whether traces are sent too; a collector that takes metrics alone refuses them
        #[serde(default = "sends_traces")]
        traces: bool = sends_traces(), Flag;
        /// further certificate authority to trust for the collector (PEM)
        ca_file: Option<PathBuf> = None, File, "those of the system";
        /// headers for the collector, such as { Authorization = { file = "collector-key" } }
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, Header> = BTreeMap::new(), CollectorHeaders, "none";
        /// resource attributes that go along, such as { "deployment.environment.name" = "lobby" }
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        attributes: BTreeMap<String, String> = BTreeMap::new(), TextMap, "none";
    }
}

fn telemetry_interval() -> u32 {
    60
}

fn sends_traces() -> bool {
    true
}

/// A key of the remote: its name, or its evdev code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RemoteKey {
    /// Linux evdev code.
    Code(u32),
    /// Name as in the table of keys, or Linux's.
    Name(String),
}
