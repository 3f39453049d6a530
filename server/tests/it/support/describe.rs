//! Structures in words, for snapshots: what a person would see, without identifiers.

use std::fmt::Write as _;

use server::connect::{
    AttemptView,
    status::{Banner, Ladder, Overview, RungState},
};

/// An attempt with its assets.
pub(crate) fn attempt(view: &AttemptView) -> String {
    let mut text = format!("{:?} {:?}\n", view.phase, view.counts);
    if let Some(problem) = &view.problem {
        writeln!(text, "problem {}: {} {} {}", problem.code, problem.what, problem.why, problem.todo).unwrap();
    }
    for unread in &view.unread {
        writeln!(text, "unread {}: {}", unread.what, unread.why.code).unwrap();
    }
    for row in &view.assets {
        let asset = &row.asset;
        write!(text, "{:?} {} \"{}\"", asset.kind, asset.meta_id, asset.name).unwrap();
        if let Some(parent) = &asset.parent_meta_id {
            write!(text, " of {parent}").unwrap();
        }
        if asset.selected {
            text.push_str(" (chosen)");
        }
        if row.held_elsewhere {
            text.push_str(" (held elsewhere)");
        }
        if let Some(why) = &row.unusable {
            write!(text, " (unusable: {} | {} | {})", why.code, why.what, why.todo).unwrap();
        }
        text.push('\n');
    }
    text
}

/// The status page.
pub(crate) fn overview(overview: &Overview) -> String {
    let mut text = match &overview.banner {
        Banner::Disconnected => "disconnected\n".to_owned(),
        Banner::Connected { clock, soon, person, .. } => format!("connected as {person}, {clock:?}, soon: {soon}\n"),
        Banner::Expired { at, person, .. } => format!("expired at {at:?}, {person}\n"),
        Banner::Error { problem, person, .. } => format!("refused: {}, {person}\n", problem.code),
    };
    for card in &overview.cards {
        let (accounts, numbers, problems) = (card.accounts, card.numbers, card.problems);
        writeln!(text, "{:?}: {accounts} accounts, {numbers} numbers, {problems} problems", card.channel).unwrap();
    }
    for status in &overview.assets {
        writeln!(text, "{:?} \"{}\": {}", status.asset.kind, status.asset.name, ladder(&status.ladder)).unwrap();
    }
    for view in &overview.connections {
        let missing = view.permissions.missing.join(" ");
        writeln!(text, "{:?} {} assets, {:?}, missing: {missing}", view.connection.status, view.assets, view.clock)
            .unwrap();
    }
    text
}

fn ladder(ladder: &Ladder) -> String {
    let rungs = ladder.rungs().iter().map(|(rung, state)| match state {
        RungState::Done(at) => format!("{rung:?} at {at:?}"),
        RungState::Failed(why, since) => format!("{rung:?} failed ({}) since {since:?}", why.code),
        RungState::Now => format!("{rung:?} now"),
        RungState::NotYet => format!("{rung:?} not yet"),
    });
    rungs.collect::<Vec<_>>().join(", ")
}
