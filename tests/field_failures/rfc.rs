//! What RFC 8628 and its neighbours ask of a client, and the tolerance that servers ask for.

use crate::{Row, because, row};

const DEVICE: &str = "src/oauth/device/tests/field_failures.rs";
const GRANT: &str = "src/oauth/device/tests/mod.rs";
const WIRE: &str = "src/oauth/wire/tests/mod.rs";
const POLLS: &str = "src/oauth/wire/tests/polls.rs";
const HTTP: &str = "src/oauth/http/tests.rs";
const CLIENT: &str = "tests/oauth_client.rs";
const ID_TOKEN: &str = "src/oauth/id_token/tests.rs";
const REFRESH: &str = "src/session/refresh/tests.rs";
const QR: &str = "src/app/widget/qr.rs";
const SCREEN: &str = "src/app/gallery.rs";

/// RFC 8628, sections 3.1 to 6.1.
pub(crate) fn device_grant() -> Vec<Row> {
    vec![
        row(
            "1.1/1",
            "a form over TLS",
            &[(HTTP, "only_https_leaves_this_machine")],
        ),
        row(
            "1.1/2",
            "no parameter twice",
            &[(CLIENT, "a_grant_from_discovery_to_tokens")],
        ),
        row(
            "1.1/3",
            "a code only when somebody asks",
            &[(
                "src/app/screen/sign_in/renewal.rs",
                "codes_come_as_often_as_allowed_and_then_the_screen_rests",
            )],
        ),
        row(
            "1.1/4",
            "refusals are shown",
            &[(
                GRANT,
                "a_refused_request_for_a_code_ends_with_the_raw_error",
            )],
        ),
        row(
            "1.1/5",
            "5 s without an interval",
            &[(WIRE, "b13_numbers_are_read_leniently")],
        ),
        row(
            "1.1/6",
            "optional members",
            &[(WIRE, "b15_names_have_aliases")],
        ),
        row(
            "1.1/7",
            "the device code is shown nowhere",
            &[(
                DEVICE,
                "b34_nothing_that_is_told_or_debugged_holds_a_secret",
            )],
        ),
        row(
            "1.1/8",
            "address and code can be typed",
            &[(SCREEN, "each_state_of_the_sign_in_says_what_it_must")],
        ),
        row(
            "1.1/9",
            "the complete address as a QR code",
            &[(
                QR,
                "b24_the_code_is_drawn_here_and_holds_what_a_phone_can_read",
            )],
        ),
        row(
            "1.1/10",
            "the address in writing all the same",
            &[(SCREEN, "each_state_of_the_sign_in_says_what_it_must")],
        ),
        row(
            "1.1/11",
            "the code in writing all the same",
            &[(SCREEN, "each_state_of_the_sign_in_says_what_it_must")],
        ),
        row(
            "1.1/12",
            "the grant's name and the code",
            &[(CLIENT, "a_grant_from_discovery_to_tokens")],
        ),
        row(
            "1.1/13",
            "authentication where there are credentials",
            &[(CLIENT, "a_secret_goes_where_the_server_wants_it")],
        ),
        row(
            "1.1/14",
            "an interval between polls",
            &[(DEVICE, "b08_the_wait_counts_from_the_answer")],
        ),
        row(
            "1.1/15",
            "five seconds more for good",
            &[(DEVICE, "b02_slow_down_lasts")],
        ),
        row(
            "1.1/16",
            "any other error ends it",
            &[(DEVICE, "b11_an_error_nobody_knows_stops_with_its_text")],
        ),
        row(
            "1.1/17",
            "after expiry a person decides",
            &[(
                "src/app/screen/sign_in/renewal.rs",
                "codes_come_as_often_as_allowed_and_then_the_screen_rests",
            )],
        ),
        row(
            "1.1/18",
            "exponential back-off",
            &[(DEVICE, "b04_network_failures_never_lower_the_pace")],
        ),
        because(
            "1.1/19",
            "a return channel",
            "It is optional, and no provider has one.",
        ),
        row(
            "1.1/20",
            "metadata",
            &[(
                CLIENT,
                "documents_are_found_at_every_place_and_looked_up_once",
            )],
        ),
        row(
            "1.1/21",
            "the server may limit this client",
            &[(
                GRANT,
                "a_rate_limit_on_codes_is_left_alone_as_long_as_it_asks",
            )],
        ),
        because(
            "1.1/22",
            "how far a device can be trusted",
            "It is advice to servers.",
        ),
        row(
            "1.1/23",
            "remote phishing",
            &[(SCREEN, "each_state_of_the_sign_in_says_what_it_must")],
        ),
        because(
            "1.1/24",
            "session spying",
            "A code is asked for by a key press, and the greeting names the account and asks \"Not you?\".",
        ),
        row(
            "1.1/25",
            "no secret in the program",
            &[(
                CLIENT,
                "auth0_refusals_are_named_and_no_secret_is_ever_sent",
            )],
        ),
        row(
            "1.1/26",
            "the code as it was sent",
            &[(WIRE, "b17_a_code_is_shown_as_it_was_sent_or_not_at_all")],
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
                (
                    "src/session/stored.rs",
                    "a_rotated_token_replaces_the_old_and_keeps_it_as_previous",
                ),
                (
                    "src/session/stored.rs",
                    "without_rotation_the_refresh_token_stays",
                ),
            ],
        ),
        row(
            "1.2/2",
            "no refresh token is presented twice",
            &[(
                REFRESH,
                "the_previous_token_is_tried_once_and_only_after_invalid_grant",
            )],
        ),
        row(
            "1.2/3",
            "DPoP, and its nonce answered at once",
            &[(
                "tests/dpop/main.rs",
                "a_nonce_is_answered_within_the_same_poll",
            )],
        ),
        row(
            "1.2/4",
            "revocation, best effort",
            &[
                (CLIENT, "both_tokens_are_revoked_the_refresh_token_first"),
                (REFRESH, "sign_out_revokes_the_newest_tokens_and_forgets"),
            ],
        ),
        row(
            "1.2/5",
            "resource in both requests",
            &[(CLIENT, "a_grant_from_discovery_to_tokens")],
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
                (ID_TOKEN, "issuer_audience_and_subject_must_be_ours"),
                (
                    "src/oauth/provider/tests.rs",
                    "a_tokens_issuer_may_be_spelled_in_the_ways_that_are_known_and_no_other",
                ),
            ],
        ),
        row(
            "1.3/2",
            "aud and azp",
            &[(ID_TOKEN, "issuer_audience_and_subject_must_be_ours")],
        ),
        row(
            "1.3/3",
            "the signature",
            &[
                (
                    ID_TOKEN,
                    "algorithms_anybody_could_sign_with_are_never_accepted",
                ),
                (
                    ID_TOKEN,
                    "tokens_of_every_kind_of_key_that_was_seen_are_believed",
                ),
            ],
        ),
        row(
            "1.3/4",
            "exp and iat",
            &[(
                ID_TOKEN,
                "b33_times_that_are_wrong_are_told_from_a_token_that_is",
            )],
        ),
        because("1.3/5", "no nonce", "None is sent and none is looked for."),
        row(
            "1.3/6",
            "the same person after a refresh",
            &[(CLIENT, "a_refresh_may_not_change_the_person")],
        ),
    ]
}

