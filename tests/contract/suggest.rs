//! `config suggest`: a row from a look at the API, and the file that takes it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use testing::device::Device;
use testing::house::House;
use testing::proxy::Fault;

#[test]
fn a_look_at_the_api_makes_a_row_that_the_screen_can_show() {
    let mut house = House::new(&["--interval", "1"]);
    house.add("\n# The end of [api].\n[screen]\ntitle = \"Invented TV\"\n");
    let nobody = house.run(&["config", "suggest", "library/continue"]);
    assert_eq!(nobody.code, Some(3), "{nobody:?}");
    let _ = house.sign_in();

    let suggested = house.run(&["config", "suggest", "library/continue"]);
    assert_eq!(suggested.code, Some(0), "{suggested:?}");
    for line in [
        "items = \"/items\"",
        "id = \"/id\"",
        "title = \"/name\"",
        "image = \"/artwork\"",
        "# in 14 of 14 items, all different: Lamp at Forty Fathoms | The Cartographer's Niece | Salt and Static",
    ] {
        assert!(
            suggested.stdout.lines().any(|found| found == line),
            "{line}: {}",
            suggested.stdout
        );
    }
    assert!(
        suggested.stderr.contains("Nothing was written"),
        "{suggested:?}"
    );

    let json = house.run(&["config", "suggest", "/library/continue", "--json"]);
    let told: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&told["items"], &told["path"], &told["written"]),
        (&14.into(), &"library/continue".into(), &Value::Null)
    );
    assert_eq!(told["cards"][0]["title"], "Lamp at Forty Fathoms");

    // Those in the config directory are made their owner's alone at every start.
    let file = house.device.path("elsewhere.toml");
    let _ = fs::copy(house.device.config_file(), &file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let before = fs::read_to_string(&file).unwrap();
    let named = file.to_str().unwrap();
    let add = [
        "--config",
        named,
        "config",
        "suggest",
        "library/continue",
        "--title",
        "Go on",
        "--write",
    ];
    let added = house.run(&add);
    assert_eq!(added.code, Some(0), "{added:?}");
    let after = fs::read_to_string(&file).unwrap();
    let row = after.find("[[api.rows]]").unwrap();
    let rest = after.len() - before.len();
    // Every byte of the rest is where it was, before the row or behind it.
    assert_eq!(
        format!("{}{}", &after[..row - 1], &after[row - 1 + rest..]),
        before,
        "{after}"
    );
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    // The person's own data stay on their terminal.
    assert!(!after.contains("Lamp at Forty"), "{after}");
    let tried = house.run(&["--config", named, "config", "try", "go on"]);
    assert_eq!(tried.code, Some(0), "{tried:?}");
    let again = house.run(&add);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(
        again.stderr.contains("a row \"Go on\" already"),
        "{again:?}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), after);

    let exchanges = house.proxy.exchanges();
    let to_api = exchanges
        .iter()
        .filter(|exchange| exchange.request.target().contains("/library/"));
    let methods: Vec<_> = to_api
        .map(|exchange| exchange.request.start.split(' ').next().unwrap().to_owned())
        .collect();
    assert!(
        methods.len() > 3 && methods.iter().all(|method| method == "GET"),
        "{methods:?}"
    );
}

#[test]
fn what_holds_no_list_is_told_by_what_it_holds() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let answer = r#"{"ok": false, "error": {"message": "no scope"}, "items": []}"#;
    let one = house.paths.library.replace("library/continue", "one");
    house
        .proxy
        .break_all(&one, Fault::answer(200, "application/json", answer));
    let nothing = house.run(&["config", "suggest", "one"]);
    assert_eq!(nothing.code, Some(2), "{nothing:?}");
    for words in [
        "nothing in the answer is a list",
        "/error/message is no scope",
        "/items is an empty list",
    ] {
        assert!(nothing.stderr.contains(words), "{words}: {nothing:?}");
    }
    let gone = house.run(&["config", "suggest", "nowhere", "--json"]);
    let told: Value = serde_json::from_str(&gone.stdout).unwrap();
    assert!(gone.code != Some(0) && told.is_object(), "{gone:?}");
}

