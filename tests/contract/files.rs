//! What lies in place of the program's files, or over them, and who else may use them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use rustix::fs::{CWD, Mode, mkfifoat};
use serde_json::Value;

use testing::device::{Device, GOOD, run_to_end};
use testing::house::House;
use testing::process::{Ended, Running};

fn fifo(path: &Path) {
    mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR).unwrap();
}

/// What is said of it, and how it is made.
type Obstacle = (&'static str, fn(&Path));

const OBSTACLES: [Obstacle; 5] = [
    ("a named pipe", fifo),
    ("a folder", |path| fs::create_dir(path).unwrap()),
    ("a socket", |path| {
        drop(std::os::unix::net::UnixListener::bind(path).unwrap());
    }),
    ("a device", |path| symlink("/dev/zero", path).unwrap()),
    ("a symbolic link", |path| {
        symlink("/nonexistent/there", path).unwrap();
    }),
];

#[test]
fn what_lies_in_place_of_a_file_that_the_owner_names_is_said_and_not_waited_for() {
    for (words, make) in OBSTACLES {
        let device = Device::new();
        let thing = device.path("thing");
        make(&thing);
        let name = thing.to_string_lossy();
        let with = |key: &str| {
            let key = format!("client_id = \"abc\"\n{key} = \"{name}\"");
            device.configure(&GOOD.replace("client_id = \"abc\"", &key));
            Running::start(device.command(&["config", "check"])).wait()
        };
        let mut told = vec![
            with("client_secret_file"),
            with("ca_file"),
            Running::start(device.command(&["--config", &name, "config", "check"])).wait(),
        ];
        device.configure(&GOOD.replace("[screen]", &format!("[screen]\nlogo = \"{name}\"")));
        told.push(Running::start(device.command(&["config", "check"])).wait());
        device.configure(GOOD);
        // A pipe that a person names for the data of a call has a writer to be waited for.
        if words != "a named pipe" {
            let data = format!("@{name}");
            told.push(Running::start(device.command(&["call", "/x", "--data", &data])).wait());
        }
        for ended in told {
            assert_eq!(ended.code, Some(2), "{words}: {ended:?}");
            assert!(ended.stderr.contains("thing"), "{words}: {ended:?}");
            // What is a folder in place of a configuration has words of its own.
            assert!(ended.stderr.contains(words), "{words}: {ended:?}");
        }
    }
}

#[test]
fn what_lies_in_place_of_a_file_of_the_programs_own_is_not_waited_for() {
    let house = House::new(&["--interval", "1"]);
    let accounts = house.device.config_dir().join("accounts");
    for (words, make) in OBSTACLES {
        let _ = fs::remove_dir_all(&accounts);
        fs::create_dir(&accounts).unwrap();
        for name in [
            "default.json",
            "default.lock",
            "default.pin",
            "last-used",
            ".adding.lock",
        ] {
            make(&accounts.join(name));
        }
        let status = house.run(&["status"]);
        assert_eq!(status.code, Some(3), "{words}: {status:?}");
        assert!(
            status.stderr.contains("in its place"),
            "{words}: {status:?}"
        );
        let signed_in = house.sign_in();
        assert_eq!(signed_in.last["event"], "signed_in", "{words}");
        assert_eq!(
            house.run(&["call", "/library/continue"]).code,
            Some(0),
            "{words}"
        );
        assert_eq!(house.run(&["sign-out", "--all"]).code, Some(0), "{words}");
        assert!(!Path::new("/nonexistent/there").exists());
    }
}

/// What starts the program, with its arguments and its environment after its own.
fn started_by(mut command: Command, program: &Command) -> Command {
    let environment = program.get_envs();
    let _ = command
        .arg(program.get_program())
        .args(program.get_args())
        .env_clear()
        .envs(environment.filter_map(|(name, value)| Some((name, value?))));
    command
}

/// Runs the program with `seed` mounted over the account's file. None where nothing may be mounted here.
fn mounted(house: &House, seed: &Path, options: &str, arguments: &[&str]) -> Option<Ended> {
    let may = Command::new("unshare").args(["-rm", "true"]).output();
    if !may.is_ok_and(|may| may.status.success()) {
        return None;
    }
    let file = house.device.config_dir().join("accounts/default.json");
    let (seed, file) = (seed.display(), file.display());
    let script = format!("mount --bind {seed} {file} && {options} && exec \"$@\"");
    let script = script.replace("REMOUNT", &format!("mount -o remount,bind,ro {file}"));
    let program = house.command(arguments);
    let mut command = Command::new("unshare");
    let _ = command.args(["-rm", "sh", "-c", &script, "sh"]);
    Some(run_to_end(started_by(command, &program)))
}

#[test]
fn a_session_file_that_is_a_mount_of_its_own_is_kept_up_in_its_place() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let seed = house.device.path("seed.json");
    let file = house.device.config_dir().join("accounts/default.json");
    fs::rename(&file, &seed).unwrap();
    fs::write(&file, "").unwrap();
    let record = || -> Value { serde_json::from_slice(&fs::read(&seed).unwrap()).unwrap() };
    let tokens = || record()["refresh_token"].clone();
    // As if the access token had run out long ago.
    let expire = || {
        let mut record = record();
        record["access_token_issued_at"] = 1.into();
        record["access_token_expires_at"] = 2.into();
        fs::write(&seed, record.to_string()).unwrap();
    };
    let call = ["call", "/library/continue"];
    let refreshes = || {
        let exchanges = house.proxy.exchanges().into_iter();
        exchanges
            .filter(|exchange| {
                String::from_utf8_lossy(&exchange.request.body).contains("grant_type=refresh_token")
            })
            .count()
    };
    // Read-only: it is said before the refresh token is spent.
    expire();
    let before = tokens();
    let Some(told) = mounted(&house, &seed, "REMOUNT", &call) else {
        return;
    };
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(
        told.stderr.contains("default.json") && told.stderr.contains("Read-only"),
        "{told:?}"
    );
    assert_eq!((refreshes(), tokens()), (0, before));
    // Writable: the new tokens are in it.
    for refreshed in 1..=2 {
        expire();
        let before = tokens();
        let told = mounted(&house, &seed, "true", &call).unwrap();
        assert_eq!(told.code, Some(0), "{told:?}");
        assert_ne!(tokens(), before);
        assert_eq!(refreshes(), refreshed);
    }
    let doctor = mounted(&house, &seed, "true", &["doctor", "--json"]).unwrap();
    assert!(doctor.stdout.contains("can be written"), "{doctor:?}");
    // A power cut while it was written over: the copy beside it counts.
    let whole = fs::read(&seed).unwrap();
    fs::write(&seed, &whole[..whole.len() / 2]).unwrap();
    let copy = file.with_file_name(".default.json.Torn12.tmp");
    fs::write(&copy, &whole).unwrap();
    let told = mounted(&house, &seed, "true", &call).unwrap();
    assert_eq!(told.code, Some(0), "{told:?}");
    let told = mounted(&house, &seed, "true", &["sign-out"]).unwrap();
    assert!(!copy.exists());
    assert_eq!(told.code, Some(0), "{told:?}");
    assert_eq!(fs::read(&seed).unwrap(), b"", "nothing is left in it");
    let told = mounted(&house, &seed, "true", &["status"]).unwrap();
    assert_eq!(told.code, Some(3), "{told:?}");
}

