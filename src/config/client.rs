//! From `[provider]` to a client of that server: the only place where its files are read.

use std::path::Path;

use device_flow::{Client, ClientConfig, EndpointOverrides, Error, TrustAnchors};
use secrecy::SecretString;

#[cfg(test)]
use super::Device;
use super::{ClientAuthentication, Config, Dpop, Pkce, Provider, Request};
use crate::host::clock::build_day;
use crate::host::regular_file::{self, Links};

/// More bytes than all certificates of a system take.
const MOST_CERTIFICATES: u64 = 8 * 1024 * 1024;

impl Config {
    /// Prepares a client; opens no connection and reads no certificate yet.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] when the client secret, the issuer or an endpoint is unusable.
    pub fn client(&self) -> Result<Client, Error> {
        self.provider.client_called(self.device.user_agent())
    }

    /// The same for leaving: where the client secret cannot be read, it goes without. The server may refuse to
    /// revoke anything then, but nobody stays signed in because a file is missing.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] when the issuer or an endpoint is unusable.
    pub fn client_without_secret(&self) -> Result<Client, Error> {
        let user_agent = self.device.user_agent();
        Client::new(self.provider.client_config(None, user_agent))
    }
}

impl Provider {
    /// A client of a box without a name.
    #[cfg(test)]
    pub fn client(&self) -> Result<Client, Error> {
        self.client_called(Device::default().user_agent())
    }

    fn client_called(&self, user_agent: String) -> Result<Client, Error> {
        let authentication = device_flow::ClientAuthentication::from(self.client_authentication);
        let secret = match authentication.sends_secret(self.preset.provider()) {
            true => self
                .client_secret()
                .map_err(|error| Error::Misconfigured(error.to_string()))?,
            false => None,
        };
        let wanted = match self.client_authentication {
            ClientAuthentication::Post => Some("post"),
            ClientAuthentication::Basic => Some("basic"),
            ClientAuthentication::Auto | ClientAuthentication::None => None,
        };
        if let (Some(wanted), None) = (wanted, &secret) {
            return Err(Error::Misconfigured(format!(
                "provider.client_authentication is \"{wanted}\" and there is no client secret: name its file at \
                 provider.client_secret_file"
            )));
        }
        Client::new(self.client_config(secret, user_agent))
    }

    fn client_config(&self, secret: Option<SecretString>, user_agent: String) -> ClientConfig {
        let mut config = ClientConfig::new(self.preset.provider(), &self.client_id)
            .client_secret(secret)
            .scopes(&self.scopes)
            .dpop(self.dpop.into())
            .pkce(self.pkce.into())
            .client_authentication(self.client_authentication.into())
            .endpoints(EndpointOverrides {
                device_authorization: self.device_authorization_endpoint.clone(),
                token: self.token_endpoint.clone(),
                userinfo: self.userinfo_endpoint.clone(),
                revocation: self.revocation_endpoint.clone(),
                jwks: self.jwks_uri.clone(),
            })
            .user_agent(user_agent)
            .clock_floor(build_day());
        if let Some(domain) = &self.domain {
            config = config.domain(domain);
        }
        if let Some(issuer) = &self.issuer {
            config = config.issuer(issuer.clone());
        }
        if let Some(tenant) = &self.tenant {
            config = config.tenant(tenant);
        }
        if let Some(audience) = &self.audience {
            config = config.audience(audience);
        }
        if let Some(file) = &self.ca_file {
            config = config.trust_anchors(trust_anchors(file));
        }
        let parameters = self.extra_params.iter();
        parameters.fold(config, |config, (name, parameter)| {
            config.parameter(device_flow::Parameter {
                name: name.clone(),
                value: parameter.value().to_owned(),
                requests: parameter
                    .requests()
                    .map(|requests| requests.iter().copied().map(Into::into).collect()),
            })
        })
    }
}

/// The certificates of a `ca_file`, which is read when they are needed.
pub fn trust_anchors(file: &Path) -> TrustAnchors {
    let path = file.to_owned();
    TrustAnchors::read_with(format!("ca_file {}", file.display()), move || {
        regular_file::read_unmarked(&path, MOST_CERTIFICATES, Links::Followed)
    })
}

impl From<Dpop> for device_flow::Dpop {
    fn from(dpop: Dpop) -> Self {
        match dpop {
            Dpop::Auto => Self::Auto,
            Dpop::Require => Self::Require,
            Dpop::Off => Self::Off,
        }
    }
}

impl From<Pkce> for device_flow::Pkce {
    fn from(pkce: Pkce) -> Self {
        match pkce {
            Pkce::Auto => Self::Auto,
            Pkce::Require => Self::Require,
            Pkce::Off => Self::Off,
        }
    }
}

impl From<ClientAuthentication> for device_flow::ClientAuthentication {
    fn from(authentication: ClientAuthentication) -> Self {
        match authentication {
            ClientAuthentication::Auto => Self::Auto,
            ClientAuthentication::None => Self::None,
            ClientAuthentication::Post => Self::Post,
            ClientAuthentication::Basic => Self::Basic,
        }
    }
}

impl From<Request> for device_flow::Request {
    fn from(request: Request) -> Self {
        match request {
            Request::Device => Self::DeviceAuthorization,
            Request::Token => Self::Token,
            Request::Refresh => Self::Refresh,
        }
    }
}
