//! Rows of a configuration (`[[api.rows]]`), a line of three dashes, and an answer of the API.

use std::path::Path;

use crate::api::Progress;
use crate::api::fuzzing::answer;
use crate::config::parse;
use url::Url;

const PROVIDER: &str = "[provider]\npreset = 'oidc'\nissuer = 'https://id.example'\nclient_id = 'tv'\n\
                        [api]\nbase_url = 'https://api.example/v1/'\n";

/// For an answer without a configuration that is one.
const ROW: &str = "[[api.rows]]\ntitle = 'Row'\npath = 'row'\nitems = '/items'\n\
                   card = { id = '/id', title = '/name', subtitle = '/more/0', image = '/art', progress = '/p', body = '/b' }\n";

/// Reads an answer by rows of a configuration.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (rows, reply) = text.split_once("\n---\n").unwrap_or(("", &text));
    let read = |rows: &str| parse(&format!("{PROVIDER}{rows}"), Path::new("/x.toml"));
    let config = match (read(rows), read(ROW)) {
        (Ok(config), _) if config.api.as_ref().is_some_and(|api| !api.rows.is_empty()) => config,
        (_, Ok(config)) => config,
        (_, Err(error)) => panic!("{error}"),
    };
    let base = Url::parse("https://api.example/v1/row?x=1").unwrap();
    for row in config.api.iter().flat_map(|api| &api.rows) {
        for card in answer(row, &base, reply.as_bytes()).unwrap_or_default() {
            let title = card.title.to_string();
            assert!(!title.trim().is_empty(), "{card:?}");
            assert!(!title.chars().any(char::is_control), "{card:?}");
            if let Some(Progress::Part(progress)) = card.progress {
                assert!((0.0..=1.0).contains(&progress), "{card:?}");
            }
            if let Some(image) = card.image {
                assert!(matches!(image.scheme(), "http" | "https"), "{image}");
            }
        }
    }
}
