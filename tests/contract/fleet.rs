//! What whoever looks after many boxes relies on: fragments of the configuration, variables, names, read-only folders.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use testing::device::{Device, GOOD, run_to_end};
use testing::house::House;

fn fragment(device: &Device, name: &str, text: &str) {
    let folder = device.config_dir().join("conf.d");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn fragments_are_merged_shown_and_listed_with_their_files() {
    let device = Device::new();
    device.configure(GOOD);
    fragment(&device, "20-site.toml", "[screen]\ntitle = 'Site'\n");
    fragment(
        &device,
        "10-fleet.toml",
        "[screen]\ntitle = 'Fleet'\naccent = '#000000'\n",
    );
    for left_out in [".hidden.toml", "README", "30.toml~", "40.toml.dpkg-dist"] {
        fragment(&device, left_out, "nonsense");
    }
    let show = device.run(&["config", "show"]).stdout;
    assert!(
        show.contains("title = \"Site\"  # conf.d/20-site.toml:2"),
        "{show}"
    );
    assert!(
        show.contains("accent = \"#000000\"  # conf.d/10-fleet.toml:3"),
        "{show}"
    );
    let show = json(&device.run(&["config", "show", "--json"]).stdout);
    assert_eq!(show["config"]["screen"]["title"], "Site");
    assert_eq!(show["files"].as_array().unwrap().len(), 3);
    assert_eq!(show["from"]["screen.title"]["line"], 2);
    let path = device.run(&["config", "path"]).stdout;
    let used: Vec<_> = path
        .lines()
        .filter(|line| line.starts_with("used "))
        .collect();
    assert!(
        used[0].ends_with("vestibule.toml") && used[1].ends_with("10-fleet.toml"),
        "{path}"
    );
    assert!(
        used[2].ends_with("20-site.toml") && used.len() == 3,
        "{path}"
    );
    let check = device.run(&["config", "check"]);
    assert_eq!(
        (check.code, check.stdout.lines().count()),
        (Some(0), 3),
        "{}",
        check.stdout
    );
}

#[test]
fn a_fragment_that_cannot_be_used_is_named() {
    for (name, text, words) in [
        (
            "10.toml",
            "[screen]\ntitel = 'x'\n",
            "conf.d/10.toml:2:1: screen.titel",
        ),
        ("10.toml", "[screen", "conf.d/10.toml:1:"),
    ] {
        let device = Device::new();
        device.configure(GOOD);
        fragment(&device, name, text);
        for command in [&["config", "check"][..], &["status"], &["config", "show"]] {
            let ended = device.run(command);
            assert_eq!(ended.code, Some(2), "{}", ended.stderr);
            assert!(ended.stderr.contains(words), "{}", ended.stderr);
        }
    }
    let device = Device::new();
    device.configure(GOOD);
    fragment(
        &device,
        "10.toml",
        "[provider]\nclient_secret_file = 'gone'\n",
    );
    for command in [&["config", "check"][..], &["status"]] {
        let ended = device.run(command);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        for words in ["conf.d/10.toml: provider.client_secret_file", "conf.d/gone"] {
            assert!(ended.stderr.contains(words), "{}", ended.stderr);
        }
    }
    let device = Device::new();
    device.configure(GOOD);
    fs::create_dir_all(device.config_dir().join("conf.d/10.toml")).unwrap();
    let check = device.run(&["config", "check"]);
    assert!(
        check.code == Some(2) && check.stderr.contains("10.toml: a folder"),
        "{}",
        check.stderr
    );
    fs::remove_dir(device.config_dir().join("conf.d/10.toml")).unwrap();
    fragment(&device, "10.toml", &"#".repeat(1024 * 1024 + 1));
    assert!(
        device
            .run(&["config", "check"])
            .stderr
            .contains("larger than 1 MiB")
    );
    for number in 0..65 {
        fragment(&device, &format!("{number}.toml"), "");
    }
    assert!(
        device
            .run(&["config", "check"])
            .stderr
            .contains("more than 64 files")
    );
}

#[test]
fn a_base_that_sets_nothing_is_none_and_fragments_alone_are_enough() {
    let device = Device::new();
    device.configure("# only comments\n");
    let check = device.run(&["config", "check"]);
    assert!(
        check.stderr.contains("no configuration found"),
        "{}",
        check.stderr
    );
    fragment(&device, "10-fleet.toml", GOOD);
    assert_eq!(device.run(&["config", "check"]).code, Some(0));
    fs::remove_file(device.config_file()).unwrap();
    let check = device.run(&["config", "check", "--json"]);
    let files = json(&check.stdout)["files"].clone();
    assert_eq!(files.as_array().unwrap().len(), 1, "{}", check.stdout);
    // One that is named has to be there.
    let file = device.config_file();
    let named = device.run(&["--config", &file.to_string_lossy(), "config", "check"]);
    assert_eq!(named.code, Some(2), "{}", named.stderr);
}

#[test]
fn every_fragment_is_listed_and_one_that_is_not_heard_is_told() {
    let device = Device::new();
    let etc = device.path("etc/vestibule.toml");
    let own = device.config_file();
    device.configure(GOOD);
    fragment(&device, "10.toml", "[screen");
    fs::create_dir_all(device.config_dir().join("conf.d/20.toml")).unwrap();
    let listed = |device: &Device| {
        let path = json(&device.run(&["config", "path", "--json"]).stdout);
        let files = path["files"].as_array().unwrap().clone();
        let own = files.iter().filter(|file| {
            let path = file["path"].as_str().unwrap();
            path.starts_with(device.home().to_str().unwrap())
        });
        own.map(|file| file["state"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    // What is wrong in them says `config check`.
    assert_eq!(listed(&device), ["used", "used", "used"]);
    // One that is named has no other folder.
    fs::create_dir_all(etc.parent().unwrap()).unwrap();
    fs::write(&etc, GOOD).unwrap();
    let named = device.run(&["--config", etc.to_str().unwrap(), "config", "check"]);
    assert_eq!((named.code, named.stderr.as_str()), (Some(0), ""));
    let absent = device.run(&["--config", "/nonexistent/a.toml", "config", "path"]);
    assert_eq!(absent.stdout, "not there  /nonexistent/a.toml\n");
    assert!(own.exists());
}

/// A path need not be UTF-8, as JSON has to be.
#[test]
fn a_configuration_of_any_name_is_listed_checked_and_shown() {
    use std::os::unix::ffi::OsStrExt;
    let device = Device::new();
    let file = device
        .home()
        .join(std::ffi::OsStr::from_bytes(b"a\xff.toml"));
    fs::write(&file, GOOD).unwrap();
    for arguments in [
        &["config", "path"][..],
        &["config", "path", "--json"],
        &["config", "check", "--json"],
        &["config", "show", "--json"],
    ] {
        let mut command = device.command(arguments);
        let _ = command.env("VESTIBULE_CONFIG", &file);
        let ended = run_to_end(command);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert!(ended.stdout.contains("a\u{fffd}.toml"), "{}", ended.stdout);
    }
}

/// As Debian's users of services have none, and systemd's own have the root folder.
#[test]
fn a_service_without_a_home_has_the_folder_of_its_unit() {
    let device = Device::new();
    device.configure(GOOD);
    let config = device.config_file();
    for (home, is_own) in [("/nonexistent", true), ("/", true), ("", false)] {
        let mut command = device.command(&["status", "--json"]);
        let _ = command
            .env("VESTIBULE_CONFIG", &config)
            .env("STATE_DIRECTORY", device.path("unit"))
            .env("HOME", device.path(home));
        for name in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            let _ = command.env_remove(name);
        }
        let file = json(&run_to_end(command).stdout)["file"].clone();
        let file = file.as_str().unwrap().to_owned();
        let unit = device.path("unit/accounts/default.json");
        assert_eq!(Path::new(&file) == unit, is_own, "{home}: {file}");
    }
}

#[test]
fn a_fragment_that_others_may_write_is_warned_of() {
    let device = Device::new();
    device.configure(GOOD);
    fragment(&device, "10.toml", "");
    let folder = device.config_dir().join("conf.d");
    fs::set_permissions(folder.join("10.toml"), fs::Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    let told = device.run(&["config", "check"]).stderr;
    assert!(told.contains("write") && told.contains("10.toml"), "{told}");
    fs::remove_file(folder.join("10.toml")).unwrap();
    let told = device.run(&["config", "check"]).stderr;
    assert!(
        told.contains("replace what is in") && told.contains("conf.d"),
        "{told}"
    );
}

#[test]
fn variables_stand_for_options_and_unknown_ones_are_told() {
    let device = Device::new();
    device.configure(GOOD);
    let run = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = device.command(arguments);
        let _ = command.envs(variables.iter().copied());
        run_to_end(command)
    };
    let status = run(&[("VESTIBULE_PROFILE", "lobby")], &["status", "--json"]);
    assert_eq!(json(&status.stdout)["profile"], "lobby");
    let typed = run(
        &[("VESTIBULE_PROFILE", "lobby")],
        &["--profile", "hall", "status", "--json"],
    );
    assert_eq!(json(&typed.stdout)["profile"], "hall");
    let wrong = run(&[("VESTIBULE_LOG_LEVEL", "loud")], &["status"]);
    assert!(
        wrong.code == Some(2) && wrong.stderr.contains("VESTIBULE_LOG_LEVEL"),
        "{}",
        wrong.stderr
    );
    let check = run(&[("VESTIBULE_LOGLEVEL", "debug")], &["config", "check"]);
    assert!(
        check.code == Some(0) && check.stderr.contains("VESTIBULE_LOGLEVEL has no effect"),
        "{}",
        check.stderr
    );
}

/// The command as one who cannot write where the mode of a file or folder says so: of root, that is taken
/// (capabilities(7), `CAP_DAC_OVERRIDE`). None where it cannot be.
fn without_privileges(command: &Command) -> Option<Command> {
    let mut bare = Command::new("setpriv");
    if !rustix::process::geteuid().is_root() {
        bare = Command::new(command.get_program());
    } else if has("setpriv") {
        let _ = bare.args(["--bounding-set", "-dac_override,-dac_read_search"]);
        let _ = bare.arg(command.get_program());
    } else {
        return None;
    }
    let _ = bare.args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        let _ = value.map(|value| bare.env(name, value));
    }
    if let Some(folder) = command.get_current_dir() {
        let _ = bare.current_dir(folder);
    }
    Some(bare)
}

/// As under /etc of a read-only root: nothing is written there, and all state lies elsewhere.
#[test]
fn a_configuration_that_cannot_be_written_is_enough() {
    let device = Device::new();
    let etc = device.path("etc");
    fs::create_dir_all(etc.join("conf.d")).unwrap();
    fs::write(etc.join("vestibule.toml"), GOOD).unwrap();
    fs::write(
        device.path("reply.json"),
        r#"[{"id": 1, "title": "A film"}]"#,
    )
    .unwrap();
    fs::write(
        etc.join("conf.d/10.toml"),
        "[device]\nname = 'lobby-{hostname}'\n",
    )
    .unwrap();
    for (path, mode) in [
        ("conf.d/10.toml", 0o444),
        ("vestibule.toml", 0o444),
        ("conf.d", 0o555),
        ("", 0o555),
    ] {
        fs::set_permissions(etc.join(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    let named = etc.join("vestibule.toml");
    let mut touch = Command::new("touch");
    let _ = touch.arg(etc.join("touched"));
    let Some(touch) = without_privileges(&touch) else {
        eprintln!("SKIPPED: root writes anywhere, and there is no setpriv to take that from it");
        return;
    };
    assert_ne!(
        run_to_end(touch).code,
        Some(0),
        "this wall keeps nobody out"
    );
    for arguments in [
        &["config", "check"][..],
        &["status"],
        &["sign-out", "--all"],
        &[
            "config",
            "suggest",
            "films",
            "--from",
            "reply.json",
            "--write",
        ],
    ] {
        let mut command = device.command(arguments);
        let _ = command.env("VESTIBULE_CONFIG", &named);
        let ended = run_to_end(without_privileges(&command).unwrap());
        let writes = arguments.contains(&"--write");
        assert!(
            matches!((ended.code, writes), (Some(0 | 3), false) | (Some(2), true)),
            "{arguments:?}: {}",
            ended.stderr
        );
        assert!(
            !writes || ended.stderr.contains("nothing was written"),
            "{ended:?}"
        );
    }
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&etc), ["conf.d", "vestibule.toml"]);
    assert_eq!(names(&etc.join("conf.d")), ["10.toml"]);
    fs::set_permissions(&etc, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(etc.join("conf.d"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Codes, tokens, the API, taking tokens back, and the doctor: each request says which box asks, or none does.
#[test]
fn a_box_with_a_name_tells_every_server_and_one_without_none() {
    let bare = concat!("vestibule/", env!("CARGO_PKG_VERSION"));
    for (device, agent) in [
        ("", bare.to_owned()),
        (
            "\n[device]\nname = \"lobby 3\"\n",
            format!("{bare} (lobby 3)"),
        ),
    ] {
        let mut house = House::new(&["--interval", "1"]);
        house.add(device);
        let _ = house.sign_in();
        let called = house.run(&["call", "library/continue"]);
        assert_eq!(called.code, Some(0), "{}", called.stderr);
        let doctor = json(&house.run(&["doctor", "--json"]).stdout);
        let named = doctor["checks"].as_array().unwrap().iter();
        let named = named.filter(|check| check["name"] == "device" && check["detail"] == "lobby 3");
        assert_eq!(named.count(), usize::from(!device.is_empty()), "{doctor}");
        assert_eq!(house.run(&["sign-out"]).code, Some(0));
        let asked = house.proxy.exchanges();
        for path in [
            &house.paths.device,
            &house.paths.token,
            &house.paths.library,
            &house.paths.revocation,
        ] {
            assert!(
                asked
                    .iter()
                    .any(|one| one.request.target().starts_with(path)),
                "{path}"
            );
        }
        for one in &asked {
            let told = one.request.field("user-agent");
            assert_eq!(told, Some(agent.as_str()), "{}", one.request.target());
        }
    }
}

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fleet")
}

/// Whether a program of this machine can be asked.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Of a list of files in YAML (`- path: P`, further down `content: |`), each path with its content.
fn files_of(yaml: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut indent = None;
    for line in yaml.lines() {
        let depth = line.len() - line.trim_start().len();
        if let Some(within) = indent {
            if line.trim().is_empty() || depth >= within {
                let text = line.get(within..).unwrap_or("");
                found.last_mut().unwrap().1.push_str(&format!("{text}\n"));
                continue;
            }
            indent = None;
        }
        if let Some(path) = line.trim_start().strip_prefix("- path: ") {
            found.push((path.to_owned(), String::new()));
        } else if line.trim() == "content: |" {
            indent = Some(depth + 2);
        }
    }
    found
}

/// What cloud-init would write is a configuration; its own program checks the file where the machine has it.
#[test]
fn what_cloud_init_writes_is_a_configuration() {
    let file = examples().join("cloud-init.yaml");
    let yaml = fs::read_to_string(&file).unwrap();
    assert!(yaml.starts_with("#cloud-config\n"));
    let device = Device::new();
    let written = files_of(&yaml);
    let mut fragments = 0;
    for (path, content) in written {
        if let Some(name) = path.strip_prefix("/etc/vestibule/conf.d/") {
            fragment(&device, name, &content);
            fragments += 1;
        }
    }
    assert_eq!(fragments, 1);
    // The key that the archive's line wants is a file that is written, too.
    let key = yaml.split("[signed-by=").nth(1).unwrap();
    let key = key.split(']').next().unwrap();
    assert!(yaml.contains(&format!("path: {key}\n")), "{key}");
    let check = device.run(&["config", "check"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
    if has("cloud-init") {
        let checked = Command::new("cloud-init")
            .args(["schema", "--config-file"])
            .arg(&file)
            .output();
        let checked = checked.unwrap();
        assert!(
            checked.status.success(),
            "{}",
            String::from_utf8_lossy(&checked.stderr)
        );
    }
}

/// The playbook is played into an empty folder where the machine has Ansible, a second time without a change; elsewhere its
/// template alone is filled.
#[test]
fn what_ansible_writes_is_a_configuration() {
    let folder = examples().join("ansible");
    let device = Device::new();
    let template = fs::read_to_string(folder.join("10-fleet.toml.j2")).unwrap();
    if !has("ansible-playbook") {
        let filled = template
            .replace("{{ vestibule_domain | to_json }}", "\"acme.eu.auth0.com\"")
            .replace("{{ vestibule_client_id | to_json }}", "\"abc\"")
            .replace(
                "{{ vestibule_api | to_json }}",
                "\"https://api.example.com/v1/\"",
            )
            .replace("{{ vestibule_spread_seconds }}", "60");
        assert!(!filled.contains("{{"), "{filled}");
        fragment(&device, "10-fleet.toml", &filled);
        let check = device.run(&["config", "check"]);
        assert_eq!(check.code, Some(0), "{}", check.stderr);
        return;
    }
    let root = device.config_dir();
    let play = || {
        let mut command = Command::new("ansible-playbook");
        let _ = command
            .args([
                "--inventory",
                "localhost,",
                "--connection",
                "local",
                "--skip-tags",
                "package,service",
            ])
            .arg("--extra-vars")
            .arg(format!(
                "vestibule_etc={} vestibule_owner={} vestibule_reload=false",
                root.display(),
                this_user()
            ))
            .args([
                "--extra-vars",
                r#"{"ansible_python_interpreter": "{{ ansible_playbook_python }}"}"#,
            ])
            .arg(folder.join("playbook.yml"))
            .env("ANSIBLE_NOCOLOR", "1")
            .env("ANSIBLE_HOME", device.path("ansible"));
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{told}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        told
    };
    assert!(play().contains("changed=2"));
    assert!(play().contains("changed=0"));
    let check = device.run(&["config", "check"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
}

fn this_user() -> String {
    let id = Command::new("id")
        .arg("--user")
        .arg("--name")
        .output()
        .unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_owned()
}
