//! One round of questions about the assets of a connection, many in one request (Meta reference §5.4, §5.6, §6).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    batch::{BATCH_LIMIT, BatchItem},
    error::{LimitScope, MetaError, MetaErrorKind},
    graph::{GraphClient, decode},
    ids::{AdAccountId, AppId, PageId, PhoneNumberId, WabaId},
    paging::{ListPage, Listing, PAGE_SIZE},
    subscriptions::{PageSubscription, WabaRow, WabaSubscription},
    token::AccessToken,
};

/// A question about an asset.
#[derive(Debug, Clone)]
pub enum Question<'a> {
    /// How the app is installed on a Page, with the Page's token.
    PageApps(&'a PageId, &'a AccessToken),
    /// On which Pages the person has a role, and what the role allows.
    Tasks,
    /// How the app is subscribed to a WhatsApp account.
    WabaApps(&'a WabaId),
    /// The numbers of a WhatsApp account.
    Numbers(&'a WabaId),
    /// The state of an ad account.
    AdAccount(&'a AdAccountId),
}

/// The answer to a [`Question`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// How the app is installed; `None` when it is not.
    PageApps(Option<PageSubscription>),
    /// The tasks by Page; a Page that is not in it is reached by other ways.
    Tasks(HashMap<PageId, Vec<String>>),
    /// How the app is subscribed; `None` when it is not.
    WabaApps(Option<WabaSubscription>),
    /// Every number.
    Numbers(Vec<NumberState>),
    /// Meta's `account_status`; 1 is active.
    AdAccount(Option<i64>),
}

/// What Meta says of a number; the values are Meta's own (Meta reference §5.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NumberState {
    /// Which number.
    pub id: PhoneNumberId,
    /// `CONNECTED` when it can send.
    #[serde(default)]
    pub status: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, `NA`.
    #[serde(default)]
    pub quality_rating: Option<String>,
    /// How the review of its display name stands.
    #[serde(default)]
    pub name_status: Option<String>,
    /// Whether it was verified by code.
    #[serde(default)]
    pub code_verification_status: Option<String>,
    /// `CLOUD_API`, or `NOT_APPLICABLE` for a number that is not registered.
    #[serde(default)]
    pub platform_type: Option<String>,
    /// How many customers it may write to first in 24 hours.
    #[serde(default, alias = "messaging_limit_tier")]
    pub whatsapp_business_manager_messaging_limit: Option<String>,
    /// How fast it may send.
    #[serde(default)]
    pub throughput: Option<Throughput>,
    /// Where Meta sends its messages.
    #[serde(default)]
    pub webhook_configuration: Option<WebhookConfiguration>,
}

/// How fast a number may send.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Throughput {
    /// `STANDARD` or `HIGH`.
    #[serde(default)]
    pub level: Option<String>,
}

/// Where Meta sends the messages of a number, by level; the most specific one counts (Meta reference §6.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct WebhookConfiguration {
    /// The number's own.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// The WhatsApp account's.
    #[serde(default)]
    pub whatsapp_business_account: Option<String>,
    /// The app's.
    #[serde(default)]
    pub application: Option<String>,
}

#[derive(Deserialize)]
struct TaskRow {
    id: PageId,
    #[serde(default)]
    tasks: Vec<String>,
}

#[derive(Deserialize)]
struct AdAccountRow {
    #[serde(default)]
    account_status: Option<i64>,
}

