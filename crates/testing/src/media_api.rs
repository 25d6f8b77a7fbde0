//! An API on loopback that answers as it is told, also badly.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Status, further headers (each with its line end), type and body.
    Whole(u16, &'static str, &'static str, Vec<u8>),
    /// As much of a body, and then nothing: the connection is closed.
    CutOff(Vec<u8>),
    /// Nothing for so long, then something.
    Late(Duration, Box<Answer>),
}

impl Answer {
    pub fn json(body: impl Into<String>) -> Self {
        Self::Whole(200, "", "application/json", body.into().into_bytes())
    }

    pub fn status(status: u16, headers: &'static str) -> Self {
        Self::Whole(status, headers, "application/json", b"{}".to_vec())
    }

    pub fn page() -> Self {
        let body = b"<html>Welcome to the Grand Hotel</html>".to_vec();
        Self::Whole(200, "", "text/html", body)
    }

    pub fn file(kind: &'static str, body: Vec<u8>) -> Self {
        Self::Whole(200, "", kind, body)
    }
}

/// An API that answers each path as a function says, until it is dropped.
pub struct Api {
    pub port: u16,
    serving: JoinHandle<()>,
}

impl Drop for Api {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Api {
    /// Serves on a port of its own.
    pub async fn serve(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        Self::serve_on(0, answer).await
    }

    /// Serves on this port.
    pub async fn serve_on(
        port: u16,
        answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(answer);
        let serving = tokio::spawn(async move {
            // Those under way end with it.
            let mut talks = tokio::task::JoinSet::new();
            loop {
                if let Ok((stream, _)) = listener.accept().await {
                    let answer = Arc::clone(&answer);
                    let talk = async move {
                        // Whoever asked may be gone.
                        let _ = talk(stream, &*answer).await;
                    };
                    let _ = talks.spawn(talk);
                }
            }
        });
        Self { port, serving }
    }
}

async fn talk(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut more = [0; 4096];
        match stream.read(&mut more).await? {
            0 => return Ok(()),
            read => head.extend_from_slice(&more[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let mut answer = answer(path);
    while let Answer::Late(wait, then) = answer {
        tokio::time::sleep(wait).await;
        answer = *then;
    }
    let (status, headers, kind, body, missing) = match answer {
        Answer::Whole(status, headers, kind, body) => (status, headers, kind, body, 0),
        Answer::CutOff(body) => (200, "", "application/json", body, 1000),
        Answer::Late(..) => return Ok(()),
    };
    let mut reply = Vec::new();
    write!(
        reply,
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{headers}connection: close\r\n\r\n",
        body.len() + missing
    )?;
    reply.extend_from_slice(&body);
    stream.write_all(&reply).await?;
    stream.shutdown().await
}

/// Items as this API has them: `{"items":[{"id","name","art"},…]}`.
pub fn items(ids: impl IntoIterator<Item = usize>) -> String {
    let item = |id| {
        serde_json::json!({
            "id": format!("i{id}"),
            "name": format!("Title {id}"),
            "art": format!("/art/{id}.png"),
        })
    };
    let items: Vec<_> = ids.into_iter().map(item).collect();
    serde_json::json!({ "items": items }).to_string()
}

/// The `[api]` part of a configuration with a row for each path.
pub fn rows(port: u16, paths: &[&str]) -> String {
    let mut toml = format!("[api]\nbase_url = \"http://127.0.0.1:{port}/\"\n");
    for path in paths {
        toml.push_str(&format!(
            r#"
            [[api.rows]]
            title = "Row {path}"
            path = "{path}"
            items = "/items"
            card = {{ id = "/id", title = "/name", image = "/art" }}
            "#
        ));
    }
    toml
}

/// A picture of one colour.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([30, 90, 160]));
    let mut file = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    file.into_inner()
}
