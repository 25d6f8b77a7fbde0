//! The configuration that points at a demo server.

use super::CLIENT_ID;

/// A complete configuration file.
pub(super) fn toml(issuer: &str, api: &str) -> String {
    let mut text = format!(
        r#"# Points at the demo server. Written by `vestibule demo --write-config`.

[provider]
preset = "oidc"                         # endpoints are discovered from the issuer
issuer = "{issuer}"
client_id = "{CLIENT_ID}"
scopes = ["openid", "profile", "email", "offline_access", "read:library"]

[api]
base_url = "{api}"
"#
    );
    for (title, path) in [
        ("Continue watching", "library/continue"),
        ("My list", "library/my-list"),
        ("New this week", "library/new"),
    ] {
        text.push_str(&format!(
            r#"
[[api.rows]]
title = "{title}"
path = "{path}"
items = "/items"                        # JSON Pointer (RFC 6901) to the array of items
card = {{ id = "/id", title = "/name", subtitle = "/episode", image = "/artwork", progress = "/progress", body = "/summary" }}
"#
        ));
        text.push_str(if path == "library/my-list" {
            r#"actions = [{ label = "Remove from my list", method = "DELETE", path = "list/{id}" }]
"#
        } else {
            r#"actions = [{ label = "Add to my list", method = "POST", path = "list/{id}" }]
"#
        });
    }
    text.push_str(
        r#"
[profile]
claims = { "https://vestibule.example/plan" = "Plan" }   # shown on the account screen

[screen]
title = "Vestibule Demo"
"#,
    );
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_toml_and_says_where_to_go() {
        let text = super::toml("http://127.0.0.1:9", "http://127.0.0.1:9/api/");
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["provider"]["issuer"].as_str(),
            Some("http://127.0.0.1:9")
        );
        assert_eq!(
            table["api"]["base_url"].as_str(),
            Some("http://127.0.0.1:9/api/")
        );
        assert_eq!(table["api"]["rows"].as_array().map(Vec::len), Some(3));
        assert_eq!(table["screen"]["title"].as_str(), Some("Vestibule Demo"));
    }
}
