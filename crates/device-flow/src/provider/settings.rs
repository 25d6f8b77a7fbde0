//! What a provider has to be told besides the client identifier, and what it is asked for where nothing is said.

/// What one provider needs of its configuration.
#[derive(Debug)]
pub struct Settings {
    /// Host name of the tenant or of the installation.
    pub domain: Setting,
    /// Issuer identifier.
    pub issuer: Setting,
    /// Directory.
    pub tenant: Setting,
    /// The API that the access token is for.
    pub audience: Setting,
    /// Whether the endpoints must be given because nothing else names them.
    pub endpoints: bool,
    /// Whether the server refuses every client without a secret.
    pub secret: bool,
    /// Asked for where the owner names none: who it is, and to stay signed in.
    pub scopes: &'static [&'static str],
}

/// What one setting is to one provider.
#[derive(Debug, Clone, Copy)]
pub enum Setting {
    /// Must be there; what it is, with an example.
    Required(&'static str),
    /// May be there; this is what it is otherwise.
    Default(&'static str),
    /// May be there.
    Optional,
    /// May be there in place of the domain.
    InPlaceOfDomain,
    /// Has no meaning; what to write instead.
    Meaningless(&'static str),
}

impl Setting {
    /// What it is where nothing is said.
    pub fn default(self) -> Option<&'static str> {
        match self {
            Self::Default(value) => Some(value),
            Self::Required(_) | Self::Optional | Self::InPlaceOfDomain | Self::Meaningless(_) => {
                None
            }
        }
    }
}

/// Who it is, and to stay signed in.
pub(super) const OPENID: &[&str] = &["openid", "profile", "email", "offline_access"];
/// For servers that know no `offline_access` and refuse what they do not know.
pub(super) const OPENID_WITHOUT_OFFLINE: &[&str] = &["openid", "profile", "email"];

impl Settings {
    /// A server that is known by name and needs nothing but a client identifier.
    pub const KNOWN: Self = Self {
        domain: Setting::Meaningless("its addresses are known"),
        issuer: Setting::Meaningless("its issuer is known"),
        tenant: Setting::Meaningless("it is for preset \"microsoft\""),
        audience: Setting::Meaningless("what the access token is for follows from scopes"),
        endpoints: false,
        secret: false,
        scopes: OPENID,
    };
}
