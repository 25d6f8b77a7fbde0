//! What the packages are made of: nothing is named that is not there, the unit says what the program relies on, and the
//! configuration that is installed is right as soon as it is filled in.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::{Table, Value};

use testing::device::Device;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn manifest() -> Table {
    text("Cargo.toml").parse().unwrap()
}

/// Sources and places of a list of assets.
fn assets(list: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let list = list.as_array().unwrap().iter();
    list.map(|asset| (word(&asset[0]), word(&asset[1])))
        .collect()
}

/// The settings of the unit, by section and name. What stands there twice is kept as lines.
fn unit() -> HashMap<String, String> {
    let mut settings: HashMap<String, String> = HashMap::new();
    let mut section = String::new();
    for line in text("packaging/vestibule-kiosk/vestibule-kiosk.service").lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            name.clone_into(&mut section);
        } else if let Some((name, value)) = line.split_once('=')
            && !line.starts_with('#')
        {
            let kept = settings.entry(format!("{section}.{name}")).or_default();
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(value);
        }
    }
    settings
}

#[test]
fn every_file_of_the_packages_is_there() {
    let manifest = manifest();
    let deb = &manifest["package"]["metadata"]["deb"];
    let software = &deb["variants"]["software"];
    let full = assets(&deb["assets"]);
    let build = text("packaging/build");
    for (source, _) in full
        .iter()
        .chain(&assets(&software["merge-assets"]["by"]["src"]))
    {
        match source.strip_prefix("target/packaging/files/") {
            // Made: by crates/package-files or by packaging/build itself.
            Some(made) => {
                let first = made.split('/').next().unwrap();
                let maker = text("crates/package-files/src/main.rs");
                assert!(
                    maker.contains(&format!("\"{first}\"")) || build.contains(first),
                    "{source}"
                );
            }
            None if source.starts_with("target/release/") => {}
            None => assert!(root().join(source).is_file(), "{source}"),
        }
    }
    // The other variant lies in the folders of its own name.
    let own = |(_, place): &(String, String)| place.contains("/vestibule-software");
    let replaced = assets(&software["merge-assets"]["by"]["src"]);
    assert!(replaced.iter().all(own), "{replaced:?}");
    let named: Vec<&str> = full
        .iter()
        .filter(|(_, place)| {
            place.contains("/doc/vestibule") || place.ends_with("/overrides/vestibule")
        })
        .map(|(source, _)| source.as_str())
        .collect();
    assert_eq!(named.len(), replaced.len(), "{named:?}");
    // What the script installs of the kiosk.
    for line in build.lines().filter(|line| line.contains("$from/")) {
        let name = line.split("$from/").nth(1).unwrap();
        let name: String = name
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '"')
            .collect();
        if !name.starts_with('$') {
            let path = root().join("packaging/vestibule-kiosk").join(&name);
            assert!(path.is_file(), "{}", path.display());
        }
    }
}

#[test]
fn icons_are_made_in_every_size_that_is_installed() {
    let manifest = manifest();
    let maker = text("crates/package-files/src/main.rs");
    let sides = maker.split("const SIDES").nth(1).unwrap();
    let sides = sides.split(['[', ']']).nth(3).unwrap();
    let mut made: Vec<&str> = sides.split(',').map(str::trim).collect();
    let listed = assets(&manifest["package"]["metadata"]["deb"]["assets"]);
    let mut installed: Vec<String> = Vec::new();
    for (source, place) in &listed {
        if let Some(name) = source.strip_prefix("target/packaging/files/icons/") {
            let side = name.trim_end_matches(".png");
            assert!(
                place.contains(&format!("/{side}x{side}/")),
                "{source} {place}"
            );
            installed.push(side.to_owned());
        }
    }
    made.sort_unstable();
    installed.sort_unstable();
    assert_eq!(made, installed);
}

