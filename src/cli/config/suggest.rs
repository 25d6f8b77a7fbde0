//! `vestibule config suggest`: a row for what an API answers, found by looking at it.

mod file;
mod write;

use clap::Args;
use serde_json::{Value, json};
use url::Url;

use super::try_row::told_error;
use crate::api::suggest::{self, Comments, Suggestion, Written};
use crate::api::{self, Looked, Row, WayOn};
use crate::cli::context::{self, Context};
use crate::cli::{Error, Global, out};
use crate::config;
use crate::host::{locale, log};

/// Cards whose fields are told beside each line.
const TOLD: usize = 3;

/// Look at what the API answers and print a row for it
///
/// Each line of the row says what it was chosen for and what it comes to on the first three items. Nothing but
/// GET is sent: for the path, for further pages until one comes, and for one picture.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule config suggest library/continue
  vestibule config suggest library/continue --title \"Continue watching\" --write
  vestibule config suggest --from reply.json
  curl -i https://api.example.com/v1/films | vestibule config suggest films --from -

Needs somebody who is signed in, unless the answer comes from a file.

Ends with 0 when a row was found, 2 when nothing in the answer is a list or the configuration would not take
the row, 3 when nobody is signed in, 6 when the API cannot be reached, and 1 when it answers with an error,
such as HTTP 400 or 404.")]
pub(super) struct Suggest {
    /// Path under the API's base_url
    #[arg(value_name = "PATH", required_unless_present = "from")]
    path: Option<String>,
    /// Heading of the row [default: what the API calls its items]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Add the row to the configuration, behind those that are there
    #[arg(long)]
    write: bool,
    /// Look at a file (- is standard input) in the place of the API: JSON, with or without the headers before it
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// The API to ask: a name of [apis.NAME]
    #[arg(long, value_name = "NAME")]
    api: Option<String>,
    /// Print one line of JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// What a card says, by the names of its fields.
type Told = Vec<(String, String)>;

/// A row that was found, and what is known of it.
struct Found {
    suggestion: Suggestion,
    reply: Looked,
    /// Where the API stands, where that is known.
    base: Option<Url>,
    /// How it is asked.
    path: String,
}

impl Suggest {
    /// One that adds what it finds.
    pub(super) fn to_be_written(path: String) -> Self {
        Self {
            path: Some(path),
            title: None,
            write: true,
            from: None,
            api: None,
            json: false,
        }
    }

    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let found = match &self.from {
            Some(file) => self.in_file(global, file)?,
            None => self.at_api(global)?,
        };
        let title = self.title.clone();
        let title = title.unwrap_or_else(|| found.suggestion.title.clone());
        let text = |comments, cards| {
            found.suggestion.toml(Written {
                title: &title,
                path: &found.path,
                api: self.api.as_deref(),
                cards,
                comments,
            })
        };
        let cards = found.cards(&text(Comments::None, None), self.api.as_deref())?;
        let row = text(Comments::Examples, cards.as_deref());
        let written = match self.write {
            true => Some(write::add(global, &title, &text(Comments::Why, None))?),
            false => None,
        };
        if self.json {
            let written = written.map(|path| path.display().to_string());
            return out::json(&found.as_value(&title, &row, cards.as_deref(), written.as_deref()));
        }
        out::text(&row)?;
        out::say(&found.told());
        match written {
            Some(path) => out::say(&format!(
                "Added to {}. Look at it with: {}",
                path.display(),
                to_try(global, &title)
            )),
            None => out::say("Nothing was written. With --write it is added to the configuration."),
        }
        Ok(())
    }

    fn in_file(&self, global: &Global, file: &str) -> Result<Found, Error> {
        let (headers, body) = file::read(file)?;
        // A file needs no configuration; where there is one it says where the API stands.
        let base = context::configuration(global).ok();
        let base = base.and_then(|loaded| self.base(&loaded.config).ok());
        let path = self.path.clone().unwrap_or_default();
        let path = base
            .as_ref()
            .map_or(path.clone(), |base| under(base, &path));
        // Where nobody says where the API stands, its path still names the row and says what was asked.
        let nowhere = Url::parse("https://api.example.com/");
        let nowhere = nowhere.map_err(|error| Error::usage(error.to_string()))?;
        let beside = base.as_ref().unwrap_or(&nowhere);
        let address = beside
            .join(path.trim_start_matches('/'))
            .unwrap_or_else(|_| nowhere.clone());
        let known = Some(address.clone()).filter(|_| !path.is_empty());
        let reply = suggest::Reply {
            body: &body,
            headers: &headers,
            address: known.as_ref(),
            base: base.as_ref(),
        };
        let suggestion = suggest::suggest(reply).ok_or_else(|| nothing(file, &body))?;
        let path = if path.is_empty() {
            "PATH".to_owned()
        } else {
            path
        };
        Ok(Found {
            suggestion,
            reply: Looked {
                address,
                headers,
                body,
            },
            base,
            path,
        })
    }