#[test]
fn a_slash_added_to_an_issuer_signs_nobody_out() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let file = house.device.config_dir().join("accounts/default.json");
    let mut record: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let issuer = record["issuer"].as_str().unwrap();
    record["issuer"] = format!("{issuer}/").into();
    // A byte order mark, as some editors put there, is no other account either.
    fs::write(&file, format!("\u{feff}{record}")).unwrap();
    assert_eq!(house.status()["signed_in"], true);
    assert_eq!(house.run(&["call", "/library/continue"]).code, Some(0));
}

#[test]
fn a_limit_of_file_sizes_is_an_error_that_is_told() {
    let house = House::new(&["--interval", "1"]);
    let program = house.command(&["sign-in", "--json"]);
    let mut command = Command::new("sh");
    let _ = command.args(["-c", "ulimit -f 4; exec \"$@\"", "sh"]);
    let ended = run_to_end(started_by(command, &program));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains(r#""reason":"storage""#), "{ended:?}");
    assert!(ended.stderr.contains("File too large"), "{ended:?}");
}

#[test]
fn a_configuration_or_a_secret_that_others_may_use_is_warned_of() {
    let device = Device::new();
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let secret = device.path("secret");
    fs::write(&secret, "s3cret").unwrap();
    let key = format!(
        "client_id = \"abc\"\nclient_secret_file = \"{}\"",
        secret.display()
    );
    device.configure(&GOOD.replace("client_id = \"abc\"", &key));
    let config = device.config_file();
    for (of_config, of_secret, words) in [
        (0o600, 0o600, ""),
        (0o644, 0o400, ""),
        (0o666, 0o600, "other users may write"),
        (
            0o600,
            0o644,
            "secret is readable for other users (mode 0644)",
        ),
    ] {
        set(&config, of_config);
        set(&secret, of_secret);
        let check = device.run(&["config", "check"]);
        assert_eq!(check.code, Some(0), "{check:?}");
        if words.is_empty() {
            assert_eq!(check.stderr, "");
            continue;
        }
        assert!(check.stderr.contains(words), "{check:?}");
        set(&config, of_config);
        let doctor = device.run(&["doctor", "--json"]);
        assert!(doctor.stdout.contains(words), "{doctor:?}");
    }
    // A credential of systemd is readable for a group that is none.
    set(&secret, 0o440);
    set(&config, 0o600);
    let mut command = device.command(&["config", "check"]);
    let _ = command.env("CREDENTIALS_DIRECTORY", device.home());
    let check = run_to_end(command);
    assert_eq!((check.code, check.stderr.as_str()), (Some(0), ""));
}
