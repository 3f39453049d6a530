//! A hundred days of an agency, day by day, and hour by hour where something is about to end: two processes on one database.

use std::{collections::BTreeMap, time::Duration};

use server::{Services, accounts::Role, clock::Timestamp, db::connections::ConnectionStatus, ids::ConnectionId};
use simulator::{RecordedRequest, Revocation, TokenInfo};

use super::agency::{self, Login};
use crate::support::{Person, TestApp};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const STAGES: [u32; 5] = [14, 7, 3, 1, 0];

/// A connection of the agency, and what is known of it.
struct Kept {
    owner: usize,
    person: usize,
    login: Login,
    id: ConnectionId,
    since: Timestamp,
    revoked: Option<Timestamp>,
}

impl Kept {
    /// When it ends, whatever a machine may do.
    fn end(&self) -> Option<Timestamp> {
        self.login.data_access_ends().then(|| self.since.plus(DAY * 90))
    }
}

/// Both processes sweep, then both do what is due, at the same time.
async fn pass(app: &TestApp, other: &Services) {
    let (one, two) = tokio::join!(server::sweep(&app.services), server::sweep(other));
    one.unwrap();
    two.unwrap();
    let (one, two) = tokio::join!(server::jobs::run_due(&app.services), server::jobs::run_due(other));
    one.unwrap();
    two.unwrap();
}

/// Whether a day that begins now is one on which a stage of some end is reached.
fn is_eventful(now: Timestamp, kept: &[Kept]) -> bool {
    let reached = |end: Timestamp| STAGES.iter().map(move |stage| end.minus(DAY * *stage));
    kept.iter().filter_map(Kept::end).flat_map(reached).any(|at| now < at && at <= now.plus(DAY))
}

/// The token of 60 days that a request asked to be renewed, by its fingerprint.
fn renewal(request: &RecordedRequest) -> Option<String> {
    if request.path.ends_with("/oauth/access_token") {
        let token = request.params.get("fb_exchange_token")?.as_str()?;
        return Some(token.trim_start_matches("fp:").to_owned());
    }
    if request.path.ends_with("/refresh_access_token") {
        let token = request.params.get("access_token")?.as_str()?;
        return Some(token.trim_start_matches("fp:").to_owned());
    }
    request.path.ends_with("/system_user_access_tokens").then(|| request.token.clone()).flatten()
}

/// What Meta was asked to renew: the token as it was, and when.
fn renewals(app: &TestApp) -> Vec<(TokenInfo, Timestamp)> {
    let tokens: BTreeMap<String, TokenInfo> =
        app.meta().tokens().into_iter().map(|token| (token.fingerprint.clone(), token)).collect();
    let asked = app.meta().requests();
    app.meta().clear_requests();
    asked
        .iter()
        .filter_map(|request| Some((renewal(request)?, Timestamp::from_seconds(request.at))))
        .map(|(fingerprint, at)| (tokens.get(&fingerprint).expect("a token of ours").clone(), at))
        .collect()
}

/// No token that a connection lives on may be over: Meta's own list tells.
fn assert_alive(app: &TestApp, kept: &[Kept], subjects: &BTreeMap<ConnectionId, String>) {
    let (now, tokens) = (app.clock.now().as_seconds(), app.meta().tokens());
    for one in kept.iter().filter(|one| one.revoked.is_none()) {
        let subject = &subjects[&one.id];
        let latest = tokens.iter().rfind(|token| token.page.is_none() && token.subject == *subject).unwrap();
        assert!(latest.expires_at == 0 || latest.expires_at > now, "{:?} of {:?} is over", latest, one.login);
    }
}

async fn connect_everybody(app: &TestApp, owners: &[Person], first: usize, kept: &mut Vec<Kept>) {
    for (place, login) in Login::ALL.into_iter().enumerate() {
        let person = first + place;
        // The first business holds three connections, each other one.
        let owner = if first == 0 { place.saturating_sub(2) } else { 3 + place };
        let id = agency::connect(app, &owners[owner], person, login).await;
        kept.push(Kept { owner, person, login, id, since: app.clock.now(), revoked: None });
    }
}

db_test! {
    async fn nothing_ends_unannounced_and_nothing_is_renewed_twice(app: &TestApp, agency::setup(12)) {
        app.expect_refusals();
        app.expect_jobs();
        let other = app.another_process().await;
        let mut owners = Vec::new();
        for number in 0..9 {
            owners.push(app.owner(&format!("owner{number}")).await);
        }
        app.member(&owners[0], "admin", Role::Admin).await;
        app.member(&owners[0], "agent", Role::Agent).await;
        let mut kept = Vec::new();
        connect_everybody(app, &owners, 0, &mut kept).await;
        let mut subjects = BTreeMap::new();
        let mut asked: Vec<(TokenInfo, Timestamp)> = Vec::new();
        for day in 0..100 {
            let steps = if is_eventful(app.clock.now(), &kept) { (24, HOUR) } else { (1, DAY) };
            for _ in 0..steps.0 {
                app.advance(steps.1);
                pass(app, &other).await;
                if day > 4 {
                    asked.extend(renewals(app));
                    assert_alive(app, &kept, &subjects);
                }
            }
            if day == 4 {
                app.advance(HOUR * 7);
                connect_everybody(app, &owners, 6, &mut kept).await;
                for one in &kept {
                    let subject = match one.login {
                        Login::Instagram => agency::account(one.person),
                        _ => agency::get(app, &owners[one.owner], &one.id).await.meta_user_id,
                    };
                    subjects.insert(one.id.clone(), subject);
                }
                app.meta().clear_requests();
            }
            if day == 39 {
                let one = kept.iter_mut().find(|one| one.person == 7).unwrap();
                app.meta().revoke_person(&subjects[&one.id], Revocation::PasswordChanged);
                one.revoked = Some(app.clock.now());
            }
        }
        other.close().await;

        assert_renewals(&asked, &kept, &subjects);
        for one in &kept {
            assert_warnings(app, &owners[one.owner], one).await;
        }
        assert_mails(app, &owners[0]).await;
    }
}

