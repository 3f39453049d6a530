//! What waits to be sent, what was sent, and what nobody heard of.

use std::collections::{BTreeMap, VecDeque};

use axum::body::Bytes;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};

use super::audience::{self, Silence};
use super::delivery::{Attempt, Delivery, DeliveryKind, PendingDelivery};
use super::envelope::envelope;
use super::escape::escaped;
use super::signature::Signature;
use super::update::Update;
use crate::state::State;

/// Attempts kept, by number and by bytes of their bodies.
const MOST: usize = 5_000;
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Unheard updates kept.
const MOST_UNHEARD: usize = 1_000;
/// Largest body (Meta reference §7.2).
const LARGEST: usize = 3_000_000;

/// An update nobody was told of, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unheard {
    /// Unix seconds.
    pub at: i64,
    /// The update.
    pub update: Update,
    /// Why.
    pub why: Silence,
}

/// What Meta tells the app's owner about a failing callback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Unix seconds.
    pub at: i64,
    /// Webhook object.
    pub object: String,
    /// The callback that fails.
    pub callback_url: String,
    /// The app's webhook was switched off; otherwise this is the warning before.
    pub disabled: bool,
}

/// A callback that fails.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failing {
    pub(super) since: i64,
    pub(super) warned: bool,
}

/// Everything about webhooks that changes.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    /// Updates not yet in a body, with the app that tells of them and the callback they go to.
    waiting: Vec<(String, String, Update)>,
    pub(super) deliveries: Vec<Delivery>,
    attempts: VecDeque<Attempt>,
    attempt_bytes: usize,
    unheard: VecDeque<Unheard>,
    pub(super) warnings: Vec<Warning>,
    pub(super) failing: BTreeMap<(String, String), Failing>,
    next_delivery: u64,
    next_attempt: u64,
}

impl Outbox {
    /// Queue a body as it is.
    pub(crate) fn add(&mut self, mut delivery: Delivery) -> u64 {
        self.next_delivery += 1;
        delivery.id = self.next_delivery;
        self.deliveries.push(delivery);
        self.next_delivery
    }

    /// Number and keep an attempt; the oldest go when there are too many.
    pub(super) fn keep(&mut self, mut attempt: Attempt) -> u64 {
        self.next_attempt += 1;
        attempt.id = self.next_attempt;
        self.attempt_bytes += attempt.body.len();
        self.attempts.push_back(attempt);
        while self.attempts.len() > MOST || (self.attempt_bytes > MOST_BYTES && self.attempts.len() > 1) {
            if let Some(oldest) = self.attempts.pop_front() {
                self.attempt_bytes -= oldest.body.len();
            }
        }
        self.next_attempt
    }

    pub(crate) fn attempts(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter()
    }

    pub(crate) fn unheard(&self) -> impl DoubleEndedIterator<Item = &Unheard> {
        self.unheard.iter()
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Forget what was sent and what was not heard; what waits stays.
    pub(crate) fn clear(&mut self) {
        self.attempts.clear();
        self.attempt_bytes = 0;
        self.unheard.clear();
        self.warnings.clear();
    }

    /// Updates that are in no body yet.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn pending(&self) -> Vec<PendingDelivery> {
        self.deliveries
            .iter()
            .map(|delivery| PendingDelivery {
                id: delivery.id,
                object: delivery.object.clone(),
                callback_url: delivery.callback_url.clone(),
                updates: delivery.updates,
                tries: delivery.tries,
                next_at: delivery.next_at,
            })
            .collect()
    }

    /// Unix seconds of the next try; `0` when updates wait for a body.
    pub(crate) fn next_at(&self) -> Option<i64> {
        if !self.waiting.is_empty() {
            return Some(0);
        }
        self.deliveries.iter().map(|delivery| delivery.next_at).min()
    }

    /// Take up to `most` deliveries that are due, the longest due first.
    pub(super) fn take_due(&mut self, now: i64, most: usize) -> Vec<Delivery> {
        self.deliveries.sort_by_key(|delivery| (delivery.next_at, delivery.id));
        let due = self.deliveries.iter().take_while(|delivery| delivery.next_at <= now).count();
        self.deliveries.drain(..due.min(most.max(1))).collect()
    }
}

