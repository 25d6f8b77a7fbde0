//! The scopes this server knows, and what each means in words.

/// Lets a token call the media library.
pub(super) const LIBRARY: &str = "read:library";
/// Asks for an ID token.
pub(super) const OPENID: &str = "openid";
/// Asks for a refresh token.
pub(super) const OFFLINE: &str = "offline_access";

/// Every scope with its words on the consent page.
const KNOWN: [(&str, &str); 5] = [
    (OPENID, "Know which demo person you are"),
    ("profile", "See your name, picture and plan"),
    ("email", "See your e-mail address"),
    (OFFLINE, "Keep you signed in on that screen"),
    (LIBRARY, "Show your library and your list"),
];

/// Names of all scopes.
pub(super) fn all() -> Vec<&'static str> {
    KNOWN.iter().map(|(name, _)| *name).collect()
}

/// What a scope means, in words.
pub(super) fn words(scope: &str) -> Option<&'static str> {
    KNOWN
        .iter()
        .find(|(name, _)| *name == scope)
        .map(|(_, words)| *words)
}

/// The scopes that a request asks for, in order and without repeats: of a space separated list those that are
/// known, and [`LIBRARY`] where it has none. What is granted in the end is told with the tokens. `None` where nothing
/// is left of a list: that is `invalid_scope` (all of it RFC 6749 section 3.3).
pub(super) fn asked(list: Option<&str>) -> Option<Vec<String>> {
    let scopes = parse(list.unwrap_or(LIBRARY));
    (!scopes.is_empty()).then_some(scopes)
}

/// The known scopes of a list, each once.
pub(super) fn parse(list: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in list.split_ascii_whitespace() {
        if words(scope).is_some() && !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}

/// Whether a scope is among those granted.
pub(super) fn has(scopes: &[String], scope: &str) -> bool {
    scopes.iter().any(|granted| granted == scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_scopes_are_dropped() {
        assert_eq!(parse(" email  nonsense openid email"), ["email", "openid"]);
        assert_eq!(
            asked(Some("openid nonsense")),
            Some(vec![OPENID.to_owned()])
        );
    }

    #[test]
    fn nothing_known_is_an_error_and_nothing_at_all_the_default() {
        for unknown in ["nonsense", "OPENID", "read:library,openid", " "] {
            assert_eq!(asked(Some(unknown)), None, "{unknown:?}");
        }
        assert_eq!(asked(None), Some(vec![LIBRARY.to_owned()]));
    }
}
