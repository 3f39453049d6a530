//! The kinds of assets, in words: the one place that names them.

/// A kind of asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A Facebook Page.
    Page,
    /// An Instagram professional account.
    Instagram,
    /// A WhatsApp Business account.
    WhatsappAccount,
    /// A number of such an account.
    WhatsappNumber,
    /// An ad account.
    AdAccount,
    /// A business portfolio.
    Business,
}

impl Kind {
    /// One and several of it, within a sentence.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Page => ("Page", "Pages"),
            Self::Instagram => ("Instagram account", "Instagram accounts"),
            Self::WhatsappAccount => ("WhatsApp account", "WhatsApp accounts"),
            Self::WhatsappNumber => ("WhatsApp number", "WhatsApp numbers"),
            Self::AdAccount => ("ad account", "ad accounts"),
            Self::Business => ("business portfolio", "business portfolios"),
        }
    }

    /// The same beside the name of its platform.
    pub const fn brief(self) -> (&'static str, &'static str) {
        match self {
            Self::Instagram | Self::WhatsappAccount => ("account", "accounts"),
            Self::WhatsappNumber => ("number", "numbers"),
            Self::Page | Self::AdAccount | Self::Business => self.words(),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<server::asset_kind::AssetKind> for Kind {
    fn from(kind: server::asset_kind::AssetKind) -> Self {
        use server::asset_kind::AssetKind;
        match kind {
            AssetKind::FacebookPage => Self::Page,
            AssetKind::InstagramAccount => Self::Instagram,
            AssetKind::WhatsappAccount => Self::WhatsappAccount,
            AssetKind::WhatsappNumber => Self::WhatsappNumber,
            AssetKind::AdAccount => Self::AdAccount,
            AssetKind::Business => Self::Business,
        }
    }
}