#[test]
fn a_file_needs_neither_account_nor_configuration() {
    let device = Device::new();
    let reply = device.path("reply.txt");
    fs::write(
        &reply,
        "HTTP/1.1 200 OK\r\nLink: </films?page=2>; rel=\"next\"\r\n\r\n[{\"id\": 1, \"title\": \"A film\", \"poster\": \"https://i.example/1.jpg?key=secret\"}]",
    )
    .unwrap();
    let found = device.run(&[
        "config",
        "suggest",
        "films",
        "--from",
        reply.to_str().unwrap(),
    ]);
    assert_eq!(found.code, Some(0), "{found:?}");
    for words in [
        "path = \"films\"",
        "page = { kind = \"link\" }",
        "shape = \"poster\"",
        "image = \"/poster\"",
        "title = \"Films\"",
    ] {
        assert!(found.stdout.contains(words), "{words}: {}", found.stdout);
    }
    assert!(!found.stdout.contains("secret"), "{}", found.stdout);
    let refused = device.run(&[
        "config",
        "suggest",
        "films",
        "--from",
        reply.to_str().unwrap(),
        "--write",
    ]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
}

#[test]
fn a_file_that_cannot_take_a_row_stays_as_it_is() {
    let device = Device::new();
    let reply = device.path("reply.json");
    fs::write(&reply, r#"{"items": [{"id": 1, "title": "A film"}]}"#).unwrap();
    let begin = "[provider]\npreset = \"github\"\nclient_id = \"x\"\n";
    let add = [
        "config",
        "suggest",
        "films",
        "--from",
        reply.to_str().unwrap(),
        "--write",
    ];
    for (file, code) in [
        (
            format!(
                "\u{feff}{}[api]\r\nbase_url = \"https://a.example/\"",
                begin.replace('\n', "\r\n")
            ),
            0,
        ),
        (
            format!(
                "{begin}[api]\nbase_url = \"https://a.example/\"\nrows = [{{ title = \"T\", path = \"x\", card = {{ id = \"/id\", title = \"/t\" }} }}]\n"
            ),
            2,
        ),
        (
            format!("{begin}api = {{ base_url = \"https://a.example/\" }}\n"),
            2,
        ),
        (begin.to_owned(), 2),
    ] {
        device.configure(&file);
        let ended = device.run(&add);
        let after = fs::read_to_string(device.config_file()).unwrap();
        assert_eq!(ended.code, Some(code), "{file}: {ended:?}");
        assert!(after.starts_with(&file), "{after}");
        assert_eq!(after.len() > file.len(), code == 0, "{after}");
        if code == 0 {
            assert!(
                after
                    .split('\n')
                    .all(|line| line.is_empty() || line.ends_with('\r')),
                "{after:?}"
            );
        }
        assert_eq!(
            fs::read_dir(device.config_dir())
                .unwrap()
                .filter(|entry| entry.as_ref().unwrap().path().is_file())
                .count(),
            1
        );
    }
}

#[test]
fn a_row_is_added_to_the_fragment_that_has_the_api_or_the_rows() {
    let device = Device::new();
    let folder = device.config_dir().join("conf.d");
    fs::create_dir_all(&folder).unwrap();
    let reply = device.path("reply.json");
    fs::write(&reply, r#"{"items": [{"id": 1, "title": "A film"}]}"#).unwrap();
    let add = |path: &str| {
        let from = reply.to_str().unwrap();
        let ended = device.run(&["config", "suggest", path, "--from", from, "--write"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.stderr
    };
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let provider = "[provider]\npreset = \"github\"\nclient_id = \"x\"\n";
    let api = "[api]\nbase_url = \"https://a.example/\"\n";
    fs::write(folder.join("10-server.toml"), provider).unwrap();
    fs::write(folder.join("20-api.toml"), api).unwrap();
    fs::write(folder.join("30-look.toml"), "[screen]\nclock = false\n").unwrap();
    // There is no base, and none is made.
    for path in ["films", "series"] {
        let said = add(path);
        assert!(said.contains("conf.d/20-api.toml"), "{said}");
    }
    let own = read("20-api.toml");
    assert!(own.starts_with(api), "{own}");
    assert_eq!(own.matches("[[api.rows]]").count(), 2, "{own}");
    assert!(!device.config_file().exists());
    // Where the base has the API, its rows are replaced by those of the fragment, which gets the next one.
    device.configure(api);
    let _ = add("songs");
    assert_eq!(read("20-api.toml").matches("[[api.rows]]").count(), 3);
    assert_eq!(fs::read_to_string(device.config_file()).unwrap(), api);
    assert_eq!(device.run(&["config", "check"]).code, Some(0));
}
