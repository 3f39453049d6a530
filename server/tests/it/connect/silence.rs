//! Assets that fall silent.

use std::time::Duration;

use server::{
    connect::{
        notice_silence,
        status::{self, RungState},
    },
    observe,
};

use crate::support::{Person, START, TestApp};

const PAGE: &str = "110220330440551";
const DAY: i64 = 24 * 3_600_000;

/// Messages of the Page at these moments, in days since the start, and the last one as its last event.
async fn heard(app: &TestApp, who: &Person, days: &[f64]) {
    let tenant = who.tenant();
    app.storage
        .tamper(&format!(
            "INSERT INTO conversations (id, tenant_id, asset_kind, asset_meta_id, thread, last_message_at, created_at)
             VALUES ('cnv_{tenant}', '{tenant}', 'facebook_page', '{PAGE}', 'group:1', 0, 0)"
        ))
        .await;
    for (number, day) in days.iter().enumerate() {
        let at = moment(*day);
        app.storage
            .tamper(&format!(
                "INSERT INTO messages (id, tenant_id, conversation_id, asset_meta_id, meta_id, direction, kind, sent_at,
                    content_rank, edits, created_at)
                 VALUES ('msg_{number}', '{tenant}', 'cnv_{tenant}', '{PAGE}', 'mid.{number}', 'in', 'text', {at}, 0, 0,
                    {at})"
            ))
            .await;
    }
    last_event(app, moment(days[days.len() - 1])).await;
}

async fn last_event(app: &TestApp, at: i64) {
    let sql = format!("UPDATE assets SET active_at = COALESCE(active_at, {at}), last_event_at = {at}");
    app.storage.tamper(&format!("{sql} WHERE kind = 'facebook_page' AND selected")).await;
}

fn moment(day: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "whole milliseconds are enough")]
    let millis = (day * DAY as f64) as i64;
    START.as_millis() + millis
}

async fn silence(app: &TestApp, who: &Person) -> Option<(i64, Duration)> {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    let page = overview.assets.into_iter().find(|status| status.asset.meta_id == PAGE).unwrap();
    page.ladder.silence().map(|silence| (silence.since.as_millis(), silence.longest_pause))
}

/// Ten messages over four and a half days, half a day apart.
fn busy() -> Vec<f64> {
    (0..10).map(|number| f64::from(number) * 0.5).collect()
}

db_test! {
    async fn an_asset_that_stops_being_busy_is_called_silent_until_something_comes(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        heard(app, &ada, &busy()).await;
        app.clock.advance(Duration::from_secs(7 * 86_400));
        assert_eq!(notice_silence(&app.services).await.unwrap(), 0, "two and a half days are no silence yet");
        app.clock.advance(Duration::from_secs(86_400));
        assert_eq!(silence(app, &ada).await, None);
        assert_eq!(notice_silence(&app.services).await.unwrap(), 1);
        assert_eq!(silence(app, &ada).await, Some((moment(4.5), Duration::from_secs(43_200))));
        let log = observe::list_log(&app.services, &ada.actor, None, true).await.unwrap();
        assert_eq!(log[0].kind, "silence");
        assert_eq!(log[0].sentence, "Nothing has arrived for 3 days, longer than is usual for it.");
        assert_eq!(notice_silence(&app.services).await.unwrap(), 0, "it is told once");

        last_event(app, app.clock.now().as_millis() + 1).await;
        assert_eq!(silence(app, &ada).await, None);
    }
}

db_test! {
    async fn an_asset_with_long_pauses_or_without_a_habit_is_never_called_silent(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let mut days = busy();
        days.push(10.0);
        heard(app, &ada, &days).await;
        app.clock.advance(Duration::from_secs(20 * 86_400));
        assert_eq!(notice_silence(&app.services).await.unwrap(), 0, "ten days are less than twice five and a half");
        app.clock.advance(Duration::from_secs(86_400 + 1));
        assert_eq!(notice_silence(&app.services).await.unwrap(), 1);
        let eve = app.owner("eve").await;
        let overview = status::overview(&app.services, &eve.actor).await.unwrap();
        assert!(overview.assets.is_empty());
    }
}

db_test! {
    async fn an_asset_that_only_ever_got_a_test_is_left_alone(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        heard(app, &ada, &[0.0, 0.1, 0.2]).await;
        app.clock.advance(Duration::from_secs(300 * 86_400));
        assert_eq!(notice_silence(&app.services).await.unwrap(), 0);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let page = overview.assets.iter().find(|status| status.asset.meta_id == PAGE).unwrap();
        assert!(matches!(page.ladder.rungs().last(), Some((_, RungState::Done(_)))));
    }
}
