//! The four people one can be in the demo. Invented, all of them.

use serde_json::{Map, Value, json};

use super::scope;

/// A demo person.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Person {
    /// Short identifier, in addresses and on disk.
    pub(super) id: &'static str,
    /// Full name.
    pub(super) name: &'static str,
    /// First name.
    pub(super) given_name: &'static str,
    /// E-mail address, in a domain that is reserved for examples.
    pub(super) email: &'static str,
    /// One line about their taste, on the phone page.
    pub(super) taste: &'static str,
    /// Their face, an SVG.
    pub(super) face: &'static str,
}

/// All of them, in the order in which the phone page shows them.
pub(super) const PEOPLE: [Person; 4] = [
    Person {
        id: "ada",
        name: "Ada Lindholm",
        given_name: "Ada",
        email: "ada@example.com",
        taste: "Slow mysteries",
        face: include_str!("../artwork/ada.svg"),
    },
    Person {
        id: "kofi",
        name: "Kofi Asante",
        given_name: "Kofi",
        email: "kofi@example.com",
        taste: "Space and sea",
        face: include_str!("../artwork/kofi.svg"),
    },
    Person {
        id: "mei",
        name: "Mei Tanaka",
        given_name: "Mei",
        email: "mei@example.com",
        taste: "Baking and birds",
        face: include_str!("../artwork/mei.svg"),
    },
    Person {
        id: "rafael",
        name: "Rafael Moura",
        given_name: "Rafael",
        email: "rafael@example.com",
        taste: "Anything with trains",
        face: include_str!("../artwork/rafael.svg"),
    },
];

/// The person with this identifier.
pub(super) fn find(id: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.id == id)
}

impl Person {
    /// The subject identifier.
    pub(super) fn subject(&self) -> String {
        format!("demo|{}", self.id)
    }

    /// The claims that `scopes` opens (OpenID Connect Core 1.0 section 5.4).
    pub(super) fn claims(&self, issuer: &str, scopes: &[String]) -> Map<String, Value> {
        let mut claims = Map::new();
        let mut put = |name: &str, value: Value| {
            let _ = claims.insert(name.to_owned(), value);
        };
        put("sub", json!(self.subject()));
        if scope::has(scopes, "profile") {
            put("name", json!(self.name));
            put("given_name", json!(self.given_name));
            put(
                "picture",
                json!(format!("{issuer}/avatars/{}.png", self.id)),
            );
            put("https://vestibule.example/plan", json!("Family"));
        }
        if scope::has(scopes, "email") {
            put("email", json!(self.email));
            put("email_verified", json!(true));
        }
        claims
    }
}
