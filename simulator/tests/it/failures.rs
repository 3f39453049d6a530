//! The failures that people meet, by their numbers.

use serde_json::Value;

use crate::harness::Meta;

#[tokio::test]
async fn each_is_listed_provoked_and_ended() {
    let meta = Meta::shop().await;
    let listed = meta.get("_sim/failures", &[]).await.json;
    let numbers: Vec<u64> =
        listed["failures"].as_array().unwrap().iter().map(|one| one["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=38).collect::<Vec<_>>());
    let (switches, world) = (meta.control.switches(), meta.control.world());
    meta.token();
    for number in numbers {
        let before = state(&meta);
        let answer = meta.send(meta.http.post(meta.url(&format!("_sim/failures/{number}")))).await;
        assert_eq!(answer.status, 200);
        let listed = meta.get("_sim/failures", &[]).await.json;
        let last: Vec<&Value> =
            listed["failures"].as_array().unwrap().iter().filter(|one| one["last"] == true).collect();
        assert!(last.len() == 1 && last[0]["number"] == number, "{listed}");
        // A number that only marks itself would provoke nothing; the worlds begin with some of them on.
        let alike = [2, 27].contains(&number);
        assert!(alike || state(&meta) != before, "{number} changes nothing");
        assert_eq!(meta.send(meta.http.delete(meta.url("_sim/failures"))).await.status, 204);
        assert_eq!((meta.control.switches(), meta.control.faults().len()), (switches.clone(), 0));
        assert_eq!(meta.control.world(), world, "{number} is over");
    }
    assert_eq!(meta.send(meta.http.post(meta.url("_sim/failures/39"))).await.status, 404);
    let page = meta.get("_sim", &[]).await.text;
    assert!(page.contains("/_sim/failures/38") && page.contains("A quiet day"));
}

/// Everything that a failure may change, but for the mark of the last one.
fn state(meta: &Meta) -> String {
    let mut switches = meta.control.switches();
    switches.failure = None;
    let tokens: Vec<_> = meta.control.tokens().into_iter().map(|token| token.revoked).collect();
    let shared = (switches, meta.control.faults(), meta.control.world(), tokens, meta.control.habits());
    format!("{shared:?}")
}
