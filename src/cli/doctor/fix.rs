//! What to do about a server that cannot be used. What is set wrong there is told in the words of the screen.

use crate::app::error_text;
use device_flow::{
    Client, Error, Exchange, Misconfiguration, NetworkError, NetworkFailure, Outcome,
};

/// What to do about an exchange that ended with `error`.
pub(super) fn of(client: &Client, exchange: Exchange, error: &Error) -> String {
    let fix = match error {
        Error::Network(NetworkError { failure, .. }) => of_network(*failure).to_owned(),
        Error::OAuth {
            code, description, ..
        } => of_refusal(client, code, description.as_deref().unwrap_or_default()),
        Error::Unexpected {
            status: 300..=399, ..
        } => {
            "no secret is sent on to another address. If that one is right, name it in the configuration (provider.issuer, or \
             device_authorization_endpoint and token_endpoint); if it is not known to you, this network wants a sign-in of \
             its own: open any page in a browser on it"
                .to_owned()
        }
        Error::Unexpected { is_page: false, .. } => {
            "the answer is not the one that the standard has there: tell who runs the server; where another one was meant, \
             check provider.domain or provider.issuer and the endpoints"
                .to_owned()
        }
        Error::Unexpected { .. } => {
            "another server answers at this address, or the network wants a sign-in of its own (open any page in a \
             browser on this network); check provider.domain or provider.issuer and the endpoints"
                .to_owned()
        }
        // The addresses are known by then.
        Error::Misconfigured(_) if exchange != Exchange::Code => {
            "what the server gives is nothing that this configuration can use: the words say what it is; who runs the \
             server can change it, or the configuration must allow it"
                .to_owned()
        }
        Error::Misconfigured(_) => {
            "set right what the words name: provider.issuer must be spelled as the server spells it; an endpoint that the \
             server does not name, or that may not be used, can be given under [provider] (device_authorization_endpoint \
             and token_endpoint); where there is no document, see that this network does not answer with a sign-in page of \
             its own"
                .to_owned()
        }
        Error::IdToken(_) => error_text::of_switch(Misconfiguration::Registration, client.provider()),
    };
    let outcome = Outcome::Failed(error.clone());
    match client.provider().tenant_log(exchange, &outcome) {
        Some(entries) => format!("{fix} Tenant log: {entries}"),
        None => fix,
    }
}

fn of_refusal(client: &Client, code: &str, description: &str) -> String {
    let server = client.provider();
    let switch = server.misconfiguration(code, description);
    match code {
        // Some servers find a proof missing only when they are asked for tokens.
        "invalid_grant" if switch != Misconfiguration::Pkce => {
            "Sign in again with: vestibule sign-in.".to_owned()
        }
        "slow_down"
        | "temporarily_unavailable"
        | "too_many_requests"
        | "rate_limited"
        | "server_error" => {
            "the server is busy or was asked too often: wait some minutes and try again".to_owned()
        }
        _ => error_text::of_switch(switch, server),
    }
}

/// What to do where `offline_access` was asked for and no refresh token came.
pub(super) fn without_refresh_token(client: &Client) -> String {
    error_text::of_switch(Misconfiguration::Offline, client.provider())
}

fn of_network(failure: NetworkFailure) -> &'static str {
    match failure {
        NetworkFailure::Dns => {
            "check the spelling of the host name in the configuration, and that this box has a name server \
             (resolvectl status)"
        }
        NetworkFailure::Connect => {
            "nothing listens there: check host and port in the configuration, that the server runs, and that no \
             firewall stands between"
        }
        NetworkFailure::Tls => {
            "if the server's certificate is of an authority of your own, name that authority's PEM file as \
             provider.ca_file; else check the host name, and that nobody on this network opens the connection"
        }
        NetworkFailure::ClockBehind => {
            "set the clock: connect the box to a time server (timedatectl set-ntp true) or by hand \
             (timedatectl set-time). Signed-in accounts are kept meanwhile"
        }
        NetworkFailure::Timeout | NetworkFailure::Interrupted => {
            "check the network of this box and any firewall or proxy on the way; if others reach the server, try again"
        }
        NetworkFailure::Unavailable => {
            "the server answers that it cannot serve now: wait some minutes, then ask who runs it"
        }
    }
}
