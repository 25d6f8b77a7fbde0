//! Google.

use super::{
    Authentication, Location, OPENID_WITHOUT_OFFLINE, Paths, Provider, STANDARD, Settings,
};

/// <https://developers.google.com/identity/protocols/oauth2/limited-input-device>: a secret from
/// every device, `verification_url`, 428 for pending.
pub static GOOGLE: Provider = Provider {
    name: "google",
    locations: &[Location {
        issuer: "https://accounts.google.com",
        base: "https://oauth2.googleapis.com/",
    }],
    paths: Paths {
        device_authorization: "device/code",
        token: "token",
        userinfo: "https://openidconnect.googleapis.com/v1/userinfo",
        revocation: "revoke",
        keys: "https://www.googleapis.com/oauth2/v3/certs",
    },
    issuers: &["accounts.google.com"],
    authentication: Authentication::Form,
    // It takes away what the person allowed the client, on every device.
    revokes_one_session: false,
    settings: Settings {
        secret: true,
        scopes: OPENID_WITHOUT_OFFLINE,
        ..Settings::KNOWN
    },
    ..STANDARD
};
