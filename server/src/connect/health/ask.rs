//! The questions of a round, each once, and their answers by what they are about.

use std::collections::{BTreeSet, HashMap};

use crate::{
    asset_kind::AssetKind,
    connect::{credentials::Tokens, upkeep::LEAVE_FROM},
    db::assets::Asset,
    meta::{
        AdAccountId, Answer, GraphClient, IgUserId, MetaError, MetaErrorKind, NumberState, PageId, PageSubscription,
        Question, WabaId, WabaSubscription,
    },
};

/// What came of a question.
pub(super) type Told<T> = Result<T, MetaError>;

/// The answers of a round. What was not asked is not in it.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) page_apps: HashMap<String, Told<Option<PageSubscription>>>,
    /// The tasks by Page, as far as Meta told.
    pub(super) tasks: HashMap<String, Vec<String>>,
    pub(super) waba_apps: HashMap<String, Told<Option<WabaSubscription>>>,
    pub(super) numbers: HashMap<String, Told<Vec<NumberState>>>,
    pub(super) ad_accounts: HashMap<String, Told<Option<i64>>>,
    /// The fields by account, of those that signed in themselves.
    pub(super) instagram: HashMap<String, Told<Option<Vec<String>>>>,
    refusal: Option<MetaError>,
    again: bool,
}

impl Answers {
    /// Why Meta refuses the person's or system user's token, when it does: a Page's own token can die alone.
    pub(super) fn refusal(&self) -> Option<&MetaError> {
        self.refusal.as_ref()
    }

    /// Whether some answer may be another one soon.
    pub(super) fn again(&self) -> bool {
        self.again
    }

    fn take(&mut self, question: &Question<'_>, answer: Told<Answer>) {
        if let Err(error) = &answer
            && error.is_credential()
            && !matches!(question, Question::PageApps(..))
        {
            self.refusal.get_or_insert_with(|| error.clone());
        }
        self.again |= answer.as_ref().is_err_and(passing);
        match question {
            Question::PageApps(page, _) => {
                let told = answer.map(|answer| if let Answer::PageApps(apps) = answer { apps } else { None });
                self.page_apps.insert(page.to_string(), told);
            }
            Question::Tasks => {
                // Optional: who has which role is told where Meta tells it.
                if let Ok(Answer::Tasks(tasks)) = answer {
                    self.tasks = tasks.into_iter().map(|(page, tasks)| (page.to_string(), tasks)).collect();
                }
            }
            Question::WabaApps(waba) => {
                let told = answer.map(|answer| if let Answer::WabaApps(apps) = answer { apps } else { None });
                self.waba_apps.insert(waba.to_string(), told);
            }
            Question::Numbers(waba) => {
                let told = answer.map(|answer| if let Answer::Numbers(all) = answer { all } else { Vec::new() });
                self.numbers.insert(waba.to_string(), told);
            }
            Question::AdAccount(account) => {
                let told = answer.map(|answer| if let Answer::AdAccount(status) = answer { status } else { None });
                self.ad_accounts.insert(account.to_string(), told);
            }
        }
    }
}

/// Whether the answer may be another one soon.
fn passing(error: &MetaError) -> bool {
    error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_))
}

/// Asks about the account that a token of Instagram Login speaks for.
async fn ask_instagram(graph: &GraphClient, tokens: &Tokens, assets: &[Asset]) -> Answers {
    let mut answers = Answers::default();
    for asset in assets {
        let Ok(account) = asset.meta_id.parse::<IgUserId>() else { continue };
        let told = graph.instagram_subscription(&account, &tokens.main).await;
        if let Err(error) = &told {
            answers.again |= passing(error);
            answers.refusal = error.is_credential().then(|| error.clone());
        }
        answers.instagram.insert(asset.meta_id.clone(), told);
    }
    answers
}

/// Asks about `assets`: a question for each Page, two for each WhatsApp account however many numbers it has, one for each ad
/// account, and one about the person's roles on Pages.
pub(super) async fn ask(graph: &GraphClient, tokens: &Tokens, assets: &[Asset]) -> Result<Answers, MetaError> {
    if graph.app().is_instagram() {
        return Ok(ask_instagram(graph, tokens, assets).await);
    }
    let carriers = |kinds: [AssetKind; 2]| -> BTreeSet<&str> {
        let of = assets.iter().filter(|asset| kinds.contains(&asset.kind));
        of.filter_map(|asset| match asset.kind {
            AssetKind::InstagramAccount | AssetKind::WhatsappNumber => asset.parent_meta_id.as_deref(),
            _ => Some(asset.meta_id.as_str()),
        })
        .collect()
    };
    let pages: Vec<(PageId, _)> = carriers([AssetKind::FacebookPage, AssetKind::InstagramAccount])
        .into_iter()
        .filter_map(|page| Some((page.parse().ok()?, tokens.page(page)?)))
        .collect();
    let wabas: Vec<WabaId> = carriers([AssetKind::WhatsappAccount, AssetKind::WhatsappNumber])
        .into_iter()
        .filter_map(|waba| waba.parse().ok())
        .collect();
    let accounts: Vec<AdAccountId> = assets
        .iter()
        .filter(|asset| asset.kind == AssetKind::AdAccount)
        .filter_map(|asset| asset.meta_id.parse().ok())
        .collect();
    let mut questions: Vec<Question<'_>> = Vec::new();
    questions.extend((!pages.is_empty()).then_some(Question::Tasks));
    questions.extend(pages.iter().map(|(page, token)| Question::PageApps(page, token)));
    questions.extend(wabas.iter().map(Question::WabaApps));
    questions.extend(wabas.iter().map(Question::Numbers));
    questions.extend(accounts.iter().map(Question::AdAccount));
    let mut answers = Answers::default();
    for (question, answer) in questions.iter().zip(graph.ask_all(&tokens.main, &questions, LEAVE_FROM).await?) {
        answers.take(question, answer);
    }
    Ok(answers)
}