impl GraphClient {
    /// Asks all questions, fifty in a request, the person's or system user's with `token`. Between requests it stops when the
    /// app has used `most` percent of its budget: what was not asked then answers as a limit.
    ///
    /// # Errors
    /// When a request as a whole fails. What Meta says of one question is that question's own answer.
    pub async fn ask_all(
        &self,
        token: &AccessToken,
        questions: &[Question<'_>],
        most: f64,
    ) -> Result<Vec<Result<Answer, MetaError>>, MetaError> {
        let mut answers = Vec::with_capacity(questions.len());
        for some in questions.chunks(BATCH_LIMIT) {
            if self.app_budget_used() >= most {
                let wait = || MetaError::own(MetaErrorKind::Limit(LimitScope::App), "left for later");
                answers.extend(some.iter().map(|_| Err(wait())));
                continue;
            }
            let items: Vec<BatchItem> = some.iter().map(|question| self.item(question)).collect();
            let values = self.batch::<Value>("{health}", token, &items).await?;
            for (question, value) in some.iter().zip(values) {
                let answer = match value {
                    Ok(value) => self.answer(question, value, token).await,
                    Err(error) => Err(error),
                };
                answers.push(answer);
            }
        }
        Ok(answers)
    }

    fn item(&self, question: &Question<'_>) -> BatchItem {
        let limit = PAGE_SIZE.to_string();
        match question {
            Question::PageApps(page, token) => {
                let fields = [("fields", "id,name,subscribed_fields"), ("limit", &limit)];
                BatchItem::get(&format!("{page}/subscribed_apps"), &fields).with_token(token)
            }
            Question::Tasks => BatchItem::get("me/accounts", &[("fields", "id,tasks"), ("limit", &limit)]),
            Question::WabaApps(waba) => BatchItem::get(&format!("{waba}/subscribed_apps"), &[("limit", &limit)]),
            Question::Numbers(waba) => {
                let fields = self.number_fields();
                BatchItem::get(&format!("{waba}/phone_numbers"), &[("fields", &fields), ("limit", &limit)])
            }
            Question::AdAccount(account) => BatchItem::get(account.as_str(), &[("fields", "id,account_status")]),
        }
    }

    /// The field of the messaging limit changed its name in v24 (Meta reference §1).
    fn number_fields(&self) -> String {
        let limit = match self.app.graph_version.major() {
            ..24 => "messaging_limit_tier",
            24.. => "whatsapp_business_manager_messaging_limit",
        };
        format!(
            "id,status,quality_rating,name_status,code_verification_status,platform_type,throughput,webhook_configuration,{limit}"
        )
    }

    /// Reads an answer; the rows beyond the first hundred of a list cost further calls.
    async fn answer(&self, question: &Question<'_>, value: Value, token: &AccessToken) -> Result<Answer, MetaError> {
        Ok(match question {
            Question::PageApps(page, page_token) => {
                let path = format!("{page}/subscribed_apps");
                let listing = Listing::new("{page}/subscribed_apps", path, "id,name,subscribed_fields", page_token);
                let apps: Vec<PageSubscription> = self.list_from(decode(value)?, &listing, |_| ()).await.complete()?;
                Answer::PageApps(apps.into_iter().find(|app| self.is_own(&app.id)))
            }
            Question::Tasks => {
                let first: ListPage = decode(value)?;
                let listing = Listing::new("me/accounts", "me/accounts", "id,tasks", token);
                let rows: Vec<TaskRow> = self.list_from(first, &listing, |_| ()).await.complete()?;
                Answer::Tasks(rows.into_iter().map(|row| (row.id, row.tasks)).collect())
            }
            Question::WabaApps(waba) => {
                let listing = Listing::new("{waba}/subscribed_apps", format!("{waba}/subscribed_apps"), "", token);
                let rows: Vec<WabaRow> = self.list_from(decode(value)?, &listing, |_| ()).await.complete()?;
                Answer::WabaApps(self.own_subscription(rows))
            }
            Question::Numbers(waba) => {
                let path = format!("{waba}/phone_numbers");
                let listing = Listing::new("{waba}/phone_numbers", path, self.number_fields(), token);
                Answer::Numbers(self.list_from(decode(value)?, &listing, |_| ()).await.complete()?)
            }
            Question::AdAccount(_) => Answer::AdAccount(decode::<AdAccountRow>(value)?.account_status),
        })
    }

    fn is_own(&self, app: &AppId) -> bool {
        *app == self.app.app_id
    }
}
