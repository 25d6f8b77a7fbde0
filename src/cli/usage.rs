//! The command line as it is typed: read, explained in groups, refused in words.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{ColorChoice, Command, CommandFactory, FromArgMatches, ValueEnum};
use unicode_width::UnicodeWidthStr;

use super::out::{self, Colours};
use super::{Cli, Error, Exit, environment, sign_in};

/// The commands by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("On the screen", &["kiosk", "demo"]),
    ("Who is signed in", &["sign-in", "status", "sign-out"]),
    ("Set it up", &["init", "config", "doctor"]),
    ("The kiosk that runs", &["screen", "reload", "health"]),
    ("From a shell", &["call", "completion", "help"]),
];

/// Where whatever has no group of its own stands.
const OTHERS: &str = "More";

/// No line of help is longer: longer ones are hard to read.
const WIDEST: usize = 100;

impl Cli {
    /// Reads a command line, the program's name first. The error is what to end with: all has been said.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ExitCode> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let colours = colours_wished(&arguments).unwrap_or_else(|| {
            let said = std::env::var(environment::COLOR).ok();
            said.and_then(|said| Colours::from_str(&said, false).ok())
                .unwrap_or(Colours::Auto)
        });
        out::set_colours(colours);
        let command = command(out::terminal().map_or(WIDEST, |terminal| terminal.columns));
        let command = command.color(match colours {
            Colours::Auto => ColorChoice::Auto,
            Colours::Always => ColorChoice::Always,
            Colours::Never => ColorChoice::Never,
        });
        let matches = command.try_get_matches_from(&arguments);
        let read = matches.and_then(|matches| Ok((Self::from_arg_matches(&matches)?, matches)));
        let (mut cli, matches) = read.map_err(|error| explain(&error, &arguments))?;
        let heard = cli.hear(&matches, |name| std::env::var_os(name));
        heard.map_err(|why| {
            out::say(&format!("vestibule: {why}"));
            ExitCode::from(Exit::Usage)
        })?;
        Ok(cli)
    }
}

/// The command line, whose help is `width` columns wide.
fn command(width: usize) -> Command {
    let width = width.min(WIDEST);
    let command = flowing(Cli::command().term_width(width));
    let groups = groups(&command, width);
    command
        // They are listed in their groups instead.
        .mut_subcommands(|command| command.hide(true))
        .override_usage("vestibule [OPTIONS] [COMMAND]")
        .help_template(format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}{{all-args}}{{after-help}}"
        ))
}

/// The same, whose paragraphs below the options are as wide as the terminal. In the source they have lines of their own.
fn flowing(command: Command) -> Command {
    let text = command.get_after_long_help().map(ToString::to_string);
    let command = match text {
        Some(text) => command.after_long_help(paragraphs(&text)),
        None => command,
    };
    command.mut_subcommands(flowing)
}

/// A text whose lines are joined to paragraphs, but for those that begin with a blank: examples, and tables.
fn paragraphs(text: &str) -> String {
    let is_of_paragraph = |line: &str| !line.is_empty() && !line.starts_with(' ');
    let mut joined = String::new();
    let mut before: Option<&str> = None;
    for line in text.lines() {
        if let Some(before) = before {
            let goes_on =
                is_of_paragraph(before) && !before.ends_with(':') && is_of_paragraph(line);
            joined.push(if goes_on { ' ' } else { '\n' });
        }
        joined.push_str(line);
        before = Some(line);
    }
    joined
}

/// The commands, a line or two for each, under the headings of their groups.
fn groups(command: &Command, width: usize) -> String {
    let (heading, literal) = {
        let styles = command.get_styles();
        (*styles.get_header(), *styles.get_literal())
    };
    let known = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let listed = command.get_subcommands().filter(|one| !one.is_hide_set());
    let others = listed.map(Command::get_name).filter(|name| !known(name));
    let others: Vec<&str> = others.collect();
    let groups = GROUPS.iter().map(|(title, names)| (*title, *names));
    let mut text = String::new();
    for (title, names) in groups.chain([(OTHERS, others.as_slice())]) {
        let mut lines = String::new();
        for name in names {
            let (aliases, about) = match command.find_subcommand(name) {
                Some(found) => (
                    found.get_visible_aliases().collect::<Vec<_>>().join(", "),
                    found.get_about().map(ToString::to_string),
                ),
                // clap adds it by itself, later.
                None if *name == "help" => (
                    String::new(),
                    Some("Prints this, or the help of a command".to_owned()),
                ),
                None => continue,
            };
            let mut about = about.unwrap_or_default();
            if !aliases.is_empty() {
                let _ = write!(about, " [also: {aliases}]");
            }
            let _ = write!(lines, "  {literal}{name}{literal:#}");
            let indent = 14;
            let _ = write!(
                lines,
                "{:1$}",
                "",
                (indent - 2usize).saturating_sub(name.len())
            );
            lines.push_str(&wrapped(&about, width.saturating_sub(indent), indent));
        }
        if !lines.is_empty() {
            let _ = write!(text, "{heading}{title}:{heading:#}\n{lines}\n");
        }
    }
    text
}

