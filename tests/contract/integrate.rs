//! The pages for integrators: every piece of configuration on them is one that the program takes, every example has its
//! line, and every sentence that tells a viewer what went wrong is explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use testing::device::Device;
use toml::{Table, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<(String, String)> {
    let folder = root().join("docs/integrate");
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    pages.sort();
    pages
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs/integrate").join(name)).unwrap()
}

/// The pieces of TOML on a page, each with the word behind `toml`: nothing for tables of a configuration, `row` for keys of
/// `[[api.rows]]`, `card` for keys of its card.
fn pieces(page: &str) -> Vec<(String, String)> {
    let mut pieces = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => pieces.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(kind)) => open = Some((kind.to_owned(), String::new())),
            (None, None) => {}
        }
    }
    let of_toml = |(kind, text): (String, String)| {
        let word = kind.strip_prefix("toml")?;
        Some((word.trim().to_owned(), text))
    };
    pieces.into_iter().filter_map(of_toml).collect()
}

/// Puts `more` where the table has nothing.
fn complete(table: &mut Table, more: &str) {
    for (key, value) in more.parse::<Table>().unwrap() {
        match (table.get_mut(&key), value) {
            (None, value) => {
                let _ = table.insert(key, value);
            }
            (Some(Value::Table(inner)), Value::Table(value)) => {
                complete(inner, &toml::to_string(&value).unwrap());
            }
            (Some(_), _) => {}
        }
    }
}

/// The whole configuration that a piece belongs to. What it leaves out, and its reader has, is put in.
fn configuration(kind: &str, piece: &str) -> Table {
    let mut table: Table = piece.parse().unwrap_or_else(|error| {
        panic!("{error}\n{piece}");
    });
    for key in ["card", "row"] {
        if kind == key {
            let name = if key == "card" { "card" } else { "rows" };
            let value = Value::Table(std::mem::take(&mut table));
            let value = match key {
                "card" => value,
                _ => Value::Array(vec![value]),
            };
            let _ = table.insert(name.to_owned(), value);
        }
    }
    if let Some(card) = table.remove("card") {
        let mut row = Table::new();
        let _ = row.insert("card".to_owned(), card);
        let _ = table.insert("rows".to_owned(), Value::Array(vec![Value::Table(row)]));
    }
    if let Some(rows) = table.remove("rows") {
        let mut api = Table::new();
        let _ = api.insert("rows".to_owned(), rows);
        let _ = table.insert("api".to_owned(), Value::Table(api));
    }
    if !table.contains_key("provider") {
        complete(
            &mut table,
            "provider = { preset = 'oidc', issuer = 'https://id.example.com', client_id = 'tv' }",
        );
    }
    if table.contains_key("api") {
        complete(
            &mut table,
            "api = { base_url = 'https://api.example.com/' }",
        );
    }
    if let Some(Value::Array(rows)) = table.get_mut("api").and_then(|api| api.get_mut("rows")) {
        for row in rows.iter_mut().filter_map(Value::as_table_mut) {
            complete(row, "title = 'A row'\npath = 'row'");
            complete(row, "card = { id = '/id', title = '/title' }");
        }
    }
    table
}

const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9"/></svg>"#;

/// The files that a configuration names, and what is in them: they lie on the reader's box.
fn files(value: &Value, found: &mut Vec<(String, &'static str)>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("file" | "client_secret_file", Value::String(path)) => {
                        found.push((path.clone(), "a-secret"));
                    }
                    ("logo" | "backdrop", Value::String(path)) => {
                        found.push((path.clone(), PICTURE));
                    }
                    (_, value) => files(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| files(value, found)),
        _ => {}
    }
}

/// What `vestibule config check` says against a configuration.
fn complaint(device: &Device, table: &Table) -> Option<String> {
    let mut named = Vec::new();
    files(&Value::Table(table.clone()), &mut named);
    for (name, contents) in named {
        let path = device.config_dir().join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    device.configure(&toml::to_string(table).unwrap());
    let check = device.run(&["config", "check"]);
    (check.code != Some(0)).then_some(check.stderr)
}

#[test]
fn every_piece_of_configuration_is_one_that_the_program_takes() {
    let device = Device::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, text) in pages() {
        for (kind, piece) in pieces(&text) {
            count += 1;
            let table = configuration(&kind, &piece);
            if let Some(complaint) = complaint(&device, &table) {
                wrong.push(format!("{name}:\n{piece}\n{complaint}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 20, "{count}");
}

#[test]
fn a_piece_that_is_wrong_is_found() {
    let device = Device::new();
    for (kind, piece) in [
        ("", "[api]\nbase_url = 'https://a.example/'\nheaderz = 1"),
        ("row", "itemz = '/items'"),
        ("card", "subtitle = { at = '/x', format = 'datum' }"),
    ] {
        let table = configuration(kind, piece);
        assert!(complaint(&device, &table).is_some(), "{piece}");
    }
    let whole = pieces("text\n```toml card\nbody = '/x'\n```\n```sh\nls\n```\n");
    assert_eq!(whole, [("card".to_owned(), "body = '/x'\n".to_owned())]);
}

/// The sentences of the screen that tell of a fault, where each is one sentence and no choice among several.
fn sentences() -> Vec<String> {
    let texts = fs::read_to_string(root().join("assets/i18n/en/vestibule.ftl")).unwrap();
    let told = |line: &str| {
        let (name, sentence) = line.split_once(" = ")?;
        let is_fault = ["words-", "reason-"]
            .iter()
            .any(|beginning| name.starts_with(beginning));
        (is_fault && !sentence.contains('{')).then(|| sentence.to_owned())
    };
    texts.lines().filter_map(told).collect()
}

#[test]
fn every_fault_that_the_screen_tells_is_explained() {
    let page = page("troubleshooting.md");
    let sentences = sentences();
    assert!(sentences.len() >= 25, "{sentences:?}");
    let missing: Vec<_> = sentences
        .iter()
        .filter(|sentence| !page.contains(*sentence))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_example_has_its_line_among_the_recipes() {
    let folder: PathBuf = root().join("examples");
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let there: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    let recipes = page("recipes.md");
    let linked: BTreeSet<String> = recipes
        .split("](../../examples/")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
        .collect();
    assert_eq!(linked, there);
}
