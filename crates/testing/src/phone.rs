//! A person with a phone, as far as HTTP goes: opens the verification page, fills its forms and answers.
//! The real browser is for the tests with a window.

use std::collections::BTreeMap;

use url::Url;

use crate::http::{self, Message};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Let the device in.
    Allow,
    /// Refuse it.
    Decline,
}

const NO: [&str; 5] = ["decline", "deny", "abort", "cancel", "not my"];
const YES: [&str; 6] = ["allow", "continue", "confirm", "approve", "accept", "yes"];

/// Walks from `address` to the last page and returns its HTML.
pub fn answer(address: &str, decision: Decision) -> String {
    let mut phone = Phone::default();
    let mut url = Url::parse(address).unwrap();
    let mut page = phone.open(&mut url, None);
    for _ in 0..8 {
        let Some(submission) = choose(&page.text(), decision) else {
            return page.text();
        };
        url = url.join(&submission.action).unwrap();
        page = phone.open(&mut url, Some(&submission.pairs));
        if submission.refuses {
            return page.text();
        }
    }
    panic!("no last page; the one at hand: {}", page.text());
}

#[derive(Default)]
struct Phone {
    cookies: BTreeMap<String, String>,
}

impl Phone {
    /// Loads a page, following redirects; `url` becomes the page's own address.
    fn open(&mut self, url: &mut Url, mut form: Option<&[(String, String)]>) -> Message {
        loop {
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let (cookies, origin) = (cookies.join("; "), url.origin().ascii_serialization());
            let mut fields = vec![("Cookie", cookies.as_str()), ("Accept", "text/html")];
            if form.is_some() {
                fields.push(("Origin", &origin));
            }
            let reply = http::fetch(url, &fields, form);
            for (name, value) in &reply.fields {
                if name.eq_ignore_ascii_case("set-cookie")
                    && let Some((name, value)) = value
                        .split(';')
                        .next()
                        .and_then(|cookie| cookie.split_once('='))
                {
                    let _ = self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
            match reply.field("location") {
                Some(location) if (300..400).contains(&reply.status()) => {
                    *url = url.join(location).unwrap();
                    form = None;
                }
                _ => return reply,
            }
        }
    }
}

struct Submission {
    action: String,
    pairs: Vec<(String, String)>,
    refuses: bool,
}

/// The form to send, filled, with the button that the person presses.
fn choose(html: &str, decision: Decision) -> Option<Submission> {
    let mut forms: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut buttons = Vec::new();
    let mut radios = Vec::new();
    for (tag, after) in tags(html) {
        let Some(form) = forms.len().checked_sub(1) else {
            if tag.name == "form" {
                forms.push((tag.get("action"), Vec::new()));
            }
            continue;
        };
        let pair = (tag.get("name"), tag.get("value"));
        match (tag.name.as_str(), tag.get("type").as_str()) {
            ("form", _) => forms.push((tag.get("action"), Vec::new())),
            ("button", _) => {
                let label = after.split("</button>").next().unwrap_or_default();
                buttons.push((form, pair, label.to_lowercase()));
            }
            ("input", "submit") => buttons.push((form, pair.clone(), pair.1.to_lowercase())),
            // The one that is checked, else the first.
            ("input", "radio") if tag.has("checked") || !radios.contains(&pair.0) => {
                radios.push(pair.0.clone());
                forms[form].1.retain(|(name, _)| *name != pair.0);
                forms[form].1.push(pair);
            }
            ("input", "radio" | "checkbox") => {}
            ("input", _) => forms[form].1.push(pair),
            _ => {}
        }
    }
    let says = |words: &[&str], label: &str| words.iter().any(|word| label.contains(word));
    let no = buttons.iter().find(|(_, _, label)| says(&NO, label));
    let yes = buttons
        .iter()
        .find(|(_, _, label)| says(&YES, label) && !says(&NO, label));
    let refuses = decision == Decision::Decline && no.is_some();
    let (form, pair, _) = if refuses { no } else { yes }?;
    let (action, mut pairs) = forms.swap_remove(*form);
    if !pair.0.is_empty() {
        pairs.push(pair.clone());
    }
    Some(Submission {
        action,
        pairs,
        refuses,
    })
}

struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn get(&self, attribute: &str) -> String {
        self.attributes.get(attribute).cloned().unwrap_or_default()
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.contains_key(attribute)
    }
}

/// The opening tags of a page, each with what follows it.
fn tags(html: &str) -> impl Iterator<Item = (Tag, &str)> {
    html.match_indices('<').filter_map(move |(start, _)| {
        let (inside, after) = html[start + 1..].split_once('>')?;
        let (name, mut rest) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        let mut attributes = BTreeMap::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || c == '=')
                .unwrap_or(rest.len());
            let key = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = "";
            if let Some(assigned) = rest.strip_prefix('=') {
                (value, rest) = match assigned.chars().next() {
                    Some(quote @ ('"' | '\'')) => assigned[1..].split_once(quote)?,
                    _ => assigned
                        .split_once(char::is_whitespace)
                        .unwrap_or((assigned, "")),
                };
            }
            let _ = attributes.insert(key, unescape(value));
        }
        let name = name.to_ascii_lowercase();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some((Tag { name, attributes }, after))
    })
}

fn unescape(value: &str) -> String {
    [
        ("&#x2F;", "/"),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(value.to_owned(), |text, (from, to)| text.replace(from, to))
}