/// What servers really send.
pub(crate) fn tolerance() -> Vec<Row> {
    vec![
        row(
            "3.1/1",
            "the body decides first",
            &[(POLLS, "polls_are_read_as_each_server_answers_them")],
        ),
        row(
            "3.1/2",
            "success is an access token",
            &[(POLLS, "polls_are_read_as_each_server_answers_them")],
        ),
        row(
            "3.1/3",
            "JSON, else a form; JSON is asked for",
            &[(
                "tests/providers/github.rs",
                "github_signs_in_and_has_nothing_to_refresh",
            )],
        ),
        row(
            "3.1/4",
            "numbers in any shape",
            &[(WIRE, "b13_numbers_are_read_leniently")],
        ),
        row(
            "3.1/5",
            "names and their aliases",
            &[
                (WIRE, "b15_names_have_aliases"),
                (WIRE, "tokens_are_read_with_everything_servers_do_to_them"),
            ],
        ),
        row(
            "3.1/6",
            "the interval",
            &[(WIRE, "b13_numbers_are_read_leniently")],
        ),
        row(
            "3.1/7",
            "pending and slow, the slower of two wishes",
            &[
                (WIRE, "retry_after_and_interval_compete_for_the_slower"),
                (WIRE, "b12_a_429_of_any_kind_means_slower"),
                (GRANT, "a_pace_the_server_names_is_taken_only_upwards"),
            ],
        ),
        row(
            "3.1/8",
            "denied and expired, in every spelling",
            &[
                (DEVICE, "b16_every_spelling_of_no_and_too_late"),
                (DEVICE, "b35_invalid_grant_means_what_went_before_it"),
            ],
        ),
        row(
            "3.1/9",
            "misconfigurations stop it",
            &[
                (GRANT, "a_page_of_a_wrong_address_ends_with_its_status"),
                (
                    GRANT,
                    "a_page_after_a_proper_answer_is_somebody_elses_and_keeps_the_code",
                ),
            ],
        ),
        row(
            "3.1/10",
            "what passes is tried again",
            &[(
                DEVICE,
                "b06_nothing_of_the_network_ends_a_code_before_its_time",
            )],
        ),
        row(
            "3.1/11",
            "no redirect is followed",
            &[(CLIENT, "a_redirect_is_named_and_never_followed")],
        ),
    ]
}
