//! One file per command; every outcome becomes an exit code.

mod call;
mod completion;
mod config;
mod context;
#[cfg(feature = "demo")]
mod demo;
mod doctor;
mod environment;
mod exit;
mod guests;
mod health;
mod init;
mod kiosk;
mod monitoring;
#[cfg(not(feature = "demo"))]
mod no_demo;
mod out;
mod qr;
mod reload;
mod running_kiosk;
mod screen;
mod sign_in;
mod sign_out;
mod status;
mod usage;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::filter::LevelFilter;

pub use exit::{Error, Exit};

use crate::host;
use crate::host::log::Reading;
use crate::session::profile_name;
#[cfg(not(feature = "demo"))]
use no_demo as demo;

/// Signs people in on a big screen, and shows them what is theirs.
#[derive(Debug, Parser)]
#[command(
    name = "vestibule",
    version,
    after_long_help = "\
Examples:
  vestibule demo --lan          try it: no account, no configuration, any phone on the same network
  vestibule config example --preset auth0 > ~/.config/vestibule/vestibule.toml
  vestibule config check
  vestibule                     the fullscreen program

Variables: VESTIBULE_CONFIG, VESTIBULE_PROFILE, VESTIBULE_LOG_FORMAT, VESTIBULE_LOG_LEVEL, VESTIBULE_COLOR,
VESTIBULE_RENDERER, VESTIBULE_WINDOWED and VESTIBULE_METRICS_TEXTFILE stand for the options of these names where those are not given.

Exit codes:
  0 done               1 unexpected failure    2 usage or configuration
  3 not signed in      4 declined              5 the code expired
  6 network            7 the server rejects this client
  130 interrupted

What fails under --json is an object, too: {\"error\":{\"code\":…,\"exit\":…,\"message\":…},\"exit\":…}; of sign-in it
is an event, and doctor and status have members of their own."
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(flatten)]
    window: kiosk::WindowOptions,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
struct Global {
    /// Configuration file [default: $VESTIBULE_CONFIG, ~/.config/vestibule/vestibule.toml,
    /// /etc/vestibule/vestibule.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Account to work with; each has a session of its own [default: default]
    #[arg(long, global = true, value_name = "NAME", value_parser = profile_name)]
    profile: Option<String>,
    /// How the log on standard error is written [default: as systemd's journal takes it, with priorities and fields, where
    /// standard error leads there; else text]
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// How much of it [default: info for kiosk and demo, else warn]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<LogLevel>,
    /// Colours: where a terminal shows them (NO_COLOR, CLICOLOR and TERM are heard), always, or never
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: out::Colours,
}

impl Global {
    fn profile(&self) -> &str {
        self.profile.as_deref().unwrap_or("default")
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

#[derive(Debug, Subcommand)]
enum Command {
    Kiosk(kiosk::Kiosk),
    Demo(demo::Demo),
    #[command(visible_alias = "login")]
    SignIn(sign_in::SignIn),
    Call(call::Call),
    #[command(visible_alias = "whoami")]
    Status(status::Status),
    #[command(visible_alias = "logout")]
    SignOut(sign_out::SignOut),
    Init(init::Init),
    Doctor(doctor::Doctor),
    Config(config::ConfigCommand),
    Screen(screen::Screen),
    Reload(reload::Reload),
    Health(health::Health),
    Completion(completion::Completion),
}

/// What comes before anything else that this process does.
pub fn begin() {
    host::process::catch_hangups();
}

/// Runs the command line to its end.
pub fn run(cli: Cli) -> ExitCode {
    let Cli {
        global,
        window,
        command,
    } = cli;
    let command = match command {
        None => Command::Kiosk(kiosk::Kiosk::with(window)),
        Some(_) if window.are_given() => {
            out::say(
                "vestibule: window options stand after the command: vestibule kiosk --windowed …",
            );
            return Exit::Usage.into();
        }
        Some(command) => command,
    };
    let opens_a_window = match &command {
        Command::Kiosk(_) => true,
        Command::Demo(demo) => demo.opens_a_window(),
        _ => false,
    };
    if !opens_a_window {
        host::process::end_at_hangups();
    }
    out::set_colours(global.color);
    host::process::survive_file_limits();
    let shut = host::process::shut_memory();
    start_log(&global, &command);
    if let Err(error) = shut {
        tracing::warn!(%error, "the memory of this program cannot be kept from others");
    }
    let as_json = match &command {
        Command::Status(status) => status.json,
        Command::SignOut(sign_out) => sign_out.json,
        Command::Doctor(doctor) => doctor.json,
        Command::Config(config) => config.as_json(),
        Command::Screen(screen) => screen.json,
        Command::Reload(reload) => reload.json,
        // It tells of its end in an event of its own.
        Command::SignIn(_) => false,
        Command::Kiosk(_)
        | Command::Demo(_)
        | Command::Call(_)
        | Command::Health(_)
        | Command::Init(_)
        | Command::Completion(_) => false,
    };
    let outcome = match command {
        Command::Kiosk(kiosk) => kiosk.run(&global),
        Command::Demo(demo) => demo.run(&global),
        Command::SignIn(sign_in) => sign_in.run(&global),
        Command::Call(call) => call.run(&global),
        Command::Status(status) => status.run(&global),
        Command::SignOut(sign_out) => sign_out.run(&global),
        Command::Init(init) => init.run(&global),
        Command::Doctor(doctor) => doctor.run(&global),
        Command::Config(config) => config.run(&global),
        Command::Screen(screen) => screen.run(),
        Command::Reload(reload) => reload.run(),
        Command::Health(health) => health.run(),
        Command::Completion(completion) => completion.run(),
    };
    match outcome {
        Ok(()) => Exit::Done.into(),
        Err(error) => {
            if as_json && !error.message.is_empty() {
                // Whoever reads objects gets one. That it could not be written changes nothing.
                let _ = out::json(&error);
            }
            tell(&error).into()
        }
    }
}

/// Tells people of a failure, and gives what the program ends with.
fn tell(error: &Error) -> Exit {
    if !error.message.is_empty() {
        out::say_of_failure("vestibule:", &format!(" {error}"));
    }
    error.exit
}

#[cfg(feature = "telemetry")]
fn telemetry_spans() -> Option<host::log::SpanLayer> {
    Some(crate::telemetry::spans())
}

#[cfg(not(feature = "telemetry"))]
fn telemetry_spans() -> Option<host::log::SpanLayer> {
    None
}

fn start_log(global: &Global, command: &Command) {
    let format = global.log_format.map(|format| match format {
        LogFormat::Text => host::log::Format::Text,
        LogFormat::Json => host::log::Format::Json,
    });
    let level = match (global.log_level, command) {
        (Some(LogLevel::Error), _) => LevelFilter::ERROR,
        (Some(LogLevel::Warn), _) => LevelFilter::WARN,
        (Some(LogLevel::Info), _) => LevelFilter::INFO,
        (Some(LogLevel::Debug), _) => LevelFilter::DEBUG,
        (Some(LogLevel::Trace), _) => LevelFilter::TRACE,
        (None, Command::Kiosk(_) | Command::Demo(_)) => LevelFilter::INFO,
        (None, _) => LevelFilter::WARN,
    };
    let reads = match command {
        Command::Kiosk(_) | Command::Demo(_) => Reading::NotAwaited,
        _ => Reading::Awaited,
    };
    host::log::start(format, level, reads, telemetry_spans());
}