    fn at_api(&self, global: &Global) -> Result<Found, Error> {
        let context = Context::new(global)?;
        let base = self.base(&context.config)?;
        if context.config.api.is_none() {
            return Err(no_api());
        }
        let path = under(&base, self.path.as_deref().unwrap_or_default());
        let row = Row::new(
            0,
            &config::Row {
                path: path.clone(),
                api: self.api.clone(),
                ..config::Row::default()
            },
        );
        let place = format!("{base}{}", path.trim_start_matches('/'));
        let language = locale::tag(&context.config.screen.language);
        context.with_session(global.profile(), |session| async {
            let client = api::Client::new(&context.config, session, None)?;
            let client = client.speaking(language.as_deref());
            let reply = client.look(&row).await;
            let reply = reply.map_err(|error| told_error(error, &place))?;
            let look = suggest::Reply {
                body: &reply.body,
                headers: &reply.headers,
                address: Some(&reply.address),
                base: Some(&base),
            };
            let Some(mut suggestion) = suggest::suggest(look) else {
                return Err(nothing(&place, &reply.body));
            };
            way_on(&client, &reply, &mut suggestion).await;
            let mut found = Found {
                suggestion,
                reply,
                base: Some(base),
                path,
            };
            found.look_at_picture(&client, self.api.as_deref()).await;
            Ok(found)
        })
    }

    /// Where the API that is meant stands.
    fn base(&self, config: &config::Config) -> Result<Url, Error> {
        match &self.api {
            None => config
                .api
                .as_ref()
                .map(|api| api.base_url.clone())
                .ok_or_else(no_api),
            Some(name) => {
                let other = config.apis.get(name).map(|other| other.base_url.clone());
                other.ok_or_else(|| Error::usage(format!("the configuration has no [apis.{name}]")))
            }
        }
    }
}

/// The command that looks at a row, with the options that were given, as a POSIX shell reads it.
fn to_try(global: &Global, title: &str) -> String {
    let mut words = vec!["vestibule".to_owned()];
    if let Some(file) = &global.config {
        words.extend(["--config".to_owned(), quoted(&file.display().to_string())]);
    }
    if let Some(profile) = &global.profile {
        words.extend(["--profile".to_owned(), quoted(profile)]);
    }
    words.push("config try".to_owned());
    words.extend(title.starts_with('-').then(|| "--".to_owned()));
    words.push(quoted(title));
    words.join(" ")
}

/// A word for a POSIX shell (section 2.2.2): as it is where it has no marks, else between single quotes.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

fn no_api() -> Error {
    Error::usage("the configuration has no [api]; add it with its base_url")
}

/// A path as a row has it: relative to the API's address.
fn under(base: &Url, path: &str) -> String {
    let rest = path.strip_prefix(base.as_str());
    rest.unwrap_or(path).trim_start_matches('/').to_owned()
}

/// Words for an answer in which nothing is a list.
fn nothing(place: &str, body: &Value) -> Error {
    let there = suggest::outline(body).join("\n  ");
    Error::usage(format!(
        "{place}: nothing in the answer is a list of objects, of which a row could be made. There is:\n  {there}"
    ))
}

/// Finds out how a further page is asked for.
async fn way_on(client: &api::Client, reply: &Looked, suggestion: &mut Suggestion) {
    match client.way_on(reply, suggestion).await {
        WayOn::Untried(_) => {}
        WayOn::Tried(mut way) => {
            way.why = format!("{}; tried: another page came", way.why);
            suggestion.page_by(Some(&way));
            suggestion
                .notes
                .retain(|note| !note.contains("further page"));
        }
        WayOn::Failed(mut way) => {
            way.why = format!("a guess: {}", way.why);
            suggestion.page_by(Some(&way));
            let note = "no further page came, however it was asked for: there may be none, or page is wrong";
            suggestion.notes.push(note.to_owned());
        }
        WayOn::Nowhere => suggestion.page_by(None),
    }
}

