//! Signed webhooks of customers who write to the installation's numbers.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::installation::{APP_SECRET, NUMBERS, Process};

/// How many customers write to each number.
const CUSTOMERS: usize = 40;

/// What was sent, and what was answered.
pub(crate) struct Load {
    client: reqwest::Client,
    next: Arc<AtomicUsize>,
    answered: Arc<Mutex<Vec<usize>>>,
}

/// Meta's id of the message in webhook `n`.
pub(crate) fn message_id(n: usize) -> String {
    format!("wamid.crash-{n:08}")
}

impl Load {
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { client, next: Arc::default(), answered: Arc::default() }
    }

    /// How many were answered 200.
    pub(crate) fn answered(&self) -> usize {
        self.answered.lock().unwrap().len()
    }

    /// Meta's ids of the messages whose webhook was answered 200.
    pub(crate) fn acknowledged(&self) -> Vec<String> {
        self.answered.lock().unwrap().iter().map(|n| message_id(*n)).collect()
    }

    /// How many webhooks were sent, answered or not.
    pub(crate) fn sent(&self) -> usize {
        self.next.load(Ordering::SeqCst)
    }

    /// Sends new webhooks over `connections` until `answers` were answered, kills the process there and then, and returns
    /// when every sender has noticed.
    pub(crate) async fn send_until_killed(&mut self, process: &mut Process, connections: usize, answers: usize) {
        let enough = Arc::new(tokio::sync::Notify::new());
        let target = self.answered() + answers;
        let senders: Vec<_> = (0..connections)
            .map(|_| {
                let (client, url) = (self.client.clone(), process.webhooks());
                let (next, answered, enough) = (self.next.clone(), self.answered.clone(), enough.clone());
                tokio::spawn(async move {
                    loop {
                        let n = next.fetch_add(1, Ordering::SeqCst);
                        match post(&client, &url, n).await {
                            Ok(200) => {
                                let mut answered = answered.lock().unwrap();
                                answered.push(n);
                                if answered.len() >= target {
                                    enough.notify_one();
                                }
                            }
                            Ok(status) => panic!("a signed webhook was answered {status}"),
                            Err(_) => break,
                        }
                    }
                })
            })
            .collect();
        enough.notified().await;
        process.kill().await;
        for sender in senders {
            sender.await.unwrap();
        }
    }

    /// Sends every webhook once more; each has to be answered 200.
    pub(crate) async fn send_everything_again(&self, process: &Process, connections: usize) {
        let senders: Vec<_> = (0..connections)
            .map(|first| {
                let (client, url, sent) = (self.client.clone(), process.webhooks(), self.sent());
                tokio::spawn(async move {
                    for n in (first..sent).step_by(connections) {
                        assert_eq!(post(&client, &url, n).await.unwrap(), 200);
                    }
                })
            })
            .collect();
        for sender in senders {
            sender.await.unwrap();
        }
    }
}

async fn post(client: &reqwest::Client, url: &str, n: usize) -> Result<u16, reqwest::Error> {
    let body = body(n);
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    let request = client.post(url).header("content-type", "application/json").header("x-hub-signature-256", signature);
    Ok(request.body(body).send().await?.status().as_u16())
}

/// A text message to one of the numbers (Meta reference §7.6.1).
fn body(n: usize) -> String {
    let (number, customer) = (n % NUMBERS, n % CUSTOMERS);
    serde_json::json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": format!("{}", 500_000 + number), "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550783881", "phone_number_id": format!("{}", 100_000 + number) },
            "contacts": [{
                "profile": { "name": format!("Customer {customer}") },
                "wa_id": format!("1650555{customer:04}"),
                "user_id": format!("US.{customer:012}"),
            }],
            "messages": [{
                "from": format!("1650555{customer:04}"),
                "from_user_id": format!("US.{customer:012}"),
                "id": message_id(n),
                "timestamp": format!("{}", 1_790_000_000 + n),
                "type": "text",
                "text": { "body": format!("Is number {n} there?") },
            }],
        }}]}],
    })
    .to_string()
}
