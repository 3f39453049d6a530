//! What a token of Instagram Login reaches: the account that signed in.

use super::{Counts, Discovery, FoundInstagram, Progress, Step};
use crate::meta::{AccessToken, GraphClient, InstagramUser, MetaError};

pub(super) async fn account_of(
    graph: &GraphClient,
    token: &AccessToken,
    progress: &dyn Progress,
) -> Result<Discovery, MetaError> {
    let account = found(graph.instagram_user(token).await?);
    progress.report(Step { found: Counts { instagram: 1, ..Counts::default() }, reading: None, done: true });
    Ok(Discovery { instagram: Some(account), ..Discovery::default() })
}

fn found(user: InstagramUser) -> FoundInstagram {
    FoundInstagram { id: user.user_id, username: user.username, name: user.name, picture_url: user.profile_picture_url }
}
