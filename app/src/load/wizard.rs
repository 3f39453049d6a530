//! What was found, grouped by business, with what belongs together side by side.

use super::evidence::{join, platform};
use super::status::describe;
use crate::dto::status::Permission;
use crate::dto::wizard::{AssetGroup, Choice, ChoiceState, Unread, Wizard};
use crate::visit::language;
use server::asset_kind::AssetKind;
use server::connect::discover::Relation;
use server::connect::signup::Onboarded;
use server::connect::{AssetDetail, AssetRow, AttemptView, is_movable};
use server::ids::AttemptId;
use std::collections::{HashMap, HashSet};

/// Up to so many usable assets are ticked at first: the person ticked them at Meta a moment ago.
const TICKED_AT_FIRST: usize = 12;

/// The wizard of an attempt.
pub fn wizard(view: &AttemptView, missing: Vec<Permission>, guest: bool) -> Wizard {
    let rows = || view.assets.iter().filter(|row| row.asset.kind != AssetKind::Business);
    let few = rows().filter(|row| row.unusable.is_none() && !row.held_elsewhere).count() <= TICKED_AT_FIRST;
    let onboarded = view.onboarded.as_ref();
    let mut builder = Builder { few, onboarded, attempt: &view.id, guest, children: HashMap::new() };
    let parents: HashSet<&str> = rows().map(|row| row.asset.meta_id.as_str()).collect();
    let is_child = |row: &AssetRow| row.asset.parent_meta_id.as_deref().is_some_and(|parent| parents.contains(parent));
    for row in rows().filter(|row| is_child(row)) {
        let parent = row.asset.parent_meta_id.as_deref().unwrap_or_default();
        builder.children.entry(parent).or_default().push(row);
    }
    let mut groups: Vec<(Option<&str>, AssetGroup)> = Vec::new();
    for row in view.assets.iter().filter(|row| row.asset.kind == AssetKind::Business) {
        groups.push((Some(&row.asset.meta_id), group_of(row)));
    }
    let other = AssetGroup {
        name: "Not in a business portfolio".into(),
        is_portfolio: false,
        note: String::new(),
        choices: Vec::new(),
    };
    groups.push((None, other));
    let mut heads: Vec<&AssetRow> = rows().filter(|row| !is_child(row)).collect();
    heads.sort_by_key(|row| row.asset.kind == AssetKind::AdAccount);
    for row in heads {
        let business = row.asset.business_meta_id.as_deref();
        let at = groups.iter().position(|(id, _)| *id == business).unwrap_or(groups.len() - 1);
        builder.push(&mut groups[at].1.choices, row);
    }
    Wizard {
        groups: groups.into_iter().map(|(_, group)| group).filter(|group| !group.choices.is_empty()).collect(),
        unread: view
            .unread
            .iter()
            .map(|u| {
                let why = u.why.told(language());
                Unread { what: u.what.clone(), why: join(&[&why.what, &why.todo]) }
            })
            .collect(),
        missing,
    }
}

fn group_of(row: &AssetRow) -> AssetGroup {
    let detail: AssetDetail = serde_json::from_str(&row.asset.detail).unwrap_or_default();
    let verified = match detail.verification_status.as_deref() {
        Some("verified") => ", verified",
        Some(_) => ", not verified",
        None => "",
    };
    AssetGroup {
        name: row.asset.name.clone(),
        is_portfolio: true,
        note: format!("business portfolio{verified}"),
        choices: Vec::new(),
    }
}

struct Builder<'a> {
    few: bool,
    /// What was set up a moment ago: then that alone is ticked.
    onboarded: Option<&'a Onboarded>,
    attempt: &'a AttemptId,
    /// A guest takes nothing over.
    guest: bool,
    children: HashMap<&'a str, Vec<&'a AssetRow>>,
}

impl Builder<'_> {
    /// Adds an asset and, after it, what belongs to it.
    fn push(&mut self, choices: &mut Vec<Choice>, row: &AssetRow) {
        let children = self.children.remove(row.asset.meta_id.as_str()).unwrap_or_default();
        choices.push(self.choice(row, false, children.is_empty()));
        choices.extend(children.into_iter().map(|child| self.choice(child, true, true)));
    }

    fn choice(&self, row: &AssetRow, nested: bool, alone: bool) -> Choice {
        let asset = &row.asset;
        let detail: AssetDetail = serde_json::from_str(&asset.detail).unwrap_or_default();
        let account = asset.kind == AssetKind::WhatsappAccount;
        let mut words = describe(asset.kind, &detail);
        if asset.kind == AssetKind::InstagramAccount && nested {
            words.push_str(" · linked to this Page");
        }
        if detail.relation == Some(Relation::Client) {
            words.push_str(" · shared with you");
        }
        if let Some(next) = &detail.next_step {
            words = format!("{words} · {}", next.told(language()).what);
        }
        Choice {
            id: asset.id.to_string(),
            platform: platform(asset.kind),
            name: asset.name.clone(),
            detail: words,
            nested,
            counts: !account,
            state: self.state(row, account && !alone),
        }
    }

    fn is_ticked_at_first(&self, row: &AssetRow) -> bool {
        match self.onboarded {
            Some(onboarded) => onboarded.holds(&row.asset),
            None => self.few,
        }
    }

    fn move_page(&self, row: &AssetRow) -> Option<String> {
        let may = !self.guest && is_movable(row.asset.kind);
        may.then(|| format!("/connect/{}/move/{}", self.attempt, row.asset.id))
    }

    fn state(&self, row: &AssetRow, heading: bool) -> ChoiceState {
        match &row.unusable {
            Some(why) => {
                let why = why.told(language());
                ChoiceState::Unusable { reason: join(&[&why.what, &why.why, &why.todo]) }
            }
            None if row.held_elsewhere => ChoiceState::HeldElsewhere { move_page: self.move_page(row) },
            None if heading => ChoiceState::Heading,
            None if row.asset.selected => ChoiceState::Connected,
            None => ChoiceState::Free { ticked: self.is_ticked_at_first(row) },
        }
    }
}
