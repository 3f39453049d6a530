//! The one table that says what each of Meta's codes means (Meta reference §4.1, §4.9, §6.3, §8.4, §9.2).

use super::{
    BadRequestProblem as Bad, ConfigProblem as Config, CredentialProblem as Credential, LimitScope as Limited,
    MetaErrorKind as Kind, PolicyProblem as Policy, parse::Fault,
};

/// What a call carried, because some codes mean another thing without a person's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::meta) enum Context {
    /// A token of a person, a Page or a system user; or what becomes one, where tokens are exchanged.
    Token,
    /// The app's own token: a refusal is about the app's set-up, never about a connection.
    AppToken,
}

/// One line of the table. The first line that fits wins, so special cases stand before general ones.
#[derive(Clone, Copy)]
struct Row {
    from: i64,
    to: i64,
    subcode: Option<i64>,
    /// A part of the message, in lower case; empty fits any.
    says: &'static str,
    context: Option<Context>,
    kind: Kind,
}

const fn row(code: i64, kind: Kind) -> Row {
    Row { from: code, to: code, subcode: None, says: "", context: None, kind }
}

const fn span(from: i64, to: i64, kind: Kind) -> Row {
    Row { to, ..row(from, kind) }
}

const fn sub(code: i64, subcode: i64, kind: Kind) -> Row {
    Row { subcode: Some(subcode), ..row(code, kind) }
}

const fn says(code: i64, says: &'static str, kind: Kind) -> Row {
    Row { says, ..row(code, kind) }
}

const fn at(context: Context, row: Row) -> Row {
    Row { context: Some(context), ..row }
}

