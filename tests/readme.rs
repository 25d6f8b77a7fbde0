//! The README says what the program does: its configuration reference is the program's own.

use std::fs;

const BEGIN: &str = "<!-- config reference -->\n";
const END: &str = "<!-- /config reference -->";

/// `UPDATE_README=1 cargo test --test readme` writes the block anew.
#[test]
fn the_configuration_reference_is_the_programs_own() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (block, after) = rest.split_once(END).unwrap();
    let reference = format!("\n{}\n", vestibule::config::reference_markdown().trim_end());
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, [before, BEGIN, &reference, END, after].concat()).unwrap();
        return;
    }
    assert_eq!(
        block, reference,
        "run: UPDATE_README=1 cargo test --test readme"
    );
}