#[test]
fn the_unit_says_what_the_program_relies_on() {
    let unit = unit();
    let is = |name: &str, value: &str| {
        assert_eq!(unit.get(name).map(String::as_str), Some(value), "{name}");
    };
    // cage is what is started, and the program speaks.
    is("Service.Type", "notify");
    is("Service.NotifyAccess", "all");
    is("Service.TimeoutStartSec", "infinity");
    is("Service.WatchdogSec", "60");
    // cage ends with 0 whatever became of the program, and however often.
    is("Service.Restart", "always");
    is("Unit.StartLimitIntervalSec", "0");
    // A refresh in flight is waited for, up to a minute.
    let stop: u64 = unit["Service.TimeoutStopSec"].parse().unwrap();
    assert!(stop > 60, "{stop}");
    // Tokens: not in a core, not in swap, not readable by others.
    is("Service.LimitCORE", "0");
    is("Service.MemorySwapMax", "0");
    is("Service.UMask", "0077");
    is("Service.StateDirectoryMode", "0700");
    // Not on a disk that may be full: Xwayland wants room there.
    assert!(unit["Service.TemporaryFileSystem"].starts_with("/tmp:mode=1777,"));
    assert!(!unit.contains_key("Service.PrivateTmp"));
    // The terminal is its own.
    is("Service.StandardInput", "tty-force");
    for other in ["getty@tty1.service", "display-manager.service"] {
        assert!(unit["Unit.Conflicts"].contains(other), "{other}");
        assert!(unit["Unit.After"].contains(other), "{other}");
    }
    // Lists of devices would take screen and keys away: they are opened by the seat, but graphics are not.
    for name in ["PrivateDevices", "DevicePolicy", "ProtectClock"] {
        assert!(!unit.contains_key(&format!("Service.{name}")), "{name}");
    }
    // With a session of logind systemd does not hear what is in it, and must not wait for it.
    let logind = text("packaging/vestibule-kiosk/logind.conf");
    for line in ["PAMName=vestibule-kiosk", "Type=simple", "WatchdogSec=0"] {
        assert!(logind.lines().any(|known| known == line), "{line}");
    }
    // What watches it there is wanted there alone.
    let generator = text("packaging/vestibule-kiosk/generator");
    let watch = "vestibule-kiosk.service.wants\"\nln -sf /usr/lib/systemd/system/vestibule-kiosk-watch.service ";
    assert!(generator.contains(watch), "{generator}");
}

#[test]
fn systemd_has_nothing_to_say_about_the_units() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new("systemd-analyze");
        let ended = command.args(arguments).env("SYSTEMD_COLORS", "0").output();
        ended.map(|ended| {
            let said = [ended.stdout.as_slice(), ended.stderr.as_slice()].concat();
            (
                ended.status.success(),
                String::from_utf8_lossy(&said).into_owned(),
            )
        })
    };
    let Ok((true, _)) = run(&["--version"]) else {
        // A machine without systemd: ./tests/run installs it.
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for name in ["vestibule-kiosk.service", "vestibule-kiosk-watch.service"] {
        // Its programs are of packages that are not installed here.
        let unit = text(&format!("packaging/vestibule-kiosk/{name}"));
        let unit: Vec<String> = unit
            .lines()
            .map(|line| match line.split_once('=') {
                Some((name, _)) if name.starts_with("Exec") => format!("{name}=/bin/true"),
                _ => line.to_owned(),
            })
            .collect();
        let file = folder.path().join(name);
        fs::write(&file, unit.join("\n")).unwrap();
        let file = file.to_str().unwrap();
        assert_eq!(
            run(&["verify", "--man=no", file]).unwrap(),
            (true, String::new())
        );
        // 4.0 is the most.
        let (is_below, said) =
            run(&["security", "--offline=true", "--threshold=40", file]).unwrap();
        assert!(is_below, "{said}");
    }
}

