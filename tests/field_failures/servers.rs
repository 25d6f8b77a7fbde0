//! What real authorization servers did when they were run, part by part.

use crate::{Row, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row(
            "polling/1",
            "no interval; slow_down never, before approval is looked at, or growing for good",
            &[
                "b13_numbers_are_read_leniently",
                "allauth_says_slow_down_to_a_code_that_is_approved",
                "b02_slow_down_lasts",
                "b08_the_wait_counts_from_the_answer",
            ],
        ),
        row(
            "polling/2",
            "expiry told once, for a while, otherwise, or never",
            &[
                "b16_every_spelling_of_no_and_too_late",
                "b35_invalid_grant_means_what_went_before_it",
                "a_code_nobody_confirms_expires_on_its_deadline",
            ],
        ),
        row(
            "polling/3",
            "denial told once, or meaning something else",
            &[
                "b37_a_code_that_was_refused_is_dead_whatever_comes_later",
                "glewlwyd_has_no_words_for_what_fails",
            ],
        ),
        row(
            "polling/4",
            "an unknown code in five spellings",
            &[
                "polls_are_read_as_each_server_answers_them",
                "the_toolkit_knows_no_device_and_no_endpoint",
                "authlib_calls_an_unknown_code_an_invalid_request",
            ],
        ),
        row(
            "polling/5",
            "a code used twice kills its tokens",
            &[
                "no_order_of_events_panics_or_ends_twice",
                "b35_invalid_grant_means_what_went_before_it",
            ],
        ),
        row(
            "polling/6",
            "a wrong client at five statuses; an unknown scope after approval",
            &["a_wrong_client_is_one_at_any_status"],
        ),
        row(
            "transport/1",
            "empty errors, pages at 500, other members, JSON called HTML, HTTP/1.0",
            &[
                "glewlwyd_has_no_words_for_what_fails",
                "better_auth_speaks_of_other_things_too",
                "what_a_browser_would_be_sent_is_foreign",
                "replies_come_in_every_dress_of_http_1",
            ],
        ),
        row(
            "transport/2",
            "endpoints that end in a slash, and a redirect to them",
            &[
                "the_toolkit_knows_no_device_and_no_endpoint",
                "a_redirect_is_named_and_never_followed",
            ],
        ),
        row(
            "transport/3",
            "issuers with a path; documents that leave things out",
            &[
                "documents_are_found_at_every_place_and_looked_up_once",
                "a_document_of_somebody_else_or_without_the_grant_is_refused_in_words",
                "configured_endpoints_win_one_by_one",
            ],
        ),
        row(
            "tokens/1",
            "token types, scopes and members of all kinds",
            &["tokens_are_read_with_everything_servers_do_to_them"],
        ),
        row(
            "tokens/2",
            "an ID token only on a refresh; EdDSA; aud as an array; none on a refresh",
            &[
                "the_toolkit_knows_no_device_and_no_endpoint",
                "better_auth_speaks_of_other_things_too",
                "tokens_of_every_kind_of_key_that_was_seen_are_believed",
            ],
        ),
        row(
            "tokens/3",
            "userinfo that refuses a good token",
            &[
                "oidc_provider_gives_tokens_that_its_userinfo_refuses",
                "without_an_id_token_userinfo_says_who_it_is_or_nobody_does",
            ],
        ),
        row(
            "tokens/4",
            "the previous access token dead after a refresh",
            &[
                "many_401s_at_once_share_one_new_token",
                "a_refusal_of_an_older_token_is_answered_with_the_present_one",
            ],
        ),
        row(
            "refresh/1",
            "a token presented twice, or two at once, ends the session",
            &[
                "b27_many_callers_share_one_refresh",
                "the_previous_token_is_tried_once_and_only_after_invalid_grant",
                "after_a_restart_what_is_in_doubt_is_tried_at_once_or_not_before_it_must",
                "two_processes_never_present_one_token",
            ],
        ),
        row(
            "refresh/2",
            "no refresh token where nothing rotates",
            &["without_rotation_the_refresh_token_stays"],
        ),
        row(
            "refresh/3",
            "more scopes than were asked for",
            &["scopes_granted_win_over_scopes_asked"],
        ),
        row(
            "revocation/1",
            "any body, any status for an unknown token, a bearer wanted",
            &[
                "both_tokens_are_revoked_the_refresh_token_first",
                "a_server_that_wants_a_bearer_gets_one_once",
                "what_could_not_be_revoked_is_said",
                "better_auth_speaks_of_other_things_too",
            ],
        ),
        row(
            "codes/1",
            "codes of every shape",
            &[
                "b17_a_code_is_shown_as_it_was_sent_or_not_at_all",
                "b25_gaps_come_where_there_is_no_separator",
            ],
        ),
    ]
}