impl Found {
    /// What the cards of the row say by the program's own mapping; none where the reply came without an address.
    fn cards(&self, row: &str, api: Option<&str>) -> Result<Option<Vec<Told>>, Error> {
        let base = self
            .base
            .clone()
            .unwrap_or_else(|| self.reply.address.clone());
        let row = parsed(row, api, &base)?;
        let cards = row.cards_in(&self.reply, &base);
        let cards = cards.map_err(|error| told_error(error, self.reply.address.as_str()))?;
        let told = cards.iter().take(TOLD).map(|card| {
            let fields = card.told().into_iter();
            fields
                .filter_map(|(name, text)| Some((name.to_owned(), text?)))
                .collect()
        });
        Ok(Some(told.collect()))
    }

    /// Looks whether the first picture comes.
    async fn look_at_picture(&mut self, client: &api::Client, api: Option<&str>) {
        let Some(base) = self.base.clone() else {
            return;
        };
        let text = self.suggestion.toml(Written {
            title: "x",
            path: &self.path,
            api,
            cards: None,
            comments: Comments::None,
        });
        let cards = parsed(&text, api, &base).map(|row| row.cards_in(&self.reply, &base));
        let Ok(Ok(cards)) = cards else {
            return;
        };
        let Some(picture) = cards.into_iter().find_map(|card| card.image) else {
            return;
        };
        match client.image(&picture, None).await {
            Ok(_) => self
                .suggestion
                .notes
                .retain(|note| !note.contains("card.image is a guess")),
            Err(error) => {
                let mut plain = picture;
                plain.set_query(None);
                let note = format!(
                    "the first picture does not come ({plain}): {}",
                    error.told()
                );
                self.suggestion.notes.push(note);
            }
        }
    }

    fn told(&self) -> String {
        let items = match self.suggestion.items {
            1 => "1 item".to_owned(),
            number => format!("{number} items"),
        };
        let mut told = format!("\nFrom {items}.");
        if !self.suggestion.others.is_empty() {
            told.push_str(&format!(
                " Other lists: {}.",
                self.suggestion.others.join(", ")
            ));
        }
        told
    }

    fn as_value(
        &self,
        title: &str,
        row: &str,
        cards: Option<&[Vec<(String, String)>]>,
        written: Option<&str>,
    ) -> Value {
        let line =
            |line: &suggest::Line| json!({"key": line.key, "value": line.value, "why": line.why});
        let suggestion = &self.suggestion;
        let cards = cards.unwrap_or_default().iter().map(|card| {
            let fields = card
                .iter()
                .map(|(name, text)| (name.clone(), Value::from(text.as_str())));
            Value::Object(fields.collect())
        });
        json!({
            "title": title,
            "path": self.path,
            "address": log::address(&self.reply.address),
            "items": suggestion.items,
            "row": row,
            "keys": suggestion.row.iter().map(line).collect::<Vec<_>>(),
            "card": suggestion.card.iter().map(line).collect::<Vec<_>>(),
            "details": suggestion.details.iter().map(line).collect::<Vec<_>>(),
            "cards": cards.collect::<Vec<_>>(),
            "others": suggestion.others,
            "left_to_you": suggestion.notes,
            "written": written,
        })
    }
}

/// The row of a text, read as a configuration that has nothing else.
fn parsed(row: &str, api: Option<&str>, base: &Url) -> Result<Row, Error> {
    let name = api.map_or_else(
        || "api".to_owned(),
        |name| format!("apis.{}", Value::from(name)),
    );
    let first = match api {
        Some(_) => "[api]\nbase_url = \"https://api.example.com/\"\n",
        None => "",
    };
    let base = Value::from(base.as_str());
    let whole = format!(
        "[provider]\npreset = \"github\"\nclient_id = \"-\"\n{first}[{name}]\nbase_url = {base}\n{row}"
    );
    let config = config::parse(&whole, std::path::Path::new("(the row that was found)"))?;
    let rows = config.api.map(|api| api.rows).unwrap_or_default();
    let row = rows.first().map(|row| Row::new(0, row));
    row.ok_or_else(|| Error::usage("no row was made"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_is_one_word_to_a_shell() {
        for (word, written) in [
            ("films", "films"),
            ("/etc/a.toml", "/etc/a.toml"),
            ("My films", "'My films'"),
            ("It's $HOME `id`", r"'It'\''s $HOME `id`'"),
            ("", "''"),
            ("a;b", "'a;b'"),
        ] {
            assert_eq!(quoted(word), written);
        }
    }
}
