//! The pages for those who run the program: a box is set up by what stands there.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// `tests/machine/run` does to the letter what stands there, and finds it by its order.
#[test]
fn a_box_is_set_up_by_blocks_that_the_machine_finds() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operate/README.md");
    let page = fs::read_to_string(path).unwrap();
    let (_, section) = page.split_once("## In cage, under systemd").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let blocks = |kind: &str| -> Vec<String> {
        let begin = format!("\n```{kind}\n");
        let blocks = section.split(&begin).skip(1);
        let block = |text: &str| text.split("\n```").next().unwrap().to_owned();
        blocks.map(block).collect()
    };
    let commands = blocks("sh");
    let [seatd, enable, logind] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert!(seatd.contains(" seatd ") && !seatd.contains("polkitd"));
    assert!(enable.contains("systemctl enable vestibule.service"));
    assert!(logind.contains(" polkitd ") && !logind.contains("seatd"));
    let files = blocks("ini");
    let [unit, no_gpu, of_logind] = &files[..] else {
        panic!("{files:?}");
    };
    assert!(unit.starts_with("# /etc/systemd/system/vestibule.service\n[Unit]\n"));
    // With PAM there is a session, and systemd does not hear what is in one.
    assert!(unit.contains("\nType=notify\n") && !unit.contains("PAMName"));
    assert_eq!(no_gpu, "Environment=WLR_RENDERER=pixman");
    assert!(of_logind.starts_with("# /etc/systemd/system/vestibule.service.d/logind.conf\n"));
    assert!(of_logind.contains("\nPAMName=") && !of_logind.contains("notify"));
}

/// What stands for something else in a command on a page, and what it stands for here.
const BLANKS: [(&str, &str); 9] = [
    ("COMMAND", "status"),
    ("NAME", "auth0"),
    ("…", "x"),
    ("N", "1"),
    ("PID", "1"),
    ("METHOD", "GET"),
    ("SHELL", "bash"),
    ("WIDTHxHEIGHT", "640x480"),
    ("ROWSxCARDS", "2x2"),
];

/// The text with an x for whatever stands between two of these marks: a value, whose words are its own.
fn unquoted(text: &str, mark: char) -> String {
    let parts = text.split(mark).enumerate();
    parts
        .map(|(index, part)| if index % 2 == 1 { "x" } else { part })
        .collect()
}

/// The words behind the program's name in a line of a page, where that is a command of this program.
fn command(line: &str) -> Option<Vec<String>> {
    let line = unquoted(&unquoted(line.split(" #").next()?, '"'), '\'');
    let mut words = line.split_whitespace().peekable();
    let _ = words.next_if(|word| *word == "sudo");
    if words.next_if(|word| *word == "-u").is_some() {
        let _ = words.next();
    }
    let name = words.next();
    let _ = name.filter(|word| matches!(*word, "vestibule" | "vestibule-kiosk"))?;
    let ends = ["|", ">", "<", "&&", "||", "&", "\\"];
    let words = words.take_while(|word| !ends.contains(word) && !word.starts_with("2>"));
    let plain = |word: &str| -> String {
        let word: String = word.chars().filter(|c| !"[]".contains(*c)).collect();
        // Of several that may stand there, the first.
        let first = word.split(['\\', '|']).next().unwrap_or_default();
        let first = first.trim_end_matches(',');
        let blank = BLANKS.iter().find(|(blank, _)| *blank == first);
        blank.map_or(first, |(_, value)| *value).to_owned()
    };
    let words: Vec<_> = words.map(plain).filter(|word| !word.is_empty()).collect();
    // Of "vestibule …" nothing can be tried.
    (words.first().is_none_or(|first| first != "x")).then_some(words)
}

/// Every command of the program on a page: lines of shell, and what stands between backticks.
fn commands(page: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (index, part) in page.split("```").enumerate() {
        let pieces: Vec<&str> = match index % 2 {
            1 => part
                .strip_prefix("sh\n")
                .map_or(Vec::new(), |lines| lines.lines().collect()),
            _ => part.split('`').skip(1).step_by(2).collect(),
        };
        found.extend(pieces.into_iter().filter_map(command));
    }
    found
}

#[test]
fn every_command_on_a_page_is_one() {
    let device = testing::device::Device::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("SECURITY.md")];
    for folder in ["docs/operate", "docs/integrate"] {
        let entries = fs::read_dir(root.join(folder)).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        pages.extend(files.filter(|file| file.extension().is_some_and(|ending| ending == "md")));
    }
    let mut tried = HashSet::new();
    let mut wrong = Vec::new();
    for page in pages {
        for words in commands(&fs::read_to_string(&page).unwrap()) {
            if !tried.insert(words.clone()) {
                continue;
            }
            // Help is given where all before it can be read.
            let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
            if !matches!(arguments.first(), Some(&"help")) {
                arguments.push("--help");
            }
            let ended = device.run(&arguments);
            if ended.code != Some(0) {
                wrong.push(format!(
                    "{}: {}: {}",
                    page.display(),
                    words.join(" "),
                    ended.stderr
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.len() > 40, "{}", tried.len());
}

#[test]
fn a_command_that_is_none_is_found() {
    let page = "`vestibule frobnicate`\n```sh\nsudo vestibule-kiosk doctor --jsn # x\nsudo -u kiosk vestibule status\n```\n";
    let device = testing::device::Device::new();
    let codes = commands(page).into_iter().map(|words| {
        let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        arguments.push("--help");
        device.run(&arguments).code
    });
    assert_eq!(codes.collect::<Vec<_>>(), [Some(2), Some(2), Some(0)]);
}