static TABLE: &[Row] = &[
    // The app's own set-up.
    // At the token endpoint too code 1 is an outage unless its words say otherwise (Meta reference §4.1, §9.2).
    says(1, "client secret", Kind::Configuration(Config::AppSecret)),
    at(Context::AppToken, row(190, Kind::Configuration(Config::AppSecret))),
    at(Context::AppToken, row(102, Kind::Configuration(Config::AppSecret))),
    at(Context::AppToken, row(104, Kind::Configuration(Config::AppSecret))),
    at(Context::AppToken, row(0, Kind::Configuration(Config::AppSecret))),
    at(Context::AppToken, says(2500, "active access token", Kind::Configuration(Config::AppSecret))),
    at(Context::AppToken, says(100, "app access token", Kind::Configuration(Config::AppSecret))),
    row(3, Kind::Configuration(Config::Capability)),
    row(101, Kind::Configuration(Config::AppId)),
    row(191, Kind::Configuration(Config::RedirectUri)),
    span(2200, 2201, Kind::Configuration(Config::WebhookHandshake)),
    row(2635, Kind::Configuration(Config::Version)),
    says(2500, "unknown path", Kind::Configuration(Config::Version)),
    row(1_349_126, Kind::Configuration(Config::AppInactive)),
    row(1_349_187, Kind::Configuration(Config::AppInactive)),
    says(100, "invalid appsecret_proof", Kind::Configuration(Config::ProofInvalid)),
    says(100, "appsecret_proof", Kind::Configuration(Config::ProofMissing)),
    // Where Instagram's codes are exchanged, every refusal has the code 400, and only its words tell which.
    says(400, "platform app", Kind::Configuration(Config::AppId)),
    says(400, "client_id", Kind::Configuration(Config::AppId)),
    says(400, "client secret", Kind::Configuration(Config::AppSecret)),
    says(400, "client_secret", Kind::Configuration(Config::AppSecret)),
    says(400, "redirect_uri", Kind::BadRequest(Bad::RedirectMismatch)),
    says(400, "used", Kind::BadRequest(Bad::CodeUsed)),
    says(400, "expired", Kind::BadRequest(Bad::CodeExpired)),
    says(400, "code", Kind::BadRequest(Bad::CodeInvalid)),
    // Budgets. WhatsApp's and the Graph's both come as HTTP 400.
    sub(4, 2_018_354, Kind::Limit(Limited::Asset)),
    row(4, Kind::Limit(Limited::App)),
    row(341, Kind::Limit(Limited::App)),
    row(17, Kind::Limit(Limited::Person)),
    row(613, Kind::Limit(Limited::Asset)),
    row(32, Kind::Limit(Limited::Asset)),
    row(9, Kind::Limit(Limited::Asset)),
    span(80_000, 80_009, Kind::Limit(Limited::Asset)),
    row(80_014, Kind::Limit(Limited::Asset)),
    row(130_429, Kind::Limit(Limited::Throughput)),
    row(131_056, Kind::Limit(Limited::Recipient)),
    row(131_048, Kind::Limit(Limited::Spam)),
    row(133_008, Kind::Limit(Limited::Registration)),
    row(133_009, Kind::Limit(Limited::Registration)),
    row(133_016, Kind::Limit(Limited::Registration)),
    // Passing faults.
    says(1, "reduce the amount of data", Kind::BadRequest(Bad::TooMuchData)),
    row(1, Kind::Transient),
    row(2, Kind::Transient),
    row(131_000, Kind::Transient),
    row(131_016, Kind::Transient),
    row(131_057, Kind::Transient),
    row(133_004, Kind::Transient),
    row(133_015, Kind::Transient),
    row(134_102, Kind::Transient),
    // Tokens.
    sub(190, 458, Kind::Credential(Credential::AppRemoved)),
    sub(190, 459, Kind::Credential(Credential::Checkpoint)),
    sub(190, 460, Kind::Credential(Credential::PasswordChanged)),
    sub(190, 463, Kind::Credential(Credential::Expired)),
    sub(190, 464, Kind::Credential(Credential::Unconfirmed)),
    sub(190, 467, Kind::Credential(Credential::LoggedOut)),
    sub(190, 492, Kind::Credential(Credential::PageRoleLost)),
    says(190, "parse access token", Kind::Credential(Credential::Malformed)),
    says(190, "malformed", Kind::Credential(Credential::Malformed)),
    says(190, "bad signature", Kind::Credential(Credential::Malformed)),
    says(190, "expired", Kind::Credential(Credential::Expired)),
    row(190, Kind::Credential(Credential::Invalid)),
    row(102, Kind::Credential(Credential::Invalid)),
    row(0, Kind::Credential(Credential::Invalid)),
    row(104, Kind::Credential(Credential::Missing)),
    says(2500, "active access token", Kind::Credential(Credential::Missing)),
    row(2500, Kind::BadRequest(Bad::Parameter)),
    // Rules of messaging, before the permissions that share their codes.
    sub(10, 2_018_278, Kind::Policy(Policy::OutsideWindow)),
    sub(10, 2_534_022, Kind::Policy(Policy::OutsideWindow)),
    sub(10, 2_018_065, Kind::Policy(Policy::OutsideWindow)),
    sub(10, 2_018_108, Kind::Policy(Policy::OutsideWindow)),
    sub(10, 1_893_063, Kind::Policy(Policy::PageRestricted)),
    sub(200, 1_545_041, Kind::Policy(Policy::PersonUnavailable)),
    row(551, Kind::Policy(Policy::PersonUnavailable)),
    row(131_047, Kind::Policy(Policy::OutsideWindow)),
    row(131_026, Kind::Policy(Policy::Undeliverable)),
    row(131_049, Kind::Policy(Policy::HeldBack)),
    row(131_050, Kind::Policy(Policy::OptedOut)),
    row(131_042, Kind::Policy(Policy::Payment)),
    row(131_031, Kind::Policy(Policy::AccountLocked)),
    row(368, Kind::Policy(Policy::ActionBlocked)),
    row(130_497, Kind::Policy(Policy::Country)),
    row(131_037, Kind::Policy(Policy::DisplayName)),
    row(131_030, Kind::Policy(Policy::TestRecipient)),
    row(132_015, Kind::Policy(Policy::TemplatePaused)),
    row(132_016, Kind::Policy(Policy::TemplatePaused)),
    // Permissions.
    row(10, Kind::Permission),
    span(200, 299, Kind::Permission),
    row(131_005, Kind::Permission),
    // Objects.
    row(33, Kind::NotFound),
    sub(100, 33, Kind::NotFound),
    row(803, Kind::NotFound),
    // Requests that cannot succeed as they are.
    sub(100, 36_007, Kind::BadRequest(Bad::CodeExpired)),
    sub(100, 36_008, Kind::BadRequest(Bad::RedirectMismatch)),
    sub(100, 36_009, Kind::BadRequest(Bad::CodeUsed)),
    sub(100, 2_018_001, Kind::BadRequest(Bad::UnknownRecipient)),
    sub(100, 2_534_014, Kind::BadRequest(Bad::UnknownRecipient)),
    sub(100, 2_018_047, Kind::BadRequest(Bad::Media)),
    sub(100, 2_018_034, Kind::BadRequest(Bad::EmptyMessage)),
    says(100, "verification code", Kind::BadRequest(Bad::CodeInvalid)),
    says(100, "nonexisting field", Kind::BadRequest(Bad::UnknownField)),
    says(100, "before override", Kind::BadRequest(Bad::OverrideBeforeSubscription)),
    row(100, Kind::BadRequest(Bad::Parameter)),
    row(506, Kind::BadRequest(Bad::Duplicate)),
    row(1_752_041, Kind::BadRequest(Bad::Duplicate)),
    row(131_021, Kind::BadRequest(Bad::SelfMessage)),
    span(132_000, 132_014, Kind::BadRequest(Bad::Template)),
    row(133_000, Kind::BadRequest(Bad::DeregistrationUnfinished)),
    row(133_005, Kind::BadRequest(Bad::WrongPin)),
    row(133_006, Kind::BadRequest(Bad::NumberUnverified)),
    row(133_010, Kind::BadRequest(Bad::NumberNotRegistered)),
    row(136_024, Kind::BadRequest(Bad::CodeNotSent)),
    row(136_025, Kind::BadRequest(Bad::WrongCode)),
    row(131_045, Kind::BadRequest(Bad::NumberNotRegistered)),
    row(2_593_107, Kind::BadRequest(Bad::SyncOver)),
    row(2_593_108, Kind::BadRequest(Bad::SyncOver)),
    row(2_593_109, Kind::BadRequest(Bad::SyncOver)),
    span(131_008, 131_009, Kind::BadRequest(Bad::Parameter)),
    span(131_051, 131_053, Kind::BadRequest(Bad::Media)),
];

