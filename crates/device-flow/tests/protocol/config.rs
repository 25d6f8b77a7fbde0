//! Configurations as tables, so that a test shows what it is about.

use device_flow::{
    Client, ClientAuthentication, ClientConfig, Dpop, EndpointOverrides, Error, Parameter, Pkce,
    Provider, Request,
};
use toml::{Table, Value};
use url::Url;

/// A client of what stands in `text`: `preset`, and keys of the name that the configuration has for it.
pub(crate) fn client(text: &str) -> Client {
    try_client(text).unwrap()
}

pub(crate) fn try_client(text: &str) -> Result<Client, Error> {
    let table: Table = toml::from_str(text).unwrap();
    let string = |value: &Value| value.as_str().unwrap().to_owned();
    let url = |name: &str| table.get(name).map(|url| Url::parse(&string(url)).unwrap());
    let provider = Provider::named(table["preset"].as_str().unwrap()).unwrap();
    let id = table.get("client_id").map_or("tv".to_owned(), string);
    let mut config = ClientConfig::new(provider, id).endpoints(EndpointOverrides {
        device_authorization: url("device_authorization_endpoint"),
        token: url("token_endpoint"),
        userinfo: url("userinfo_endpoint"),
        revocation: url("revocation_endpoint"),
        jwks: url("jwks_uri"),
    });
    for (name, value) in &table {
        config = match name.as_str() {
            "domain" => config.domain(string(value)),
            "tenant" => config.tenant(string(value)),
            "issuer" => config.issuer(Url::parse(&string(value)).unwrap()),
            "audience" => config.audience(string(value)),
            "scopes" => config.scopes(value.as_array().unwrap().iter().map(string)),
            "client_secret_file" => {
                let secret = std::fs::read_to_string(string(value)).unwrap();
                config.client_secret(Some(secret.trim().into()))
            }
            "dpop" => config.dpop(match value.as_str().unwrap() {
                "require" => Dpop::Require,
                "off" => Dpop::Off,
                _ => Dpop::Auto,
            }),
            "pkce" => config.pkce(match value.as_str().unwrap() {
                "require" => Pkce::Require,
                "off" => Pkce::Off,
                _ => Pkce::Auto,
            }),
            "client_authentication" => {
                config.client_authentication(match value.as_str().unwrap() {
                    "none" => ClientAuthentication::None,
                    "post" => ClientAuthentication::Post,
                    "basic" => ClientAuthentication::Basic,
                    _ => ClientAuthentication::Auto,
                })
            }
            "extra_params" => {
                let parameters = value.as_table().unwrap();
                parameters.iter().fold(config, |config, (name, value)| {
                    config.parameter(parameter(name, value))
                })
            }
            _ => config,
        };
    }
    Client::new(config)
}

fn parameter(name: &str, value: &Value) -> Parameter {
    let requests = value.get("in").map(|requests| {
        let requests = requests.as_array().unwrap().iter();
        requests
            .map(|request| match request.as_str().unwrap() {
                "device" => Request::DeviceAuthorization,
                "token" => Request::Token,
                "refresh" => Request::Refresh,
                other => panic!("{other}"),
            })
            .collect()
    });
    let text = value.as_str().or_else(|| value.get("value")?.as_str());
    Parameter {
        name: name.to_owned(),
        value: text.unwrap().to_owned(),
        requests,
    }
}
