//! Mail to a mail server.

use secrecy::SecretString;
use server::{
    config::MailSettings,
    db::mails::Mail,
    mail::{MailError, MailSettingsError, Mailer},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};

/// A mail server for one conversation, which answers the recipient with `recipient`. It yields what it was told.
async fn mail_server(recipient: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let (mut lines, mut heard, mut in_data) = (BufReader::new(read).lines(), String::new(), false);
        write.write_all(b"220 mail.test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let answer = match line.split(' ').next().unwrap_or_default() {
                "." => {
                    in_data = false;
                    "250 taken\r\n"
                }
                _ if in_data => continue,
                "DATA" => {
                    in_data = true;
                    "354 go on\r\n"
                }
                "RCPT" => recipient,
                "QUIT" => break,
                _ => "250 mail.test\r\n",
            };
            write.write_all(answer.as_bytes()).await.unwrap();
        }
        heard
    });
    (url, heard)
}

fn settings(url: Option<&str>, from: Option<&str>) -> MailSettings {
    MailSettings { smtp_url: url.map(SecretString::from), mail_from: from.map(str::to_owned), mail_dir: None }
}

fn mail() -> Mail {
    Mail {
        id: "mal_00000000000000000000000000000001".parse().unwrap(),
        name: "Lucía Brasa".into(),
        address: "lucia@example.com".into(),
        subject: "Access ends in 7 days · Brasa Café".into(),
        plain: "It ends.\n.\nConfirm again.".into(),
        html: "<p>It ends.</p>".into(),
        created_at: 1_780_308_000_000,
    }
}

#[tokio::test]
async fn a_mail_reaches_the_server_in_both_forms() {
    let (url, heard) = mail_server("250 fine\r\n").await;
    let mailer =
        Mailer::from_settings(&settings(Some(&url), Some("Attaché <attache@example.com>")), Some("attache.example"))
            .unwrap();
    assert!(mailer.is_set_up());
    mailer.send(&mail()).await.unwrap();
    drop(mailer);
    let heard = heard.await.unwrap();
    for part in [
        "EHLO attache.example",
        "MAIL FROM:<attache@example.com>",
        "RCPT TO:<lucia@example.com>",
        "Message-ID: <mal_00000000000000000000000000000001@example.com>",
        "Date: Mon, 01 Jun 2026 10:00:00 +0000",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
    ] {
        assert!(heard.contains(part), "{part} is not in {heard}");
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_told_from_one_for_now() {
    let from = Some("attache@example.com");
    for (answer, for_good) in [("550 no such person\r\n", true), ("451 try later\r\n", false)] {
        let (url, _heard) = mail_server(answer).await;
        let mailer = Mailer::from_settings(&settings(Some(&url), from), None).unwrap();
        let error = mailer.send(&mail()).await.unwrap_err();
        assert_eq!(matches!(error, MailError::Refused(_)), for_good, "{error}");
    }
    let nobody = Mailer::from_settings(&settings(Some("smtp://127.0.0.1:1"), from), None).unwrap();
    assert!(matches!(nobody.send(&mail()).await, Err(MailError::Later(_))));
    let odd = Mail { address: "nobody".into(), ..mail() };
    assert!(matches!(nobody.send(&odd).await, Err(MailError::Refused(_))));
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_at_the_start() {
    let refused = |url, from| Mailer::from_settings(&settings(url, from), None).err();
    assert_eq!(refused(None, None), None);
    assert_eq!(refused(None, Some("attache@example.com")), Some(MailSettingsError::Incomplete));
    assert_eq!(refused(Some("smtp://127.0.0.1:1"), None), Some(MailSettingsError::Incomplete));
    assert_eq!(refused(Some("smtp://127.0.0.1:1"), Some("Attaché")), Some(MailSettingsError::From));
    assert_eq!(refused(Some("http://127.0.0.1:1"), Some("attache@example.com")), Some(MailSettingsError::Server));
}
