//! HTTP on loopback, as little of it as registries and their clients need.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const IDLE: Duration = Duration::from_secs(10);

/// A request that came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET` and so on.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers as they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    #[default]
    Whole,
    /// The connection is cut before the first byte.
    Nothing,
    /// The connection is cut after half of the body.
    HalfBody,
    /// A byte comes now and then, until the other side gives up.
    Slow,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Headers without the length.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How it ends.
    pub ending: Ending,
}

impl Request {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Reply {
    /// An answer of a status with a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// A server; it stops when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Serves with this function, each connection in a thread.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, answer) = (Arc::clone(&stop), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let (Ok(stream), answer, stopped) = (stream, Arc::clone(&answer), Arc::clone(&stopped)) else {
                    continue;
                };
                // A client that goes away ends its connection, nothing else.
                thread::spawn(move || serve(stream, &*answer, &stopped).ok());
            }
        });
        Ok(Self { address, stop })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the listener up.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&Request) -> Reply, stop: &AtomicBool) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    while let Some((line, headers)) = read_head(&mut reader)? {
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut request = Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
        request.body = match request.header("transfer-encoding") {
            Some(_) => read_chunks(&mut reader)?,
            None => read_exactly(&mut reader, request.header("content-length").and_then(|text| text.parse().ok()))?,
        };
        let reply = answer(&request);
        if reply.ending == Ending::Nothing {
            return Ok(());
        }
        let has_length = reply.headers.iter().any(|(name, _)| name == "content-length");
        let mut head = format!("HTTP/1.1 {} x\r\n", reply.status);
        for (name, value) in &reply.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !has_length {
            head += &format!("content-length: {}\r\n", reply.body.len());
        }
        writer.write_all(format!("{head}\r\n").as_bytes())?;
        if request.method == "HEAD" {
            continue;
        }
        match reply.ending {
            Ending::Whole | Ending::Nothing => writer.write_all(&reply.body)?,
            Ending::HalfBody => {
                writer.write_all(reply.body.get(..reply.body.len() / 2).unwrap_or_default())?;
                return Ok(());
            }
            Ending::Slow => {
                for byte in reply.body.iter().cycle() {
                    if stop.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                    thread::sleep(Duration::from_millis(50));
                    writer.write_all(&[*byte])?;
                }
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Passes a request on to a server of plain HTTP, and gives its answer.
///
/// # Errors
///
/// What the connection says.
pub fn forward(to: SocketAddr, request: &Request) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(IDLE))?;
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    let dropped = ["content-length", "transfer-encoding", "connection"];
    for (name, value) in request.headers.iter().filter(|(name, _)| !dropped.contains(&name.as_str())) {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(&request.body)?;
    let mut reader = BufReader::new(stream);
    let (line, headers) = read_head(&mut reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = line.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(500);
    let mut reply = Reply { status, headers, ..Reply::default() };
    let header = |name: &str| reply.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if request.method != "HEAD" {
        reply.body = match (header("transfer-encoding"), header("content-length")) {
            (Some(_), _) => read_chunks(&mut reader)?,
            (None, Some(length)) => read_exactly(&mut reader, length.parse().ok())?,
            (None, None) => {
                let mut body = Vec::new();
                reader.read_to_end(&mut body)?;
                body
            }
        };
        reply.headers.retain(|(name, _)| name != "content-length");
    }
    reply.headers.retain(|(name, _)| name != "transfer-encoding" && name != "connection");
    Ok(reply)
}

type Head = (String, Vec<(String, String)>);

fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
            return Ok(Some((first.trim_end().to_owned(), headers)));
        }
        if let Some((name, value)) = line.trim_end().split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

fn read_exactly(reader: &mut impl Read, length: Option<u64>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    reader.take(length.unwrap_or(0)).read_to_end(&mut body)?;
    Ok(body)
}

fn read_chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = u64::from_str_radix(line.trim().split(';').next().unwrap_or_default(), 16).unwrap_or(0);
        body.extend(read_exactly(reader, Some(length))?);
        reader.read_line(&mut String::new())?;
        if length == 0 {
            return Ok(body);
        }
    }
}
