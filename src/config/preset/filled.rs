//! A preset's example with the owner's answers in the place of its blanks.

use super::Preset;

/// An answer: the dotted key that it is for, and what is written there. Of `provider.scopes`: those beside the preset's
/// own, with blanks between them.
pub type Answer<'a> = (&'a str, &'a str);

impl Preset {
    /// The example with these answers. A blank that nobody filled is left as a comment.
    pub fn filled(self, answers: &[Answer<'_>]) -> String {
        filled(&self.example(), answers, self.provider().settings.scopes)
    }

    /// What its example says is to be done at the server, before anything else.
    pub fn at_the_server(self) -> String {
        let example = self.example();
        let head = example.lines().take_while(|line| line.starts_with('#'));
        let words = head.map(|line| {
            line.trim_start_matches('#')
                .strip_prefix(' ')
                .unwrap_or_default()
        });
        let is_about_the_file = |line: &&str| !line.contains("angle brackets");
        let words: Vec<&str> = words.filter(is_about_the_file).collect();
        words.join("\n").trim().to_owned()
    }
}

fn filled(example: &str, answers: &[Answer<'_>], scopes: &[&str]) -> String {
    let written = |key: &str, answer: &str| match key {
        "provider.scopes" => {
            let all = scopes.iter().copied().chain(answer.split_whitespace());
            toml::Value::from(all.collect::<Vec<_>>()).to_string()
        }
        _ => toml::Value::from(answer).to_string(),
    };
    let answer = |key: &str| {
        answers
            .iter()
            .find(|(of, _)| *of == key)
            .map(|(_, answer)| *answer)
    };
    let mut placed = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut table = String::new();
    // Where what the example has no line for is put: behind what every provider has.
    let mut behind = None;
    for line in example.lines() {
        let plain = line.strip_prefix("# ").unwrap_or(line);
        let is_comment = plain.len() < line.len();
        if let Some(name) = plain
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let is_answered = answers.iter().any(|(key, _)| {
                key.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('.'))
            });
            table = name.to_owned();
            lines.push(
                if is_comment && is_answered {
                    plain
                } else {
                    line
                }
                .to_owned(),
            );
            continue;
        }
        let name = plain
            .split_once(" = ")
            .map(|(name, _)| name)
            .filter(|name| is_name(name));
        let key = name.map(|name| format!("{table}.{name}"));
        let own = key
            .as_deref()
            .and_then(|key| Some((key.to_owned(), answer(key)?)));
        match own.filter(|(key, _)| !placed.contains(key)) {
            Some((key, answer)) => {
                lines.push(format!(
                    "{} = {}",
                    name.unwrap_or_default(),
                    written(&key, answer)
                ));
                placed.push(key);
            }
            None if !is_comment && line.contains("= \"<") => {
                lines.push(format!(
                    "# {}",
                    line.replace("\"<", "\"").replace(">\"", "\"")
                ));
            }
            // Nothing is left in angle brackets.
            None if line.contains("angle brackets") => {
                lines.push("# To check the file: vestibule config check".to_owned());
            }
            None => lines.push(line.to_owned()),
        }
        if key.as_deref() == Some("provider.client_id") {
            behind = Some(lines.len());
        }
    }
    let missing = answers
        .iter()
        .filter(|(key, _)| !placed.iter().any(|known| known == key));
    let missing = missing.filter_map(|(key, answer)| {
        Some(format!(
            "{} = {}",
            key.strip_prefix("provider.")?,
            written(key, answer)
        ))
    });
    let behind = behind.unwrap_or(lines.len());
    let missing: Vec<String> = missing.collect();
    let _ = lines.splice(behind..behind, missing);
    lines.join("\n") + "\n"
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::parse;

    #[test]
    fn every_example_becomes_a_configuration() {
        for name in Preset::names() {
            let preset = Preset::try_from(name.to_owned()).unwrap();
            let settings = &preset.provider().settings;
            let mut answers = vec![
                ("provider.client_id", "a\"b"),
                ("provider.scopes", "read:films"),
                ("api.base_url", "https://api.example/v1/"),
            ];
            if matches!(settings.domain, device_flow::provider::Setting::Required(_)) {
                answers.push(("provider.domain", "id.example"));
            }
            if matches!(settings.issuer, device_flow::provider::Setting::Required(_)) {
                answers.push(("provider.issuer", "https://id.example/realms/a"));
            }
            if settings.endpoints {
                answers.push((
                    "provider.device_authorization_endpoint",
                    "https://id.example/d",
                ));
                answers.push(("provider.token_endpoint", "https://id.example/t"));
            }
            if settings.secret {
                answers.push(("provider.client_secret_file", "secret"));
            }
            let text = preset.filled(&answers);
            let config = parse(&text, Path::new("new.toml"))
                .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            assert_eq!(config.provider.client_id, "a\"b", "{name}");
            assert_eq!(
                config.api.unwrap().base_url.as_str(),
                "https://api.example/v1/",
                "{name}"
            );
            assert!(!text.contains("\"<"), "{name}: {text}");
            assert!(!text.contains("angle brackets"), "{name}: {text}");
            assert!(
                text.contains("# To check the file: vestibule config check"),
                "{name}: {text}"
            );
            let scopes = config.provider.scopes;
            assert_eq!(
                scopes.last().map(String::as_str),
                Some("read:films"),
                "{name}"
            );
            assert_eq!(scopes.len(), settings.scopes.len() + 1, "{name}");
            let before = preset
                .example()
                .lines()
                .filter(|line| line.starts_with('#'))
                .count();
            let after = text.lines().filter(|line| line.starts_with('#')).count();
            assert!(after + 4 >= before, "{name}: comments were lost");
        }
    }

    #[test]
    fn a_key_without_a_line_is_put_beside_the_others() {
        let text = filled(
            "[provider]\ndomain = \"<x>\"\nclient_id = \"<y>\"\nscopes = []\n",
            &[
                ("provider.client_id", "c"),
                ("provider.issuer", "https://id.example"),
            ],
            &[],
        );
        assert_eq!(
            text,
            "[provider]\n# domain = \"x\"\nclient_id = \"c\"\nissuer = \"https://id.example\"\nscopes = []\n"
        );
    }

    #[test]
    fn what_is_to_be_done_at_the_server_is_told() {
        let auth0 = Preset::try_from("auth0".to_owned())
            .unwrap()
            .at_the_server();
        assert!(
            auth0.contains("Grant Types: Device Code") && !auth0.contains('<'),
            "{auth0}"
        );
    }
}
