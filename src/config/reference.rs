//! The table of all keys as a page for people.

use std::fmt::Write;

use super::keys::KEYS;

/// The reference of the configuration file as Markdown, one table for each table of the file.
pub fn reference_markdown() -> String {
    let mut page = String::new();
    let mut heading = None;
    for key in KEYS.iter() {
        // A key that is a table itself has the heading of what it is.
        let table = if key.table().is_empty() {
            &key.path
        } else {
            key.table()
        };
        if heading != Some(table) {
            heading = Some(table);
            let title = title(table);
            let _ = write!(
                page,
                "{}**`{title}`**\n\n| key | value | default | what it does |\n|---|---|---|---|\n",
                if page.is_empty() { "" } else { "\n" }
            );
        }
        let name = if key.table().is_empty() {
            "…"
        } else {
            key.name()
        };
        let _ = writeln!(
            page,
            "| `{name}` | {} | {} | {} |",
            cell(&key.kind.to_string()),
            default(key.default.as_deref().unwrap_or("required")),
            cell(key.doc)
        );
    }
    page
}

fn title(table: &str) -> String {
    match table.strip_suffix("[]") {
        Some(array) => format!("[[{}]]", array.replace("[]", "")),
        None => format!("[{}]", table.replace("[]", "").replace('*', "NAME")),
    }
}

/// Defaults that are TOML stand as code, those in words as they are.
fn default(text: &str) -> String {
    if text.starts_with(['"', '[', '{']) && !text.contains(';')
        || text.parse::<f64>().is_ok()
        || matches!(text, "true" | "false")
    {
        format!("`{text}`")
    } else {
        cell(text)
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use std::fs;

    const BEGIN: &str = "<!-- config reference -->\n";
    const END: &str = "<!-- /config reference -->";

    /// `UPDATE_REFERENCE=1 cargo test --lib config::reference` writes the block anew.
    #[test]
    fn the_documentation_holds_every_key() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/integrate/reference.md");
        let page = fs::read_to_string(path).unwrap();
        let (before, rest) = page.split_once(BEGIN).unwrap();
        let (block, after) = rest.split_once(END).unwrap();
        let reference = format!("\n{}\n", super::reference_markdown().trim_end());
        if std::env::var_os("UPDATE_REFERENCE").is_some() {
            fs::write(path, [before, BEGIN, &reference, END, after].concat()).unwrap();
            return;
        }
        assert_eq!(
            block, reference,
            "run: UPDATE_REFERENCE=1 cargo test --lib config::reference"
        );
    }
}
