//! What a configuration has to say with each preset, and whether an answer will do.

use std::path::Path;

use device_flow::provider::Setting;

use crate::config::{self, Preset};

/// A key of the configuration, and what was given for it.
pub(super) type Answer = (&'static str, String);

/// Something that the configuration has to be told.
pub(super) struct Question {
    /// The dotted key.
    pub(super) key: &'static str,
    /// The option that answers it.
    pub(super) option: &'static str,
    /// How a person is asked.
    pub(super) words: String,
    /// Whether there is no going on without.
    pub(super) is_required: bool,
    /// Whether a person is asked at all.
    pub(super) is_asked: bool,
}

/// The questions of a preset, in their order. With an issuer, nobody asks for the domain that it stands for.
pub(super) fn questions(preset: Preset, has_issuer: bool) -> Vec<Question> {
    let settings = &preset.provider().settings;
    let of = |key, option, what: &str, setting: Setting| {
        let (more, is_required, is_asked) = match setting {
            Setting::Required(example) => {
                let example = example.replace("domain = ", "").replace("issuer = ", "");
                (format!(": {example}"), true, true)
            }
            Setting::Default(default) => (format!(" (empty: {default})"), false, true),
            Setting::Optional => (" (empty: none)".to_owned(), false, true),
            Setting::InPlaceOfDomain | Setting::Meaningless(_) => (String::new(), false, false),
        };
        let words = format!("{what}{more}");
        Question {
            key,
            option,
            words,
            is_required,
            is_asked,
        }
    };
    let plain = |key, option, words: &str, is_required| Question {
        key,
        option,
        words: words.to_owned(),
        is_required,
        is_asked: true,
    };
    let replaced = has_issuer && matches!(settings.issuer, Setting::InPlaceOfDomain);
    let domain = if replaced {
        Setting::Meaningless("")
    } else {
        settings.domain
    };
    let mut questions = vec![
        of("provider.domain", "--domain", "Domain", domain),
        of("provider.issuer", "--issuer", "Issuer", settings.issuer),
        of("provider.tenant", "--tenant", "Directory", settings.tenant),
        plain(
            "provider.client_id",
            "--client-id",
            "Client ID of this application",
            true,
        ),
    ];
    if settings.endpoints {
        questions.push(plain(
            "provider.device_authorization_endpoint",
            "--device-authorization-endpoint",
            "Address where codes are asked for",
            true,
        ));
        questions.push(plain(
            "provider.token_endpoint",
            "--token-endpoint",
            "Address where tokens are asked for",
            true,
        ));
    }
    questions.push(Question {
        is_asked: settings.secret,
        is_required: settings.secret,
        ..plain(
            "provider.client_secret_file",
            "--client-secret-file",
            "File that holds the client secret and nothing else",
            true,
        )
    });
    questions.push(of(
        "provider.audience",
        "--audience",
        "Audience, the identifier of your API",
        settings.audience,
    ));
    let own = match settings.scopes {
        [] => "Permissions to ask for (scopes)".to_owned(),
        own => format!("Permissions to ask for (scopes) beside {}", own.join(" ")),
    };
    questions.push(plain(
        "provider.scopes",
        "--scopes",
        &format!("{own}, such as read:library (empty: none)"),
        false,
    ));
    questions.push(plain(
        "api.base_url",
        "--api",
        "Address of your API, such as https://api.example.com/v1/ (empty: none yet)",
        false,
    ));
    questions.push(plain(
        "screen.title",
        "--title",
        "Name on the screen (empty: Vestibule)",
        false,
    ));
    questions
}

/// Whether the owner of a server names its clients, so that a name may be any text (RFC 6749 appendix A.1).
fn chooses_client_ids(preset: Preset) -> bool {
    matches!(preset.provider().name, "keycloak" | "oidc" | "oauth2")
}

impl Question {
    /// What is wrong with an answer, after those before it.
    pub(super) fn problem(
        &self,
        preset: Preset,
        before: &[Answer],
        answer: &str,
        path: &Path,
    ) -> Option<String> {
        if answer.trim().is_empty() {
            return Some("it is empty".to_owned());
        }
        if self.key == "provider.client_id"
            && !chooses_client_ids(preset)
            && answer.trim().contains(char::is_whitespace)
        {
            return Some(
                "there is a blank inside, and no client ID has one: copy it alone".to_owned(),
            );
        }
        let mut answers: Vec<(&str, &str)> = before
            .iter()
            .map(|(key, answer)| (*key, answer.as_str()))
            .collect();
        answers.push((self.key, answer));
        // What is asked later is no fault of this one.
        if self.key != "provider.client_id"
            && !answers.iter().any(|(key, _)| *key == "provider.client_id")
        {
            answers.push(("provider.client_id", "-"));
        }
        match config::parse(&preset.filled(&answers), path) {
            Err(error) => error.of_key(self.key).map(str::to_owned),
            // The file is looked at only now, when all else is right.
            Ok(config) if self.key == "provider.client_secret_file" => config
                .provider
                .client_secret()
                .err()
                .map(|error| error.to_string()),
            Ok(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_preset_needs_is_asked() {
        for (name, required) in [
            ("auth0", vec!["--domain", "--client-id"]),
            ("keycloak", vec!["--issuer", "--client-id"]),
            ("github", vec!["--client-id"]),
            ("google", vec!["--client-id", "--client-secret-file"]),
            (
                "oauth2",
                vec![
                    "--client-id",
                    "--device-authorization-endpoint",
                    "--token-endpoint",
                ],
            ),
        ] {
            let preset = Preset::try_from(name.to_owned()).unwrap();
            let asked = questions(preset, false)
                .into_iter()
                .filter(|question| question.is_required);
            assert_eq!(
                asked.map(|question| question.option).collect::<Vec<_>>(),
                required,
                "{name}"
            );
        }
        let okta = Preset::try_from("okta".to_owned()).unwrap();
        assert!(
            questions(okta, true)
                .iter()
                .all(|question| question.option != "--domain" || !question.is_required)
        );
    }

    #[test]
    fn an_answer_is_checked_as_the_configuration_is() {
        let preset = Preset::try_from("auth0".to_owned()).unwrap();
        let problem = |option: &str, answer: &str| {
            let question = questions(preset, false)
                .into_iter()
                .find(|question| question.option == option)
                .unwrap();
            question.problem(preset, &[], answer, Path::new("new.toml"))
        };
        assert_eq!(problem("--domain", "acme.eu.auth0.com"), None);
        assert!(problem("--domain", "https://acme.eu.auth0.com/x").is_some());
        assert!(
            problem("--issuer", "https://id.example")
                .unwrap()
                .contains("no meaning")
        );
        assert!(problem("--api", "http://api.example.com").is_some());
        assert_eq!(problem("--api", "https://api.example.com"), None);
        assert!(problem("--client-id", " ").is_some());
        assert!(problem("--client-id", "AbC dEf").is_some());
        assert_eq!(problem("--client-id", "AbCdEf"), None);
        assert_eq!(problem("--scopes", "read:films write:films"), None);
    }
}
