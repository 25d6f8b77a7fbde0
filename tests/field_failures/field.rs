//! The 42 failures of other clients.

use crate::{Row, because, row};

const DEVICE: &str = "src/oauth/device/tests/field_failures.rs";
const WIRE: &str = "src/oauth/wire/tests/mod.rs";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = polling();
    rows.extend(what_people_see());
    rows.extend(session());
    rows.extend(the_rest());
    rows
}

fn polling() -> Vec<Row> {
    vec![
        row(
            "B1",
            "slow_down treated as fatal",
            &[(DEVICE, "b01_slow_down_is_not_fatal")],
        ),
        row(
            "B2",
            "slow_down slept off once",
            &[(DEVICE, "b02_slow_down_lasts")],
        ),
        row(
            "B3",
            "slow_down taken for pending",
            &[(DEVICE, "b03_slow_down_is_no_pending")],
        ),
        row(
            "B4",
            "a network failure lowers the pace",
            &[(DEVICE, "b04_network_failures_never_lower_the_pace")],
        ),
        row(
            "B5",
            "a back-off that stays",
            &[(
                DEVICE,
                "b05_the_back_off_is_forgotten_after_a_good_round_trip",
            )],
        ),
        row(
            "B6",
            "one lost packet voids a code",
            &[(
                DEVICE,
                "b06_nothing_of_the_network_ends_a_code_before_its_time",
            )],
        ),
        row(
            "B7",
            "clocks that run fast",
            &[(DEVICE, "b07_a_clock_that_runs_fast_has_a_margin")],
        ),
        row(
            "B8",
            "whole seconds, jitter",
            &[(DEVICE, "b08_the_wait_counts_from_the_answer")],
        ),
        row(
            "B9",
            "a first poll at once",
            &[(DEVICE, "b09_no_poll_before_the_first_interval")],
        ),
        row(
            "B10",
            "slow_down on every poll",
            &[(
                DEVICE,
                "b10_a_server_that_punishes_every_poll_is_polled_to_the_end",
            )],
        ),
        row(
            "B11",
            "an unknown error polled on",
            &[(DEVICE, "b11_an_error_nobody_knows_stops_with_its_text")],
        ),
        row(
            "B12",
            "429 without an OAuth body",
            &[(WIRE, "b12_a_429_of_any_kind_means_slower")],
        ),
        row(
            "B13",
            "an interval that is no number",
            &[(WIRE, "b13_numbers_are_read_leniently")],
        ),
        row(
            "B14",
            "sleeping past the deadline",
            &[(
                DEVICE,
                "b14_no_sleep_passes_the_deadline_and_one_last_poll_is_made",
            )],
        ),
        row(
            "B15",
            "verification_url",
            &[(WIRE, "b15_names_have_aliases")],
        ),
        row(
            "B16",
            "authorization_declined",
            &[
                (DEVICE, "b16_every_spelling_of_no_and_too_late"),
                (
                    "tests/providers/microsoft.rs",
                    "microsoft_ends_in_its_own_dialect",
                ),
            ],
        ),
        row(
            "B17",
            "a code that was reformatted",
            &[(WIRE, "b17_a_code_is_shown_as_it_was_sent_or_not_at_all")],
        ),
        row(
            "B18",
            "the phone is done and the screen is not",
            &[
                (
                    DEVICE,
                    "b18_a_code_that_was_confirmed_is_polled_through_trouble",
                ),
                ("src/app/screen/sign_in/calm.rs", "b18_a_slow_check_is_told"),
            ],
        ),
    ]
}

fn what_people_see() -> Vec<Row> {
    vec![
        row(
            "B19",
            "\"loading\" for ever",
            &[
                (
                    DEVICE,
                    "b19_a_request_for_a_code_that_fails_is_told_and_repeated",
                ),
                (
                    "src/app/screen/sign_in/tests.rs",
                    "b19_a_server_that_cannot_be_reached_can_be_tried_at_once",
                ),
            ],
        ),
        row(
            "B20",
            "a page that some browsers cannot open",
            &[(
                "src/app/screen/sign_in/view.rs",
                "b20_addresses_are_as_short_as_a_person_may_type_them",
            )],
        ),
        row(
            "B21",
            "QR codes on dark, without a quiet zone",
            &[(
                "src/app/gallery.rs",
                "b21_phones_read_the_code_in_every_theme_and_size",
            )],
        ),
        row(
            "B22",
            "inverted QR codes",
            &[(
                "src/app/theme/palette.rs",
                "b22_the_code_plate_is_dark_on_light",
            )],
        ),
        row(
            "B23",
            "QR codes too small or too dense",
            &[("src/app/widget/qr.rs", "b23_a_code_keeps_its_modules_large")],
        ),
        row(
            "B24",
            "QR codes drawn by somebody else's service",
            &[(
                "src/app/widget/qr.rs",
                "b24_the_code_is_drawn_here_and_holds_what_a_phone_can_read",
            )],
        ),
        row(
            "B25",
            "letters that look alike",
            &[(
                "src/app/widget/user_code.rs",
                "b25_gaps_come_where_there_is_no_separator",
            )],
        ),
    ]
}

