//! The 42 failures of other clients.

use crate::{Row, row};

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
            &["b01_slow_down_is_not_fatal"],
        ),
        row("B2", "slow_down slept off once", &["b02_slow_down_lasts"]),
        row(
            "B3",
            "slow_down taken for pending",
            &["b03_slow_down_is_no_pending"],
        ),
        row(
            "B4",
            "a network failure lowers the pace",
            &["b04_network_failures_never_lower_the_pace"],
        ),
        row(
            "B5",
            "a back-off that stays",
            &["b05_the_back_off_is_forgotten_after_a_good_round_trip"],
        ),
        row(
            "B6",
            "one lost packet voids a code",
            &["b06_nothing_of_the_network_ends_a_code_before_its_time"],
        ),
        row(
            "B7",
            "clocks that run fast",
            &["b07_a_clock_that_runs_fast_has_a_margin"],
        ),
        row(
            "B8",
            "whole seconds, jitter",
            &["b08_the_wait_counts_from_the_answer"],
        ),
        row(
            "B9",
            "a first poll at once",
            &["b09_no_poll_before_the_first_interval"],
        ),
        row(
            "B10",
            "slow_down on every poll",
            &["b10_a_server_that_punishes_every_poll_is_polled_to_the_end"],
        ),
        row(
            "B11",
            "an unknown error polled on",
            &["b11_an_error_nobody_knows_stops_with_its_text"],
        ),
        row(
            "B12",
            "429 without an OAuth body",
            &["b12_a_429_of_any_kind_means_slower"],
        ),
        row(
            "B13",
            "an interval that is no number",
            &["b13_numbers_are_read_leniently"],
        ),
        row(
            "B14",
            "sleeping past the deadline",
            &["b14_no_sleep_passes_the_deadline_and_one_last_poll_is_made"],
        ),
        row("B15", "verification_url", &["b15_names_have_aliases"]),
        row(
            "B16",
            "authorization_declined",
            &[
                "b16_every_spelling_of_no_and_too_late",
                "microsoft_ends_in_its_own_dialect",
            ],
        ),
        row(
            "B17",
            "a code that was reformatted",
            &["b17_a_code_is_shown_as_it_was_sent_or_not_at_all"],
        ),
        row(
            "B18",
            "the phone is done and the screen is not",
            &[
                "b18_a_code_that_was_confirmed_is_polled_through_trouble",
                "b18_a_slow_check_is_told",
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
                "b19_a_request_for_a_code_that_fails_is_told_and_repeated",
                "b19_a_server_that_cannot_be_reached_can_be_tried_at_once",
            ],
        ),
        row(
            "B20",
            "a page that some browsers cannot open",
            &["b20_addresses_are_as_short_as_a_person_may_type_them"],
        ),
        row(
            "B21",
            "QR codes on dark, without a quiet zone",
            &[
                "b21_phones_read_the_code_in_every_theme_and_size",
                "b21_phones_read_a_dimmed_code_wherever_it_has_moved",
            ],
        ),
        row(
            "B22",
            "inverted QR codes",
            &["b22_the_code_plate_is_dark_on_light"],
        ),
        row(
            "B23",
            "QR codes too small or too dense",
            &["b23_a_code_keeps_its_modules_large"],
        ),
        row(
            "B24",
            "QR codes drawn by somebody else's service",
            &["b24_the_code_is_drawn_here_and_holds_what_a_phone_can_read"],
        ),
        row(
            "B25",
            "letters that look alike",
            &["b25_gaps_come_where_there_is_no_separator"],
        ),
    ]
}

fn session() -> Vec<Row> {
    vec![
        row(
            "B26",
            "a rotated token that was not stored",
            &[
                "b26_a_rotated_token_is_on_disk_before_it_is_used",
                "b26_an_unwritable_folder_is_said_and_does_not_stop_the_person",
                "with_a_leeway_no_kill_loses_a_session",
            ],
        ),
        row(
            "B27",
            "refreshes at the same moment",
            &[
                "b27_many_callers_share_one_refresh",
                "two_processes_never_present_one_token",
            ],
        ),
        row(
            "B28",
            "a hiccup signs people out",
            &[
                "b28_nothing_but_invalid_grant_ends_a_session",
                "b28_only_a_body_can_say_invalid_grant",
            ],
        ),
        row(
            "B29",
            "a storm of refreshes while offline",
            &["b29_offline_callers_do_not_start_a_storm"],
        ),
        row(
            "B30",
            "refreshes at expiry, or by a number in the code",
            &["b30_refreshes_between_sixty_and_eighty_percent_of_the_life"],
        ),
        row(
            "B31",
            "token files that anybody may read",
            &["b31_a_rewrite_keeps_the_mode_and_leaves_nothing_beside"],
        ),
        row(
            "B32",
            "no keyring on a headless box",
            &["b32_without_a_keyring_the_account_is_a_private_file_that_status_names"],
        ),
        row(
            "B33",
            "clocks that are behind",
            &[
                "b33_a_clock_before_the_build_is_behind",
                "b33_a_clock_before_the_build_explains_every_refused_certificate",
                "b33_a_refresh_on_a_box_with_a_wrong_clock_keeps_the_session",
                "b33_the_date_of_a_trusted_server_stands_in_for_the_clock",
                "b33_no_time_is_taken_from_plain_http",
                "b33_the_sign_in_goes_on_by_itself_once_the_clock_is_set",
                "b33_a_certificate_from_the_future_means_a_clock_that_is_behind",
                "b33_times_that_are_wrong_are_told_from_a_token_that_is",
            ],
        ),
        row(
            "B34",
            "tokens in the log",
            &[
                "b34_nothing_that_is_told_or_debugged_holds_a_secret",
                "b34_no_secret_is_said_or_written",
                "b34_no_secret_leaves_the_window",
            ],
        ),
        row(
            "B35",
            "an answer with tokens that was lost",
            &["b35_invalid_grant_means_what_went_before_it"],
        ),
        row(
            "B36",
            "a cancelled sign-in that signs in",
            &[
                "b36_tokens_after_a_cancel_are_revoked_and_never_told",
                "b36_a_poll_in_flight_outlives_its_watcher_and_its_tokens_are_revoked",
                "b36_cancelled_while_finishing_the_tokens_are_revoked",
            ],
        ),
    ]
}

fn the_rest() -> Vec<Row> {
    vec![
        row(
            "B37",
            "denied, then back, then approved",
            &["b37_a_code_that_was_refused_is_dead_whatever_comes_later"],
        ),
        row(
            "B38",
            "somebody else confirms the code",
            &["b38_the_greeting_says_who_it_is_and_takes_no_for_an_answer"],
        ),
        row(
            "B39",
            "an administrator blocks the grant",
            &["b39_codes_that_nobody_confirmed_may_not_be_allowed"],
        ),
        row(
            "B40",
            "a code that dies while it is typed",
            &["b40_a_code_is_veiled_in_its_last_twenty_seconds"],
        ),
        row(
            "B41",
            "polling that blocks the screen",
            &["b41_a_poll_that_hangs_holds_nobody_up"],
        ),
        row(
            "B42",
            "a screensaver that was switched off",
            &[
                "b42_nothing_keeps_the_box_awake",
                "b42_what_is_on_after_a_time_without_a_key",
                "b21_phones_read_a_dimmed_code_wherever_it_has_moved",
            ],
        ),
    ]
}
