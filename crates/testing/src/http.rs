//! HTTP/1.1 in a few lines: one request for each connection, to loopback only.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use url::Url;

const LIMIT: Duration = Duration::from_secs(20);

/// The head and the body of a request or a reply.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// Request line or status line.
    pub start: String,
    /// Header fields as sent.
    pub fields: Vec<(String, String)>,
    /// Body without transfer coding.
    pub body: Vec<u8>,
}

impl Message {
    /// A field by its name in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The status of a reply.
    pub fn status(&self) -> u16 {
        self.word(1).parse().unwrap()
    }

    /// The target of a request.
    pub fn target(&self) -> &str {
        self.word(1)
    }

    fn word(&self, index: usize) -> &str {
        self.start.split(' ').nth(index).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// As it goes over the wire, with the length of the body and one exchange for each connection.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{}\r\n", self.start);
        for (name, value) in &self.fields {
            let own = ["connection", "content-length", "transfer-encoding"];
            if !own.contains(&name.to_ascii_lowercase().as_str()) {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        head.push_str(&format!(
            "Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.body.len()
        ));
        [head.as_bytes(), &self.body].concat()
    }

    /// Reads one message; none where the peer hangs up before it says anything.
    pub fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
        let mut reader = BufReader::new(stream);
        let mut message = Self::default();
        if reader.read_line(&mut message.start)? == 0 {
            return Ok(None);
        }
        message.start.truncate(message.start.trim_end().len());
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
                break;
            }
            if let Some((name, value)) = line.trim_end().split_once(':') {
                message
                    .fields
                    .push((name.to_owned(), value.trim().to_owned()));
            }
        }
        if let Some(length) = message.field("content-length") {
            message.body = vec![0; length.parse().map_err(io::Error::other)?];
            reader.read_exact(&mut message.body)?;
        } else if message.field("transfer-encoding").is_some() {
            message.body = read_chunks(&mut reader)?;
        } else if message.start.starts_with("HTTP/") {
            let _ = reader.read_to_end(&mut message.body)?;
        }
        Ok(Some(message))
    }
}

fn read_chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        let _ = reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// Sends a request to `authority` and reads the reply.
pub fn exchange(authority: &str, request: &Message) -> io::Result<Message> {
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.write_all(&request.bytes())?;
    Message::read(&stream)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// GETs `url`, or POSTs `form` to it where there is one.
pub fn fetch(url: &Url, fields: &[(&str, &str)], form: Option<&[(String, String)]>) -> Message {
    let authority = authority(url);
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let method = if form.is_some() { "POST" } else { "GET" };
    let mut request = Message {
        start: format!("{method} {target} HTTP/1.1"),
        fields: vec![("Host".to_owned(), authority.clone())],
        ..Message::default()
    };
    for (name, value) in fields {
        request
            .fields
            .push(((*name).to_owned(), (*value).to_owned()));
    }
    if let Some(form) = form {
        request.fields.push((
            "Content-Type".to_owned(),
            "application/x-www-form-urlencoded".to_owned(),
        ));
        request.body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish()
            .into_bytes();
    }
    exchange(&authority, &request).unwrap_or_else(|error| panic!("{method} {url}: {error}"))
}

/// Host and port of an address.
pub fn authority(url: &Url) -> String {
    format!(
        "{}:{}",
        url.host_str().unwrap(),
        url.port_or_known_default().unwrap()
    )
}
