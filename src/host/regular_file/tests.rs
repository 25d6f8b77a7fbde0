use super::*;

#[test]
fn whatever_lies_in_place_of_a_file_is_told_and_not_waited_for() {
    for (index, (words, make)) in obstacles().into_iter().enumerate() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        make(&path);
        for links in [Links::Followed, Links::Refused] {
            let error = open(&path, links).unwrap_err();
            assert!(is_in_the_way(&error), "{index} {links:?}: {error}");
            let said = error.to_string();
            assert!(said.contains(words), "{index} {links:?}: {said}");
        }
        for open in [open_to_write, open_to_append] {
            let error = open(&path).unwrap_err();
            assert!(is_in_the_way(&error), "{index}: {error}");
        }
        assert!(!Path::new("/nonexistent/there").exists());
    }
}

#[test]
fn a_link_leads_to_a_file_only_where_it_is_followed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("link");
    let target = home.path().join("target");
    std::os::unix::fs::symlink(&target, &path).unwrap();
    assert!(is_in_the_way(&open_to_write(&path).unwrap_err()));
    assert!(!target.exists(), "nothing is made where a link points");
    fs::write(&target, "\u{feff}text").unwrap();
    assert_eq!(read_text(&path, 9, Links::Followed).unwrap(), "text");
    let refused = read(&path, 9, Links::Refused).unwrap_err();
    assert!(refused.to_string().contains("not followed"), "{refused}");
}

#[test]
fn nothing_is_not_in_the_way_and_too_much_is_not_read() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("file");
    for links in [Links::Followed, Links::Refused] {
        let error = open(&path, links).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(!is_in_the_way(&error));
    }
    File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let error = read(&path, 2048, Links::Refused).unwrap_err();
    assert_eq!(error.to_string(), "larger than 2 KiB");
    let error = read(&path, 2 << 20, Links::Refused).unwrap_err();
    assert_eq!(error.to_string(), "larger than 2 MiB");
}

#[test]
fn a_log_that_others_could_read_is_its_owners_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("log");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    drop(open_to_append(&path).unwrap());
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    drop(open_to_append(&path).unwrap());
    assert_eq!(mode(), 0o600);
}

#[test]
fn what_is_no_folder_on_the_way_is_named() {
    for (index, (words, make)) in obstacles().into_iter().enumerate() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("accounts");
        make(&folder);
        if folder.is_dir() {
            continue;
        }
        let error = no_folder(&folder.join("deep/a.json")).unwrap();
        let said = error.to_string();
        assert!(said.contains("/accounts is a"), "{index}: {said}");
        assert!(said.contains(words), "{index}: {said}");
    }
    assert!(no_folder(Path::new("/nonexistent/a.json")).is_none());
}

#[test]
fn a_text_in_utf_16_is_told_and_the_mark_of_utf_8_left_out() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("ca.pem");
    fs::write(&path, b"\xff\xfea\0").unwrap();
    let error = read_unmarked(&path, 9, Links::Followed).unwrap_err();
    assert!(error.to_string().contains("UTF-16"), "{error}");
    fs::write(&path, "\u{feff}a").unwrap();
    assert_eq!(read_unmarked(&path, 9, Links::Followed).unwrap(), b"a");
}

#[test]
fn a_pipe_that_a_person_names_is_waited_for() {
    use rustix::fs::{CWD, Mode, mkfifoat};
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("pipe");
    mkfifoat(CWD, &path, Mode::RUSR | Mode::WUSR).unwrap();
    std::thread::scope(|scope| {
        let _writer = scope.spawn(|| fs::write(&path, "{}").unwrap());
        assert_eq!(read_named(&path, 9).unwrap(), b"{}");
    });
}

#[test]
fn a_log_goes_nowhere_where_that_is_asked_for_and_to_no_file_of_others() {
    drop(open_to_append(Path::new("/dev/null")).unwrap());
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("log");
    fs::write(&path, "").unwrap();
    // Only the superuser can give a file away.
    if std::os::unix::fs::chown(&path, Some(1234), None).is_ok() {
        let error = open_to_append(&path).unwrap_err();
        assert!(error.to_string().contains("another user's"), "{error}");
    }
}

#[test]
fn a_descriptor_of_this_process_may_be_a_pipe() {
    let (reader, mut writer) = io::pipe().unwrap();
    io::Write::write_all(&mut writer, b"[provider]").unwrap();
    drop(writer);
    let descriptor = std::os::fd::AsRawFd::as_raw_fd(&reader);
    let path = format!("/dev/fd/{descriptor}");
    let text = read_text(Path::new(&path), 99, Links::Followed);
    assert_eq!(text.unwrap(), "[provider]");
}
