//! The kinds of failure, grouped by what the caller can do.

/// What failed, by what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetaErrorKind {
    /// The token is no longer good: a person must connect again.
    Credential(CredentialProblem),
    /// The token is good and lacks a permission or a role: ask for it again.
    Permission,
    /// A budget is used up: wait.
    Limit(LimitScope),
    /// Meta had a passing fault: try again.
    Transient,
    /// The request cannot succeed as it is.
    BadRequest(BadRequestProblem),
    /// Meta's rules forbid it now.
    Policy(PolicyProblem),
    /// The object is gone or out of sight.
    NotFound,
    /// The app or this installation is set up wrongly: the operator must act.
    Configuration(ConfigProblem),
    /// No answer came.
    Unreachable(Unreachability),
    /// An answer came that is not what Meta sends.
    Unintelligible(Garble),
}

/// Why a token is not good (Meta reference §4.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialProblem {
    /// Its time is over.
    Expired,
    /// The person changed the password, or Meta ended all sessions for safety.
    PasswordChanged,
    /// Meta wants the person to pass a security check first.
    Checkpoint,
    /// The person's account is not confirmed.
    Unconfirmed,
    /// The person logged out.
    LoggedOut,
    /// The person removed the app.
    AppRemoved,
    /// The person lost the role on the Page.
    PageRoleLost,
    /// The text is not a token of this app.
    Malformed,
    /// No token was accepted with the call.
    Missing,
    /// Refused for a reason that Meta does not name.
    Invalid,
}

/// Whose budget is used up (Meta reference §9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitScope {
    /// The app's.
    App,
    /// The person's.
    Person,
    /// One Page's, WhatsApp account's or ad account's.
    Asset,
    /// One number's sending speed.
    Throughput,
    /// Messages to one recipient.
    Recipient,
    /// Messages held back because people report or block them.
    Spam,
    /// Attempts to register a number or to enter its PIN.
    Registration,
}

/// Why a request cannot succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BadRequestProblem {
    /// 100/36008: the redirect address differs from the dialog's.
    RedirectMismatch,
    /// 100/36009: the authorization code was used before.
    CodeUsed,
    /// 100/36007: the authorization code is too old.
    CodeExpired,
    /// The authorization code is not one of this app's.
    CodeInvalid,
    /// The answer to an exchange holds no token.
    NoToken,
    /// A parameter is wrong.
    Parameter,
    /// A field does not exist on that object in this version.
    UnknownField,
    /// Too much was asked for in one call.
    TooMuchData,
    /// More than 50 operations in a batch.
    BatchTooLarge,
    /// A webhook override was asked for before the plain subscription.
    OverrideBeforeSubscription,
    /// The number has a two-step PIN and it is another one.
    WrongPin,
    /// The number must be verified again.
    NumberUnverified,
    /// Meta sends no verification code: the number is verified, or codes were asked for too often.
    CodeNotSent,
    /// The verification code is another one, too old, or none was asked for.
    WrongCode,
    /// The number is not registered.
    NumberNotRegistered,
    /// An earlier deregistration did not finish.
    DeregistrationUnfinished,
    /// The coexistence sync was asked for before, or its day is over.
    SyncOver,
    /// The template does not exist or does not fit its parameters.
    Template,
    /// The attachment could not be fetched or taken.
    Media,
    /// The message has no content.
    EmptyMessage,
    /// The recipient does not belong to this asset.
    UnknownRecipient,
    /// Sender and recipient are the same.
    SelfMessage,
    /// It was done before.
    Duplicate,
    /// Anything else.
    Other,
}

/// Which of Meta's rules stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyProblem {
    /// The 24 hours after the customer's last message are over.
    OutsideWindow,
    /// The customer blocked the business, left, or cannot be messaged.
    PersonUnavailable,
    /// The message cannot be delivered to that WhatsApp user.
    Undeliverable,
    /// Meta chose not to deliver this marketing message.
    HeldBack,
    /// The customer does not want marketing messages.
    OptedOut,
    /// No valid payment method.
    Payment,
    /// The account is locked.
    AccountLocked,
    /// The Page is restricted.
    PageRestricted,
    /// The action is blocked for some time.
    ActionBlocked,
    /// Not allowed in that country.
    Country,
    /// The number's display name is not approved.
    DisplayName,
    /// A test number may only write to listed recipients.
    TestRecipient,
    /// The template is paused or switched off.
    TemplatePaused,
}

/// What is set up wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfigProblem {
    /// The app secret does not belong to the App ID.
    AppSecret,
    /// The App ID is unknown.
    AppId,
    /// The app is not live or is restricted.
    AppInactive,
    /// The app lacks a capability.
    Capability,
    /// The redirect address is missing or not allowed.
    RedirectUri,
    /// Meta wants an `appsecret_proof`.
    ProofMissing,
    /// The `appsecret_proof` does not fit: the secret changed.
    ProofInvalid,
    /// Meta could not verify the webhook address.
    WebhookHandshake,
    /// The API version is over for this call, or unknown.
    Version,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unreachability {
    /// No connection could be made.
    Connect,
    /// Meta did not answer in time.
    Timeout,
    /// The connection broke before the answer.
    Interrupted,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Garble {
    /// A web page instead of data.
    Html,
    /// The answer breaks off.
    Truncated,
    /// Neither a web page nor JSON.
    NotJson,
    /// JSON of another shape than documented.
    WrongType,
    /// Larger than any answer should be.
    TooLarge,
    /// A redirect, which the Graph API does not use.
    Redirect,
    /// A list of results that never ends.
    Endless,
}