/// Words in lines of so many columns; every line but the first begins with `indent` blanks.
fn wrapped(words: &str, columns: usize, indent: usize) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for word in words.split_whitespace() {
        let width = word.width();
        if used > 0 && used + 1 + width > columns {
            let _ = write!(text, "\n{:indent$}", "");
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += width;
    }
    text.push('\n');
    text
}

/// What is asked for before clap can be asked, which is to speak in it. What is no such wish is clap's to refuse.
fn colours_wished(arguments: &[OsString]) -> Option<Colours> {
    let mut arguments = arguments.iter().map(OsString::as_os_str);
    while let Some(argument) = arguments.next() {
        let wish = match argument.to_str() {
            Some("--") => break,
            Some("--color") => arguments.next().and_then(OsStr::to_str),
            Some(other) => other.strip_prefix("--color="),
            None => None,
        };
        if let Some(wish) = wish.and_then(|wish| Colours::from_str(wish, false).ok()) {
            return Some(wish);
        }
    }
    None
}

/// Says what clap has to say: help, the version, or what is wrong with the command line, which it repeats.
fn explain(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    if !error.use_stderr() {
        // A reader that has gone away is no failure.
        let _ = error.print();
        return Exit::Done.into();
    }
    let words = error.render().to_string();
    let typed = arguments.iter().take_while(|argument| *argument != "--");
    let typed: Vec<&str> = typed.filter_map(|argument| argument.to_str()).collect();
    if typed.contains(&"--json") {
        let first = words.split("\n\n").next().unwrap_or_default();
        let first = first.strip_prefix("error: ").unwrap_or(first);
        let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_sign_in = typed
            .iter()
            .any(|word| matches!(*word, "sign-in" | "login"));
        // Whoever reads objects gets one. That it could not be written changes nothing.
        let _ = match is_sign_in {
            true => sign_in::cannot_begin(&first),
            false => out::json(&Error::usage(first)),
        };
    }
    out::say(words.trim_end());
    Exit::Usage.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
        command(80).debug_assert();
    }

    #[test]
    fn every_command_stands_in_a_group() {
        let help = command(80).render_long_help().to_string();
        for name in Cli::command().get_subcommands().map(Command::get_name) {
            assert!(help.contains(&format!("\n  {name} ")), "{name}: {help}");
        }
        assert!(!help.contains(OTHERS), "{help}");
    }

    #[test]
    fn groups_are_as_wide_as_the_terminal() {
        for width in [40, 60, 100] {
            let groups = groups(&Cli::command(), width);
            let text = anstream_free(&groups);
            assert!(text.lines().all(|line| line.width() <= width), "{text}");
        }
    }

    #[test]
    fn paragraphs_flow_and_examples_stay() {
        let text = "Examples:\n  vestibule a\n  vestibule b\n\nOne\ntwo.\n\nEnds with 0\nand 2.";
        let joined = "Examples:\n  vestibule a\n  vestibule b\n\nOne two.\n\nEnds with 0 and 2.";
        assert_eq!(paragraphs(text), joined);
        let mut command = command(60);
        let help = command
            .find_subcommand_mut("call")
            .unwrap()
            .render_long_help();
        assert!(
            help.to_string().contains("jq -s 'map(.items[])'\n"),
            "{help}"
        );
    }

    /// The text without what colours it.
    fn anstream_free(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            text + part.split_once('m').map_or("", |(_, rest)| rest)
        })
    }

    #[test]
    fn a_wish_for_colours_is_heard_before_anything_is_read() {
        let wish = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            colours_wished(&words).unwrap_or(Colours::Auto)
        };
        for (line, colours) in [
            ("vestibule status", Colours::Auto),
            ("vestibule --color never status", Colours::Never),
            ("vestibule status --color=always", Colours::Always),
            ("vestibule --color loud", Colours::Auto),
            ("vestibule call -- --color=always", Colours::Auto),
        ] {
            assert_eq!(wish(line), colours, "{line}");
        }
    }
}
