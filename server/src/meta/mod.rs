//! Talking to Meta: the Graph client and nothing that knows our database.
//!
//! [`Transport`] speaks HTTP and is shared; [`GraphClient`] is one app's view of the Graph API; every call names its
//! token. What goes wrong is a [`MetaError`], classified in one table and able to explain itself to people.

pub mod ids;

mod app_details;
mod app_subscriptions;
mod batch;
mod business_app;
mod call;
mod client;
mod clock_skew;
mod debug_token;
mod error;
mod graph;
mod health;
mod instagram;
mod me;
mod numbers;
mod oauth;
mod paging;
mod permissions;
mod retry;
mod signed_request;
mod subscriptions;
mod system_users;
mod token;
mod usage;
mod version;
mod versions;
pub mod webhook;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod stub;

pub use crate::{asset_kind::AssetKind, sync_type::SyncType};

pub use self::{
    app_details::AppDetails,
    app_subscriptions::{APP_OBJECTS, AppSubscription, SubscribedField},
    batch::{BATCH_LIMIT, BatchItem},
    call::GraphCall,
    client::{Transport, TransportError, TransportSettings},
    debug_token::{Expiry, GranularScopes, Targets, TokenFacts, TokenKind},
    error::{
        BadRequestProblem, ConfigProblem, CredentialProblem, Garble, LimitScope, MetaError, MetaErrorKind, MetaFailure,
        PolicyProblem, Unreachability,
    },
    graph::GraphClient,
    health::{Answer, NumberState, Question, Throughput, WebhookConfiguration},
    ids::{AdAccountId, AppId, BusinessId, IgUserId, MetaUserId, PageId, PhoneNumberId, WabaId},
    instagram::{INSTAGRAM_FIELDS, InstagramGrant, InstagramUser},
    me::{GrantState, PermissionStatus, Person},
    numbers::CodeMethod,
    oauth::{AuthType, DialogRequest, Display, Login, RedirectBinding, TokenGrant},
    paging::{Collected, ListPage, Listing, PAGE_SIZE},
    permissions::{
        INSTAGRAM_LOGIN, InvalidPermission, PERMISSIONS, Permission, PermissionEntry, missing_for,
        missing_for_instagram_login,
    },
    retry::Backoff,
    signed_request::{SignedRequest, SignedRequestError},
    subscriptions::{PAGE_FIELDS, PageSubscription, WabaSubscription},
    system_users::PageToken,
    token::{AccessToken, MetaApp, Product},
    usage::UsageGauge,
    version::{GraphVersion, InvalidVersion},
};
