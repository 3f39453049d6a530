//! What can be turned on and off from outside.

use serde::{Deserialize, Serialize};

use crate::webhooks::WebhookSwitches;

/// How the dialog answers whatever the person does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DialogOutcome {
    /// As the person chose.
    #[default]
    AsChosen,
    /// As if the person pressed Cancel (Meta reference §3.1).
    Cancel,
    /// `error_code` and `error_message` without `error`: the platform errors such as 1349126.
    ErrorCode(u32),
    /// A redirect with an empty query string.
    EmptyQuery,
    /// One of the pages shown inside Facebook, by its short name (Meta reference §3.2).
    Page(String),
}

/// When Embedded Signup posts its message to the opener (Meta reference §2.6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupMessage {
    /// Before the `FB.login` callback.
    #[default]
    Before,
    /// After it.
    After,
    /// Never.
    Missing,
    /// The message arrives, the callback does not.
    Only,
}

/// Calls allowed per rolling hour (Meta reference §9.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budgets {
    /// By the app, all users together: error 4.
    pub app: u32,
    /// By one user's token: error 17.
    pub user: u32,
    /// By one Page's token: error 32.
    pub page: u32,
    /// On one WABA: error 80008.
    pub whatsapp: u32,
    /// On one ad account: error 80004.
    pub ads: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { app: 200_000, user: 20_000, page: 48_000, whatsapp: 5_000, ads: 100_000 }
    }
}

/// Behaviour that tests and teachers change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Milliseconds added to each Graph answer.
    pub latency_ms: u64,
    /// Largest number of rows in any list, whatever `limit` says.
    pub page_size: Option<usize>,
    /// Rows one call may render, nested ones included; more and it answers code 1, "Please reduce the amount of data".
    pub most_rows: usize,
    /// The SDK refuses pages served over plain http.
    pub refuse_http_pages: bool,
    /// `sdk.js` is not there, as behind an ad blocker.
    pub sdk_missing: bool,
    /// Dialog pages cut the tie to the page that opened them, as some in-app browsers do: the popup looks closed at once.
    pub sever_opener: bool,
    /// Expired versions are served by the oldest living one; otherwise they are unknown paths.
    pub fall_forward: bool,
    /// Id of the person logged in at the dialog; the world's first one when absent.
    pub persona: Option<String>,
    /// The dialog's answer.
    pub dialog: DialogOutcome,
    /// Order of the Embedded Signup message.
    pub signup_message: SignupMessage,
    /// The step a cancelled Embedded Signup reports.
    pub signup_cancel_step: String,
    /// A cancelled Embedded Signup reports this error, as when the person presses "report error".
    pub signup_error: Option<String>,
    /// A wrong `redirect_uri` burns the code (Meta reference §13, point 2: not known).
    pub mismatch_burns_code: bool,
    /// Rate limits.
    pub budgets: Budgets,
    /// Seconds to wait after a wrong two-step PIN; a guess before answers 133009.
    pub pin_pause: i64,
    /// Seconds that the token of an exchange for a long-lived one lives; sixty days when absent.
    pub exchanged_token_seconds: Option<i64>,
    /// The number of the failure that was provoked last.
    pub failure: Option<u8>,
    /// How webhooks are delivered.
    pub webhooks: WebhookSwitches,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            latency_ms: 0,
            page_size: None,
            most_rows: 5_000,
            refuse_http_pages: true,
            sdk_missing: false,
            sever_opener: false,
            fall_forward: true,
            persona: None,
            dialog: DialogOutcome::AsChosen,
            signup_message: SignupMessage::Before,
            signup_cancel_step: "PHONE_NUMBER_SETUP".into(),
            signup_error: None,
            mismatch_burns_code: false,
            budgets: Budgets::default(),
            pin_pause: 0,
            exchanged_token_seconds: None,
            failure: None,
            webhooks: WebhookSwitches::default(),
        }
    }
}
