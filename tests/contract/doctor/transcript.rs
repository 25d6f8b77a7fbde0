//! What the program printed, compared with what it printed when somebody last read it.

use std::path::Path;

use testing::device::Device;
use testing::process::Ended;

/// Rewrites the transcripts instead of comparing them.
const REWRITE: &str = "VESTIBULE_REWRITE_TRANSCRIPTS";

/// Compares with `transcripts/NAME.txt`.
pub(crate) fn compare(name: &str, home: &Device, ended: &Ended) {
    let seen = format!(
        "$ vestibule doctor\n{}[exit code {}]\n",
        settled(&ended.stdout, home),
        ended.code.unwrap()
    );
    assert_eq!(ended.stderr, "", "{name}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/contract/doctor/transcripts")
        .join(format!("{name}.txt"));
    if std::env::var_os(REWRITE).is_some() {
        std::fs::write(&file, seen).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}; {REWRITE}=1 writes it", file.display()));
    assert_eq!(seen, known, "{name}: {REWRITE}=1 writes a new one");
}

/// The text without what is different each time.
fn settled(text: &str, home: &Device) -> String {
    let text = text.replace(&home.path("").display().to_string(), "~/");
    let text = numbers_after(&text, "127.0.0.1:", "PORT");
    let text = numbers_after(&text, "answers after ", "N");
    let text = numbers_after(&text, "verification time ", "NOW");
    let text = numbers_after(&text, "not valid before 3786912000 (", "N");
    let lines = text
        .lines()
        .map(|line| match line.split_once("address information: ") {
            Some((start, _)) => format!("{start}address information: …\n"),
            None => format!("{line}\n"),
        });
    times(&lines.collect::<String>())
}

fn numbers_after(text: &str, before: &str, instead: &str) -> String {
    let mut parts = text.split(before);
    let mut settled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = if rest.len() < part.len() { instead } else { "" };
        settled.push_str(&format!("{before}{number}{rest}"));
    }
    settled
}

/// Times as RFC 3339 has them become `TIME`.
fn times(text: &str) -> String {
    const SHAPE: &str = "0000-00-00T00:00:00Z";
    let is_time = |part: &str| {
        part.chars()
            .zip(SHAPE.chars())
            .all(|(c, shape)| match shape {
                '0' => c.is_ascii_digit(),
                other => c == other,
            })
    };
    let mut settled = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match rest.get(..SHAPE.len()) {
            Some(part) if is_time(part) => {
                settled.push_str("TIME");
                rest = &rest[SHAPE.len()..];
            }
            _ => {
                settled.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    settled
}
