//! The configuration that points at a demo server.

use super::client;

/// Where an item has what a card shows.
const CARD: &str = r#"id = "/id"
title = ["/name", "=Untitled"]          # the first that is there; "=" is a text of its own
subtitle = "/episode"
image = "/artwork"                      # relative to the address of the reply
body = "/summary"
badges = ["/quality", { at = "=New", when = "/is_new" }]
"#;

/// The further lines of the detail screen.
const DETAILS: &str = r#"details = [
  { label = "Genre", value = "/genres/*/name" },                           # "*" is each element
  { label = "Released", value = { at = "/released", format = "date" } },   # as the viewer writes dates
  { label = "Length", value = { at = "/length", format = "duration" } },
]
"#;

/// What can be done with every title.
const ON_LIST: &str = r#"  { label = "Add to my list", method = "POST", path = "list/{id}", unless = "/on_list" },
  { label = "Remove from my list", method = "DELETE", path = "list/{id}", when = "/on_list" },
"#;

/// A complete configuration file. `sized` is for a library of a number of rows and nothing else.
pub(super) fn toml(issuer: &str, api: &str, sized: bool) -> String {
    let mut text = format!(
        r#"# Points at the demo server. Written by `vestibule demo --write-config`.

[provider]
preset = "oidc"                         # endpoints are discovered from the issuer
issuer = "{issuer}"
client_id = "{}"
scopes = ["openid", "profile", "email", "offline_access", "read:library"]

[api]
base_url = "{api}"
"#,
        client::MAIN.id
    );
    if !sized {
        text.push_str(&row(
            "Continue watching",
            "library/continue",
            "progress = { value = \"/position\", max = \"/length\" }\n",
            "  { label = \"Mark as watched\", method = \"PUT\", path = \"watched/{id}\", body = { watched = true }, \
             refresh = [\"Continue watching\"] },\n  \
             { label = \"Start over\", method = \"PATCH\", path = \"titles/{id}\", body = { position = 0 }, \
             when = \"/position\", refresh = [\"Continue watching\"] },\n",
        ));
        text.push_str(&row("My list", "library/my-list", "", ""));
        text.push_str(&row("New this week", "library/new", "", ""));
        text.push_str(&row("Everything", "library/all", "", ""));
        text.push_str(OPENING);
    }
    text.push_str(&shelves());
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

/// A row of its own, with what only it has of a card and of actions.
fn row(title: &str, path: &str, card: &str, actions: &str) -> String {
    format!(
        r#"
[[api.rows]]
title = "{title}"
path = "{path}"
items = "/items"                        # JSON Pointer (RFC 6901) to the list of items
next = "/links/next"                    # where the next page is, if there is one
{DETAILS}actions = [
{ON_LIST}{actions}]
[api.rows.card]
{CARD}{card}"#
    )
}

/// Rows of other forms, and what their cards open.
const OPENING: &str = r#"
[[api.rows]]
title = { en = "Series", de = "Serien", fr = "Séries", es = "Series", it = "Serie" }
path = "library/series"
items = "/items"
shape = "poster"                        # wide, poster, square or text
qr = "/page"                            # its page, for the phone
card = { id = "/id", title = "/name", subtitle = "/seasons", image = "/poster", body = "/summary" }

[api.rows.opens]                        # OK opens the seasons of a series
path = "library/series/{id}"
items = "/items"
shape = "poster"
card = { id = "/id", title = "/name", subtitle = "/episodes", image = "/poster", body = "/summary" }

[api.rows.opens.opens]                  # and the episodes of a season
path = "library/series/{/series}/seasons/{id}"
items = "/items"
qr = "/page"
card = { id = "/id", title = "/name", subtitle = { at = "/length", format = "duration" }, image = "/artwork", body = "/summary" }

[[api.rows]]
title = { en = "On today", de = "Heute", fr = "Aujourd’hui", es = "Hoy", it = "Oggi" }
path = "library/today"
items = "/items"
refresh_seconds = 300
details = [{ label = { en = "Kind", de = "Art" }, value = "/kind" }]
[api.rows.card]                         # no picture: cards of words
id = "/id"
title = "/name"
subtitle = "={/start|time} – {/end|time}"
progress = { from = "/start", to = "/end" }
badges = [{ at = "/state", words = { live = "Live", other = "" } }]
body = "/text"

[[api.rows]]
title = { en = "Records", de = "Platten", fr = "Disques", es = "Discos", it = "Dischi" }
path = "library/records"
items = "/items"
shape = "square"
card = { id = "/id", title = "/name", subtitle = "/artist", image = "/cover" }

[api.rows.opens]
path = "library/records/{id}"
items = "/items"
card = { id = "/id", title = "/name", subtitle = { at = "/length", format = "duration" } }
"#;

/// The rows that the API itself names.
fn shelves() -> String {
    format!(
        r#"
[[api.rows]]
title = "More"                          # until the rows are there
path = "library/shelves"                # answers with rows, not with items
items = "/items"                        # where the items are behind a row's link
next = "/links/next"
{DETAILS}actions = [
{ON_LIST}]
[api.rows.row_source]
rows_path = "/shelves"
title = "/name"
id = "/id"
items = "/items"                        # a row comes with its first items,
link = "/link"                          # or with the address that has them
limit = 1000
[api.rows.card]
{CARD}"#
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_toml_and_says_where_to_go() {
        let text = super::toml("http://127.0.0.1:9", "http://127.0.0.1:9/api/", false);
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["provider"]["issuer"].as_str(),
            Some("http://127.0.0.1:9")
        );
        assert_eq!(
            table["api"]["base_url"].as_str(),
            Some("http://127.0.0.1:9/api/")
        );
        let rows = |text: &str| {
            let table: toml::Table = text.parse().unwrap();
            table["api"]["rows"].as_array().map(Vec::len)
        };
        assert_eq!(rows(&text), Some(8));
        let sized = super::toml("http://127.0.0.1:9", "http://127.0.0.1:9/api/", true);
        assert_eq!(rows(&sized), Some(1));
        assert_eq!(table["screen"]["title"].as_str(), Some("Vestibule Demo"));
    }
}