/// A program for whoever looks for it in this folder first.
fn program(folder: &Path, name: &str, script: &str) {
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn without_the_watchdog_a_screen_that_hangs_for_a_minute_is_ended_and_no_other() {
    let well = r#"{"healthy":false,"problems":[{"code":"screen_hidden"}]}"#;
    let hung = r#"{"healthy":false,"problems":[{"code":"screen_frozen"}]}"#;
    let mute = r#"{"healthy":false,"problems":[{"code":"frozen"}]}"#;
    for (answers, ended) in [
        (vec![well, well, well, well], 0),
        (vec![hung, hung, well, mute, mute], 0),
        (vec![mute, hung, mute, well], 1),
        (vec![hung, hung, hung, hung, hung, hung], 2),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display();
        for (number, answer) in answers.iter().enumerate() {
            fs::write(folder.path().join(format!("answer-{number}")), answer).unwrap();
        }
        // Time passes at once, and ends with the last answer.
        let rounds = format!(
            "[ \"$1\" = 20 ] && n=$(ls {at}/slept* | wc -l) && [ $n -le {} ] && : >{at}/slept-$n",
            answers.len()
        );
        program(folder.path(), "sleep", &rounds);
        fs::write(folder.path().join("slept"), "").unwrap();
        let answer = format!("n=$(ls {at}/slept-* | wc -l)\ncat {at}/answer-$((n - 1))\nexit 1");
        program(folder.path(), "vestibule-kiosk", &answer);
        program(
            folder.path(),
            "loginctl",
            &format!("echo \"$@\" >>{at}/ended"),
        );
        let path = format!("{at}:/usr/bin:/bin");
        let done = Command::new("sh")
            .arg(root().join("packaging/vestibule-kiosk/watch"))
            .env_clear()
            .env("PATH", path)
            .output()
            .unwrap();
        let told = fs::read_to_string(folder.path().join("ended")).unwrap_or_default();
        let kill = "kill-user --signal=KILL vestibule\n";
        assert_eq!(told, kill.repeat(ended), "{answers:?}: {done:?}");
    }
}

#[test]
fn the_installed_configuration_is_right_when_it_is_filled_in() {
    let shipped = text("packaging/vestibule/vestibule.toml");
    let says_something = |line: &&str| !line.is_empty() && !line.starts_with('#');
    assert_eq!(shipped.lines().find(says_something), None);
    // Settings are "#key" and "#[table]", words are "# Words".
    let filled: Vec<&str> = shipped
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| line.starts_with(|first: char| first == '[' || first.is_lowercase()))
        .collect();
    assert!(filled.len() > 10, "{filled:?}");
    let device = Device::new();
    device.configure(&filled.join("\n"));
    let ended = device.run(&["config", "check"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
}

/// A cage that comes to its program only with one of `renderers`, and tells what it was asked to draw with.
fn cage(folder: &Path, renderers: &str) {
    let script = format!(
        "renderer=${{WLR_RENDERER:-auto}}\necho \"$renderer\"\nshift\ncase {renderers} in *\"$renderer\"*) exec \"$@\" ;; esac\nexit 1"
    );
    program(folder, "cage", &script);
    program(folder, "vestibule", "");
}

#[test]
fn a_box_whose_gpu_cannot_draw_comes_to_a_picture_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let start = || {
        let mut command = Command::new("sh");
        let ended = command
            .arg(root().join("packaging/vestibule-kiosk/start"))
            .env_clear()
            .env("PATH", &path)
            .env("XDG_RUNTIME_DIR", folder.path())
            .output()
            .unwrap();
        let drawn = String::from_utf8(ended.stdout).unwrap();
        (drawn.trim().to_owned(), ended.status.success())
    };
    let starts = |count: usize| -> Vec<(String, bool)> { (0..count).map(|_| start()).collect() };
    let failed = |with: &str| (with.to_owned(), false);
    let came = |with: &str| (with.to_owned(), true);

    // Three failures may be a screen or a seat that is late; then the CPU draws, and goes on to.
    cage(folder.path(), "pixman");
    assert_eq!(
        starts(6),
        [
            failed("auto"),
            failed("auto"),
            failed("auto"),
            came("pixman"),
            came("pixman"),
            came("pixman")
        ]
    );
    fs::remove_file(folder.path().join("failed-starts")).unwrap();

    // Where nothing can draw both are tried, and what mends itself is found.
    cage(folder.path(), "none");
    let drawn: Vec<String> = starts(6).into_iter().map(|(with, _)| with).collect();
    assert_eq!(drawn, ["auto", "auto", "auto", "pixman", "auto", "pixman"]);
    cage(folder.path(), "auto");
    assert_eq!(starts(2), [came("auto"), came("auto")]);
    assert!(!folder.path().join("failed-starts").exists());
}

/// A script of a package with other paths in place of its own.
fn run_script(path: &str, replaced: &[(&str, &str)], arguments: &[&str], stubs: &Path) -> String {
    let mut script = text(path);
    for (known, other) in replaced {
        assert!(script.contains(known), "{path}: {known}");
        script = script.replace(known, other);
    }
    let name = "/bin:/usr/bin:/usr/sbin";
    let mut command = Command::new("sh");
    let _ = command
        .args(["-c", &script, path])
        .args(arguments)
        .env_clear()
        .env("PATH", format!("{}:{name}", stubs.display()));
    let ended = command.output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    let wrong = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && wrong.is_empty(), "{wrong}{said}");
    said
}