fn session() -> Vec<Row> {
    vec![
        row(
            "B26",
            "a rotated token that was not stored",
            &[
                (
                    "tests/field_failures/on_disk.rs",
                    "b26_a_rotated_token_is_on_disk_before_it_is_used",
                ),
                (
                    "src/session/refresh/tests.rs",
                    "b26_an_unwritable_folder_is_said_and_does_not_stop_the_person",
                ),
                (
                    "tests/crash/main.rs",
                    "with_a_leeway_no_kill_loses_a_session",
                ),
            ],
        ),
        row(
            "B27",
            "refreshes at the same moment",
            &[
                (
                    "src/session/refresh/tests.rs",
                    "b27_many_callers_share_one_refresh",
                ),
                (
                    "tests/crash/at_once.rs",
                    "two_processes_never_present_one_token",
                ),
            ],
        ),
        row(
            "B28",
            "a hiccup signs people out",
            &[
                (
                    "src/session/refresh/tests.rs",
                    "b28_nothing_but_invalid_grant_ends_a_session",
                ),
                (WIRE, "b28_only_a_body_can_say_invalid_grant"),
            ],
        ),
        row(
            "B29",
            "a storm of refreshes while offline",
            &[(
                "src/session/held.rs",
                "b29_offline_callers_do_not_start_a_storm",
            )],
        ),
        row(
            "B30",
            "refreshes at expiry, or by a number in the code",
            &[(
                "src/session/schedule.rs",
                "b30_refreshes_between_sixty_and_eighty_percent_of_the_life",
            )],
        ),
        row(
            "B31",
            "token files that anybody may read",
            &[(
                "src/session/store/tests.rs",
                "b31_a_rewrite_keeps_the_mode_and_leaves_nothing_beside",
            )],
        ),
        because(
            "B32",
            "no keyring on a headless box",
            "No keyring is used: the account is a file of mode 0600, and `status` names it.",
        ),
        row(
            "B33",
            "clocks that are behind",
            &[
                (
                    "src/host/clock.rs",
                    "b33_a_clock_before_the_build_is_behind",
                ),
                (
                    "src/oauth/http_failure.rs",
                    "b33_a_clock_before_the_build_explains_every_refused_certificate",
                ),
                (
                    "src/session/server.rs",
                    "b33_a_refresh_on_a_box_with_a_wrong_clock_keeps_the_session",
                ),
                (
                    "tests/clock/main.rs",
                    "b33_the_date_of_a_trusted_server_stands_in_for_the_clock",
                ),
                (
                    "tests/clock/main.rs",
                    "b33_no_time_is_taken_from_plain_http",
                ),
                (
                    "tests/clock/main.rs",
                    "b33_the_sign_in_goes_on_by_itself_once_the_clock_is_set",
                ),
                (
                    "src/oauth/http_failure.rs",
                    "b33_a_certificate_from_the_future_means_a_clock_that_is_behind",
                ),
                (
                    "src/oauth/id_token/tests.rs",
                    "b33_times_that_are_wrong_are_told_from_a_token_that_is",
                ),
            ],
        ),
        row(
            "B34",
            "tokens in the log",
            &[
                (
                    DEVICE,
                    "b34_nothing_that_is_told_or_debugged_holds_a_secret",
                ),
                (
                    "tests/contract/secrets.rs",
                    "b34_no_secret_is_said_or_written",
                ),
            ],
        ),
        row(
            "B35",
            "an answer with tokens that was lost",
            &[(DEVICE, "b35_invalid_grant_means_what_went_before_it")],
        ),
        row(
            "B36",
            "a cancelled sign-in that signs in",
            &[
                (
                    DEVICE,
                    "b36_tokens_after_a_cancel_are_revoked_and_never_told",
                ),
                (
                    "src/oauth/poll/tests.rs",
                    "b36_a_poll_in_flight_outlives_its_watcher_and_its_tokens_are_revoked",
                ),
                (
                    "src/session/sign_in/tests.rs",
                    "b36_cancelled_while_finishing_the_tokens_are_revoked",
                ),
            ],
        ),
    ]
}

fn the_rest() -> Vec<Row> {
    vec![
        because(
            "B37",
            "denied, then back, then approved",
            "The server issues such tokens; the greeting names the account and asks \"Not you?\".",
        ),
        because(
            "B38",
            "somebody else confirms the code",
            "The server's to prevent; the greeting names the account and asks \"Not you?\".",
        ),
        because(
            "B39",
            "an administrator blocks the grant",
            "Only the phone learns of it; the hints of preset microsoft name the policy to look at.",
        ),
        row(
            "B40",
            "a code that dies while it is typed",
            &[(
                "src/app/screen/sign_in/renewal.rs",
                "b40_a_code_is_veiled_in_its_last_twenty_seconds",
            )],
        ),
        because(
            "B41",
            "polling that blocks the screen",
            "The grant runs in a task of its own and reaches the screen as a stream of events.",
        ),
        because(
            "B42",
            "a screensaver that was switched off",
            "No screen asks the system to stay awake.",
        ),
    ]
}
