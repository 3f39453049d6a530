//! Structures in words, for snapshots: what a person would see, without identifiers.

use std::{collections::BTreeMap, fmt::Write as _};

use server::{
    connect::{
        AttemptView,
        status::{Banner, Ladder, Overview, RungState},
    },
    words::Language,
};

/// An attempt with its assets.
pub(crate) fn attempt(view: &AttemptView) -> String {
    let mut text = format!("{:?} {:?}\n", view.phase, view.counts);
    if let Some(problem) = &view.problem {
        let told = problem.told(Language::En);
        writeln!(text, "problem {}: {} {} {}", told.code, told.what, told.why, told.todo).unwrap();
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
            let told = why.told(Language::En);
            write!(text, " (unusable: {} | {} | {})", told.code, told.what, told.todo).unwrap();
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
        RungState::Silent(..) => format!("{rung:?} silent"),
        RungState::NotYet => format!("{rung:?} not yet"),
    });
    rungs.collect::<Vec<_>>().join(", ")
}

/// The assets of a large attempt, counted by kind and by why they cannot be chosen.
pub(crate) fn tally(view: &AttemptView) -> String {
    let lines = view.assets.iter().map(|row| {
        let kind = row.asset.kind;
        match &row.unusable {
            Some(why) => format!("{kind:?} unusable: {} ({})", why.code, why.told(Language::En).todo),
            None => format!("{kind:?} usable"),
        }
    });
    format!("{:?} {:?}, {} unread\n{}", view.phase, view.counts, view.unread.len(), counted(lines))
}

/// The chosen assets of a large tenant, counted by kind and ladder.
pub(crate) fn ladders(overview: &Overview) -> String {
    counted(overview.assets.iter().map(|status| format!("{:?}: {}", status.asset.kind, ladder(&status.ladder))))
}

fn counted(lines: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    lines.for_each(|line| *counts.entry(line).or_default() += 1);
    counts.into_iter().fold(String::new(), |mut text, (line, count)| {
        writeln!(text, "{count} × {line}").unwrap();
        text
    })
}
