//! What RFC 8628 and its neighbours ask of a client, and the tolerance that servers ask for.

use crate::{Row, because, row};

/// RFC 8628, sections 3.1 to 6.1.
pub(crate) fn device_grant() -> Vec<Row> {
    vec![
        row(
            "1.1/1",
            "a form over TLS",
            &["only_https_leaves_this_machine"],
        ),
        row(
            "1.1/2",
            "no parameter twice",
            &["a_grant_from_discovery_to_tokens"],
        ),
        row(
            "1.1/3",
            "a code only when somebody asks",
            &["codes_come_as_often_as_allowed_and_then_the_screen_rests"],
        ),
        row(
            "1.1/4",
            "refusals are shown",
            &["a_refused_request_for_a_code_ends_with_the_raw_error"],
        ),
        row(
            "1.1/5",
            "5 s without an interval",
            &["b13_numbers_are_read_leniently"],
        ),
        row("1.1/6", "optional members", &["b15_names_have_aliases"]),
        row(
            "1.1/7",
            "the device code is shown nowhere",
            &["b34_nothing_that_is_told_or_debugged_holds_a_secret"],
        ),
        row(
            "1.1/8",
            "address and code can be typed",
            &["each_state_of_the_sign_in_says_what_it_must"],
        ),
        row(
            "1.1/9",
            "the complete address as a QR code",
            &["b24_the_code_is_drawn_here_and_holds_what_a_phone_can_read"],
        ),
        row(
            "1.1/10",
            "the address in writing all the same",
            &["each_state_of_the_sign_in_says_what_it_must"],
        ),
        row(
            "1.1/11",
            "the code in writing all the same",
            &["each_state_of_the_sign_in_says_what_it_must"],
        ),
        row(
            "1.1/12",
            "the grant's name and the code",
            &["a_grant_from_discovery_to_tokens"],
        ),
        row(
            "1.1/13",
            "authentication where there are credentials",
            &["a_secret_goes_where_the_server_wants_it"],
        ),
        row(
            "1.1/14",
            "an interval between polls",
            &["b08_the_wait_counts_from_the_answer"],
        ),
        row(
            "1.1/15",
            "five seconds more for good",
            &["b02_slow_down_lasts"],
        ),
        row(
            "1.1/16",
            "any other error ends it",
            &["b11_an_error_nobody_knows_stops_with_its_text"],
        ),
        row(
            "1.1/17",
            "after expiry a person decides",
            &["codes_come_as_often_as_allowed_and_then_the_screen_rests"],
        ),
        row(
            "1.1/18",
            "exponential back-off",
            &["b04_network_failures_never_lower_the_pace"],
        ),
        because(
            "1.1/19",
            "a return channel",
            "It is optional, and no provider has one.",
        ),
        row(
            "1.1/20",
            "metadata",
            &["documents_are_found_at_every_place_and_looked_up_once"],
        ),
        row(
            "1.1/21",
            "the server may limit this client",
            &["a_rate_limit_on_codes_is_left_alone_as_long_as_it_asks"],
        ),
        because(
            "1.1/22",
            "how far a device can be trusted",
            "It is advice to servers.",
        ),
        row(
            "1.1/23",
            "remote phishing",
            &["each_state_of_the_sign_in_says_what_it_must"],
        ),
        because(
            "1.1/24",
            "session spying",
            "A code is asked for by a key press, and the greeting names the account and asks \"Not you?\".",
        ),
        row(
            "1.1/25",
            "no secret in the program",
            &["auth0_refusals_are_named_and_no_secret_is_ever_sent"],
        ),
        row(
            "1.1/26",
            "the code as it was sent",
            &["b17_a_code_is_shown_as_it_was_sent_or_not_at_all"],
        ),
    ]
}