/// Each token was renewed at most once, when Meta allows it, and often enough.
fn assert_renewals(asked: &[(TokenInfo, Timestamp)], kept: &[Kept], subjects: &BTreeMap<ConnectionId, String>) {
    let mut by_token: BTreeMap<&str, usize> = BTreeMap::new();
    for (token, at) in asked {
        *by_token.entry(&token.fingerprint).or_default() += 1;
        let (issued, ends) = (Timestamp::from_seconds(token.issued_at), Timestamp::from_seconds(token.expires_at));
        assert!(["user_long", "system_user", "instagram"].contains(&token.kind.as_str()), "{token:?}");
        assert!(token.expires_at > 0, "a token without an end is left alone: {token:?}");
        assert!(*at < ends, "an expired token is never exchanged: {token:?} at {at:?}");
        assert!(*at >= issued.plus(DAY * 30), "not before the middle of its life: {token:?} at {at:?}");
        let one = kept.iter().find(|one| subjects[&one.id] == token.subject).unwrap();
        assert!(one.end().is_none_or(|end| *at < end), "not after data access lapsed: {token:?} at {at:?}");
        assert!(one.revoked.is_none_or(|dead| *at <= dead), "not after the person ended it");
    }
    let twice: Vec<_> = by_token.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "renewed twice: {twice:?}");
    for one in kept {
        let count = asked.iter().filter(|(token, _)| token.subject == subjects[&one.id]).count();
        let expected = match (one.login.ends(), one.revoked) {
            (false, _) => 0..=0,
            (true, None) => 2..=3,
            (true, Some(_)) => 0..=1,
        };
        assert!(expected.contains(&count), "{:?} was renewed {count} times", one.login);
    }
}

/// Every stage of every end was told within the hour, once; a dead token was noticed within a day and told once.
async fn assert_warnings(app: &TestApp, owner: &Person, one: &Kept) {
    let sql = |clock: &str, column: &str| {
        format!(
            "SELECT CAST({column} AS TEXT) FROM token_warnings WHERE connection_id = '{}' AND clock = '{clock}'
            ORDER BY token_warnings.stage DESC",
            one.id
        )
    };
    let told = app.storage.texts(&sql("data_access", "stage")).await;
    let connection = agency::get(app, owner, &one.id).await;
    assert!(app.storage.texts(&sql("token", "stage")).await.is_empty(), "renewed long before: {:?}", one.login);
    if let Some(revoked) = one.revoked {
        assert_eq!(connection.status, ConnectionStatus::Error);
        assert_eq!(app.storage.texts(&sql("refused", "stage")).await, ["0"]);
        let noticed: i64 = app.storage.texts(&sql("refused", "warned_at")).await[0].parse().unwrap();
        let late = noticed - revoked.as_millis();
        assert!((0..=3 * 86_400_000).contains(&late), "a day's step, and the turn within it: {late}");
        assert!(told.is_empty(), "what is refused already does not end as well");
        return;
    }
    assert_eq!(connection.status, ConnectionStatus::Connected);
    let Some(end) = one.end() else {
        assert!(told.is_empty(), "{:?} has no end", one.login);
        return;
    };
    let expected: Vec<String> = STAGES.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected, "{:?}", one.login);
    let times = app.storage.texts(&sql("data_access", "warned_at")).await;
    for (stage, at) in STAGES.iter().zip(times) {
        let late = at.parse::<i64>().unwrap() - end.minus(DAY * *stage).as_millis();
        assert!((0..=3_600_000).contains(&late), "stage {stage} was told {late} ms late");
    }
    let lines = format!("SELECT sentence FROM connection_log WHERE connection_id = '{}' AND kind = 'ending'", one.id);
    assert_eq!(app.storage.texts(&lines).await.len(), STAGES.len());
}

/// The first business holds three connections that end at the same time: one mail for each stage, to its owner and its admin.
async fn assert_mails(app: &TestApp, owner: &Person) {
    let tenant = owner.tenant();
    let subjects = format!("SELECT subject FROM mails WHERE tenant_id = '{tenant}' ORDER BY id");
    let expected = vec!["3 connections to Meta need somebody · owner0's business"; 2 * STAGES.len()];
    assert_eq!(app.storage.texts(&subjects).await, expected);
    let people = format!("SELECT DISTINCT address FROM mails WHERE tenant_id = '{tenant}' ORDER BY address");
    assert_eq!(app.storage.texts(&people).await, ["admin@example.com", "owner0@example.com"]);
    assert!(app.storage.texts("SELECT id FROM mails WHERE sent_at IS NULL").await.is_empty(), "every mail left");
    let written: usize = app.storage.texts("SELECT CAST(COUNT(*) AS TEXT) FROM mails").await[0].parse().unwrap();
    assert!(app.mails().len() >= written);
}