impl State {
    /// Something happened: queue it for whoever hears of it. The answer says why nobody does.
    pub(crate) fn emit(&mut self, update: Update) -> Result<(), Silence> {
        let mut heard = Vec::new();
        let mut why = None;
        for app in self.app_ids() {
            match self.acting(&app, |state| audience::callback(state, &update)) {
                Ok(url) => heard.push((app, url)),
                // What the first app says stands for all that are silent.
                Err(silence) => why = why.or(Some(silence)),
            }
        }
        let answer = why.filter(|_| heard.is_empty()).map_or(Ok(()), Err);
        self.outbox.waiting.extend(heard.into_iter().map(|(app, url)| (app, url, update.clone())));
        if let Err(why) = answer {
            if self.outbox.unheard.len() >= MOST_UNHEARD {
                self.outbox.unheard.pop_front();
            }
            let at = self.now();
            self.outbox.unheard.push_back(Unheard { at, update, why });
        }
        self.touch();
        answer
    }

    /// Queue an update for this callback whoever is subscribed.
    pub(crate) fn emit_to(&mut self, callback_url: String, update: Update) {
        let app = self.world.app.id.clone();
        self.outbox.waiting.push((app, callback_url, update));
        self.touch();
    }

    /// Put waiting updates into bodies, as the switches say: shuffled, batched, duplicated.
    pub(super) fn form_bodies(&mut self) {
        let switches = self.switches.webhooks.clone();
        let mut waiting = std::mem::take(&mut self.outbox.waiting);
        if switches.shuffle {
            waiting.shuffle(&mut self.rng);
        }
        // By app, callback and object, in the order in which each first occurred.
        let mut groups: Vec<((String, String, String), Vec<Update>)> = Vec::new();
        for (app, url, update) in waiting {
            let key = (app, url, update.object.clone());
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, updates)) => updates.push(update),
                None => groups.push((key, vec![update])),
            }
        }
        let now = self.now();
        let mut formed = Vec::new();
        for ((app, url, object), updates) in groups {
            for updates in chunks(updates, switches.batch.clamp(1, 1_000)) {
                let body = escaped(&envelope(&object, &updates, now), switches.escape_more);
                let delivery = Delivery { app: app.clone(), ..webhook(&object, &url, body.into(), &updates, now) };
                formed.extend((0..=switches.duplicates).map(|_| delivery.clone()));
            }
        }
        if switches.shuffle {
            formed.shuffle(&mut self.rng);
        }
        for delivery in formed {
            self.outbox.add(delivery);
        }
    }
}

/// At most so many updates to a body, and no body above 3 MB unless one update alone is.
fn chunks(updates: Vec<Update>, most: usize) -> Vec<Vec<Update>> {
    let mut all: Vec<Vec<Update>> = Vec::new();
    let mut bytes = 0;
    for update in updates {
        let size = escaped(&update.value, true).len() + 150;
        match all.last_mut() {
            Some(chunk) if chunk.len() < most && bytes + size < LARGEST => {
                bytes += size;
                chunk.push(update);
            }
            _ => {
                bytes = size;
                all.push(vec![update]);
            }
        }
    }
    all
}

fn webhook(object: &str, url: &str, body: Bytes, updates: &[Update], now: i64) -> Delivery {
    let mut fields: Vec<String> = Vec::new();
    let mut threads: Vec<String> = Vec::new();
    for update in updates {
        if !fields.contains(&update.field) {
            fields.push(update.field.clone());
        }
        threads.extend(update.thread.clone().filter(|thread| !threads.contains(thread)));
    }
    Delivery {
        id: 0,
        app: String::new(),
        kind: DeliveryKind::Webhook,
        object: object.to_owned(),
        callback_url: url.to_owned(),
        body,
        signature: Signature::Right,
        updates: updates.len(),
        fields,
        threads,
        tries: 0,
        created_at: now,
        next_at: now,
    }
}