/// What a fault means. The order is that of the Meta reference (§9.2, end) with one change: a used-up budget counts
/// before `is_transient`, because Meta sets that flag on throttles too and repeating at once makes them longer.
pub(super) fn classify(fault: &Fault, http_status: Option<u16>, context: Context) -> Kind {
    if says_too_many_in_batch(fault) {
        return Kind::BadRequest(Bad::BatchTooLarge);
    }
    match (lookup(fault, context), fault.is_transient) {
        (Some(Kind::Limit(scope)), _) => Kind::Limit(scope),
        (_, true) => Kind::Transient,
        (Some(kind), false) => kind,
        (None, false) => by_status(http_status),
    }
}

fn lookup(fault: &Fault, context: Context) -> Option<Kind> {
    let code = fault.code?;
    let message = fault.message.to_lowercase();
    TABLE
        .iter()
        .find(|row| {
            (row.from..=row.to).contains(&code)
                && (row.subcode.is_none() || row.subcode == fault.subcode)
                && (row.context.is_none() || row.context == Some(context))
                && message.contains(row.says)
        })
        .map(|row| row.kind)
}

fn says_too_many_in_batch(fault: &Fault) -> bool {
    fault.message.contains("requests in batch")
}

/// What a refusal without a known code means: its HTTP status is all there is.
pub(super) fn by_status(http_status: Option<u16>) -> Kind {
    match http_status {
        Some(403) => Kind::Permission,
        Some(404 | 410) => Kind::NotFound,
        Some(408) => Kind::Transient,
        Some(429) => Kind::Limit(Limited::App),
        Some(500..) => Kind::Transient,
        _ => Kind::BadRequest(Bad::Other),
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
