//! Sends signed WhatsApp webhooks, each one another, over keep-alive connections, and prints one line of JSON about the
//! answers. Bodies are made and signed before the clock starts. It knows nothing of the receiver but its address.
//!
//! `webhook_load HOST:PORT PATH SECRET CONNECTIONS REQUESTS PHONE_ID_BASE PHONE_IDS [PER_SECOND]`: as fast as answers come,
//! or PER_SECOND of them at regular moments. A late answer then counts from the moment when its request was due.
#![allow(clippy::print_stdout, missing_docs)]

use std::{
    collections::BTreeMap,
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Default)]
struct Heard {
    micros: Vec<u128>,
    codes: BTreeMap<u16, usize>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [host, path, secret, connections, requests, base, phones, rest @ ..] = args.as_slice() else {
        return Err("HOST:PORT PATH SECRET CONNECTIONS REQUESTS PHONE_ID_BASE PHONE_IDS [PER_SECOND]".into());
    };
    let (connections, requests): (usize, usize) = (connections.parse()?, requests.parse()?);
    let (base, phones): (usize, usize) = (base.parse()?, phones.parse()?);
    let per_second: Option<f64> = rest.first().map(|text| text.parse()).transpose()?;
    let run = std::process::id();
    let all: Arc<[Vec<u8>]> =
        (0..requests).map(|n| request(host, path, secret, base + n % phones, n, run)).collect::<Result<_, _>>()?;

    let started = Instant::now();
    let senders =
        (0..connections).map(|first| tokio::spawn(send(host.clone(), all.clone(), first, connections, per_second)));
    let mut heard = Heard::default();
    for sender in senders.collect::<Vec<_>>() {
        let one = sender.await??;
        heard.micros.extend(one.micros);
        for (code, count) in one.codes {
            *heard.codes.entry(code).or_default() += count;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    heard.micros.sort_unstable();
    let pick = |per_mille: usize| {
        let last = heard.micros.len().saturating_sub(1);
        heard.micros.get(last * per_mille / 1000).copied().unwrap_or_default()
    };
    let line = serde_json::json!({
        "answers": heard.micros.len(),
        "seconds": seconds,
        "per_second": (heard.codes.get(&200).copied().unwrap_or_default() as f64 / seconds).round(),
        "p50_us": u64::try_from(pick(500))?,
        "p99_us": u64::try_from(pick(990))?,
        "p999_us": u64::try_from(pick(999))?,
        "codes": heard.codes,
    });
    println!("{line}");
    Ok(())
}

/// Every `step`th request from `first` on, over one connection.
async fn send(
    host: String,
    all: Arc<[Vec<u8>]>,
    first: usize,
    step: usize,
    per_second: Option<f64>,
) -> Result<Heard, Failure> {
    let mut heard = Heard::default();
    let mut buffer = Vec::with_capacity(8192);
    let mut stream = TcpStream::connect(&host).await?;
    stream.set_nodelay(true)?;
    let began = Instant::now();
    for (n, request) in all.iter().enumerate().skip(first).step_by(step) {
        let mut due = Instant::now();
        if let Some(per_second) = per_second {
            due = began + Duration::from_secs_f64(n as f64 / per_second);
            tokio::time::sleep_until(due.into()).await;
        }
        let code = exchange(&mut stream, request, &mut buffer).await?;
        heard.micros.push(due.elapsed().as_micros());
        *heard.codes.entry(code).or_default() += 1;
    }
    Ok(heard)
}

/// Sends one request and reads the whole answer; answers its status.
async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Result<u16, Failure> {
    stream.write_all(request).await?;
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err("the receiver closed the connection".into());
        }
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head])?;
        let length = text.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap_or_default())
        });
        if buffer.len() >= head + 4 + length.ok_or("an answer without content-length")? {
            return Ok(text.get(9..12).ok_or("no status")?.parse()?);
        }
    }
}

fn request(host: &str, path: &str, secret: &str, phone: usize, n: usize, run: u32) -> Result<Vec<u8>, Failure> {
    let who = n % 10_000;
    let body = serde_json::json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": (900_000_000 + phone).to_string(), "changes": [{
            "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "15550783881", "phone_number_id": phone.to_string() },
                "contacts": [{
                    "profile": { "name": "Sheena Nelson" },
                    "wa_id": format!("1650551{who:04}"),
                    "user_id": format!("US.13491208655302{who:04}"),
                }],
                "messages": [{
                    "from": format!("1650551{who:04}"),
                    "from_user_id": format!("US.13491208655302{who:04}"),
                    "id": format!("wamid.{run}{n:012}"),
                    "timestamp": (1_760_000_000 + n / 1000).to_string(),
                    "type": "text",
                    "text": { "body": format!("Does it come in another color? Order {n}") },
                }],
            },
            "field": "messages",
        }] }],
    })
    .to_string();
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?.chain_update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    Ok(format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes())
}
