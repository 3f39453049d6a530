//! The version radar: which Graph API version is used, which one Meta serves, and when it ends (Meta reference §1).

use crate::{
    clock::Timestamp,
    meta::GraphVersion,
    setup::{Check, Group},
};

const NAME: &str = "app.version";
/// From so many days before the end it is said.
const WARNING: i64 = 90;

/// How the version that calls name stands. `served` is the one that answered last.
pub(in crate::setup) fn version(asked: GraphVersion, served: Option<GraphVersion>, now: Timestamp) -> Check {
    let todo = format!(
        "Set META_GRAPH_API_VERSION to {} or remove it, and restart. That is the newest version Attaché was tested with.",
        GraphVersion::TESTED
    );
    if let Some(served) = served.filter(|served| *served != asked) {
        return Check::wrong(NAME, Group::App, format!("Meta answers as Graph API {served} instead of {asked}"))
            .why(format!(
                "{asked} is over, or Meta does not offer it to this app. Meta does not refuse such calls: it serves them \
                 as another version, in which fields and answers differ."
            ))
            .todo(todo);
    }
    match (asked.days_left(now), asked.last_day()) {
        (Some(left), Some(last)) if left < 0 => {
            Check::wrong(NAME, Group::App, format!("Graph API {asked} ended on {last}"))
                .why("Meta serves calls that name it as the oldest version alive, in which fields and answers differ.")
                .todo(todo)
        }
        (Some(left), Some(last)) if left <= WARNING => {
            let days = if left == 1 { "day" } else { "days" };
            Check::waiting(NAME, Group::App, format!("Graph API {asked} ends in {left} {days}"))
                .why(format!("{last} is its last day. From then on Meta serves another version without saying so."))
                .todo(todo)
        }
        (_, last) if asked <= GraphVersion::TESTED => {
            let until = match last {
                Some(last) => format!("Meta serves it until {last}."),
                None => "Meta has announced no end of it.".to_owned(),
            };
            let seen = if served.is_some() { " Meta answered with it." } else { "" };
            Check::proven(NAME, Group::App, format!("Graph API {asked} is alive")).why(format!("{until}{seen}"))
        }
        _ => Check::waiting(NAME, Group::App, format!("Graph API {asked} is newer than Attaché knows"))
            .why(format!(
                "Attaché was tested with {}. What Meta changed since may not be understood.",
                GraphVersion::TESTED
            ))
            .todo(todo),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;
    use crate::setup::State;

    fn v(text: &str) -> GraphVersion {
        text.parse().unwrap()
    }

    fn told(asked: &str, served: Option<&str>, day: u64) -> (State, String) {
        // 2026-11-20, and so many days later.
        let now = Timestamp::from_seconds(1_795_176_000).plus(Duration::from_secs(day * 86_400));
        let check = version(v(asked), served.map(v), now);
        (check.state, check.what)
    }

    #[test]
    fn the_end_of_a_version_is_said_ninety_days_before() {
        assert_eq!(told("v26.0", Some("v26.0"), 0), (State::Proven, "Graph API v26.0 is alive".into()));
        // v22.0 ends on 2027-05-20, 181 days later.
        assert_eq!(told("v22.0", None, 90).0, State::Proven);
        assert_eq!(told("v22.0", None, 91), (State::Waiting, "Graph API v22.0 ends in 90 days".into()));
        assert_eq!(told("v22.0", None, 180), (State::Waiting, "Graph API v22.0 ends in 1 day".into()));
        assert_eq!(told("v22.0", None, 182), (State::Wrong, "Graph API v22.0 ended on 2027-05-20".into()));
    }

    #[test]
    fn another_version_than_the_one_asked_for_is_wrong_whatever_the_table_says() {
        let expected = (State::Wrong, "Meta answers as Graph API v21.0 instead of v19.0".to_owned());
        assert_eq!(told("v19.0", Some("v21.0"), 0), expected);
        assert_eq!(told("v25.0", Some("v26.0"), 0).0, State::Wrong);
    }

    #[test]
    fn a_version_nobody_tested_is_said() {
        assert_eq!(told("v27.0", Some("v27.0"), 0).0, State::Waiting);
    }
}