/// Programs of that name do nothing.
fn stubs(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let file = folder.path().join(name);
        fs::write(&file, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

#[test]
fn a_purge_empties_the_state_also_behind_a_link() {
    let stubs = stubs(&["deb-systemd-helper", "systemctl"]);
    for is_link in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let real = match is_link {
            true => folder.path().join("elsewhere"),
            false => state.clone(),
        };
        let accounts = real.join(".config/vestibule/accounts");
        fs::create_dir_all(&accounts).unwrap();
        fs::write(accounts.join("default.json"), "tokens").unwrap();
        fs::write(folder.path().join("of-others"), "").unwrap();
        std::os::unix::fs::symlink("../of-others", real.join("link")).unwrap();
        if is_link {
            std::os::unix::fs::symlink(&real, &state).unwrap();
        }
        let name = state.to_str().unwrap();
        let replaced = [("/var/lib/vestibule", name)];
        let script = "packaging/vestibule-kiosk/postrm";
        // What is there no more is no failure.
        for _ in 0..2 {
            let _ = run_script(script, &replaced, &["purge"], stubs.path());
            assert!(fs::symlink_metadata(&state).is_err(), "{is_link}");
            assert!(!real.join(".config").exists(), "{is_link}");
            assert!(folder.path().join("of-others").exists());
        }
    }
}

#[test]
fn the_command_takes_the_variables_that_the_unit_takes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("default");
    let replaced = [
        ("/etc/default/vestibule-kiosk", file.to_str().unwrap()),
        ("if [ \"$(id -u)\" != 0 ]", "if false"),
        ("exec setpriv ", "env; : "),
    ];
    let script = "packaging/vestibule-kiosk/vestibule-kiosk";
    let stubs = stubs(&[]);
    let heard = || run_script(script, &replaced, &["status"], stubs.path());
    // A file that is not there has none.
    assert!(heard().contains("HOME=/var/lib/vestibule"));
    let lines = "# A=comment\n;B=comment\nexport C=shell\nD-E=name\n1F=name\n=nameless\nnothing\n  G=blanks \t\r\nH=\"two words \"\n\
                 I='$(id) `id` $HOME'\nJ=a=b\nK=";
    fs::write(&file, lines).unwrap();
    let heard = heard();
    let mut heard: Vec<_> = heard
        .lines()
        .filter(|line| line.as_bytes().get(1) == Some(&b'='))
        .filter(|line| !line.starts_with('_'))
        .collect();
    heard.sort_unstable();
    let expected = [
        "G=blanks",
        "H=two words ",
        "I=$(id) `id` $HOME",
        "J=a=b",
        "K=",
    ];
    assert_eq!(heard, expected);
}

#[test]
fn no_script_of_the_package_waits_for_the_first_picture() {
    // With Type=notify and no limit for the start, systemctl waits for a television that is off.
    for name in ["postinst", "prerm", "postrm"] {
        let script = text(&format!("packaging/vestibule-kiosk/{name}"));
        let starts = |line: &&str| {
            line.contains(" start ") || line.contains("restart ") || line.contains(" reload ")
        };
        for line in script.lines().filter(starts) {
            let is_bounded = line.contains("timeout ") || line.trim_start().starts_with('#');
            assert!(is_bounded, "{name}: {line}");
        }
    }
    let playbook = text("examples/fleet/ansible/playbook.yml");
    let services = playbook.matches("systemd_service:").count();
    assert_eq!(playbook.matches("no_block: true").count(), services);
}
