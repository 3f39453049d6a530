//! Meta in a box: a stateful, local stand-in for Facebook's login dialog, JavaScript SDK and Graph API.
//!
//! One address serves what Meta spreads over `www.facebook.com`, `connect.facebook.net`, `graph.facebook.com` and
//! `graph.instagram.com`, told apart by path. The crate shares no type with the product it tests, so that a wrong field name
//! cannot hide on both sides.
//!
//! ```no_run
//! # async fn show() -> std::io::Result<()> {
//! use simulator::{Consent, Options, World, start};
//!
//! let meta = start(Options { world: World::agency(), ..Options::default() }).await?;
//! println!("point META_GRAPH_URL, META_DIALOG_URL and META_SDK_URL at {}", meta.url);
//! let _redirect = meta.control().approve("https://…/v25.0/dialog/oauth?client_id=…", &Consent::everything());
//! # Ok(())
//! # }
//! ```

mod callback;
mod clock;
mod control;
mod dialog;
mod faults;
mod files;
mod graph;
mod instagram;
mod options;
mod permissions;
mod phone;
mod query;
mod record;
mod router;
mod sdk;
mod secrets;
mod serve;
mod state;
mod visits;
mod webhooks;
mod world;

pub use control::{CodeFlow, Control, FAILURES, Failure, SubscriptionInfo, TokenInfo};
pub use dialog::{Answer, Consent, ErrorPage};
pub use faults::{Effect, Fault};
pub use options::Options;
pub use record::{RecordedRequest, Visit};
pub use serve::{Running, Simulator, serve, start};
pub use state::{Budgets, ChatMessage, DialogOutcome, Progress, Revocation, Selection, SignupMessage, Switches};
pub use webhooks::{
    Attempt, Circumstances, Content, Deed, DeletionAnswer, DeliveryKind, Done, MediaKind, NoSuchParty, PendingDelivery,
    Shape, Signature, SignedRequestForm, Silence, Unheard, Update, Warning, WebhookSwitches,
};
pub use world::{
    AdAccount, App, AssetKind, Business, Configuration, ConfigurationExpiry, ConfigurationToken, Customer,
    InstagramAccount, InstagramApp, Mode, Page, Persona, PhoneNumber, Sees, Variation, WhatsAppAccount, World,
    WorldError,
};