/// Tokens, refresh, revocation: RFC 6749, 9700, 9449, 7009, 8707.
pub(crate) fn tokens() -> Vec<Row> {
    vec![
        row(
            "1.2/1",
            "a new refresh token replaces the old one",
            &[
                "a_rotated_token_replaces_the_old_and_keeps_it_as_previous",
                "without_rotation_the_refresh_token_stays",
            ],
        ),
        row(
            "1.2/2",
            "no refresh token is presented twice",
            &["the_previous_token_is_tried_once_and_only_after_invalid_grant"],
        ),
        row(
            "1.2/3",
            "DPoP, and its nonce answered at once",
            &["a_nonce_is_answered_within_the_same_poll"],
        ),
        row(
            "1.2/4",
            "revocation, best effort",
            &[
                "both_tokens_are_revoked_the_refresh_token_first",
                "sign_out_revokes_the_newest_tokens_and_forgets",
            ],
        ),
        row(
            "1.2/5",
            "resource in both requests",
            &["a_grant_from_discovery_to_tokens"],
        ),
    ]
}

/// ID tokens: OpenID Connect Core sections 3.1.3.7 and 12.2.
pub(crate) fn id_tokens() -> Vec<Row> {
    vec![
        row(
            "1.3/1",
            "iss",
            &[
                "issuer_audience_and_subject_must_be_ours",
                "a_tokens_issuer_may_be_spelled_in_the_ways_that_are_known_and_no_other",
            ],
        ),
        row(
            "1.3/2",
            "aud and azp",
            &["issuer_audience_and_subject_must_be_ours"],
        ),
        row(
            "1.3/3",
            "the signature",
            &[
                "algorithms_anybody_could_sign_with_are_never_accepted",
                "tokens_of_every_kind_of_key_that_was_seen_are_believed",
            ],
        ),
        row(
            "1.3/4",
            "exp and iat",
            &["b33_times_that_are_wrong_are_told_from_a_token_that_is"],
        ),
        because("1.3/5", "no nonce", "None is sent and none is looked for."),
        row(
            "1.3/6",
            "the same person after a refresh",
            &["a_refresh_may_not_change_the_person"],
        ),
    ]
}

/// What servers really send.
pub(crate) fn tolerance() -> Vec<Row> {
    vec![
        row(
            "3.1/1",
            "the body decides first",
            &["polls_are_read_as_each_server_answers_them"],
        ),
        row(
            "3.1/2",
            "success is an access token",
            &["polls_are_read_as_each_server_answers_them"],
        ),
        row(
            "3.1/3",
            "JSON, else a form; JSON is asked for",
            &["github_signs_in_and_has_nothing_to_refresh"],
        ),
        row(
            "3.1/4",
            "numbers in any shape",
            &["b13_numbers_are_read_leniently"],
        ),
        row(
            "3.1/5",
            "names and their aliases",
            &[
                "b15_names_have_aliases",
                "tokens_are_read_with_everything_servers_do_to_them",
            ],
        ),
        row("3.1/6", "the interval", &["b13_numbers_are_read_leniently"]),
        row(
            "3.1/7",
            "pending and slow, the slower of two wishes",
            &[
                "retry_after_and_interval_compete_for_the_slower",
                "b12_a_429_of_any_kind_means_slower",
                "a_pace_the_server_names_is_taken_only_upwards",
            ],
        ),
        row(
            "3.1/8",
            "denied and expired, in every spelling",
            &[
                "b16_every_spelling_of_no_and_too_late",
                "b35_invalid_grant_means_what_went_before_it",
            ],
        ),
        row(
            "3.1/9",
            "misconfigurations stop it",
            &[
                "a_page_of_a_wrong_address_ends_with_its_status",
                "a_page_after_a_proper_answer_is_somebody_elses_and_keeps_the_code",
            ],
        ),
        row(
            "3.1/10",
            "what passes is tried again",
            &["b06_nothing_of_the_network_ends_a_code_before_its_time"],
        ),
        row(
            "3.1/11",
            "no redirect is followed",
            &["a_redirect_is_named_and_never_followed"],
        ),
    ]
}
