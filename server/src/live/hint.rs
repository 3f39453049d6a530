//! What kind of thing changed.

/// What of a tenant's changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// An asset's or a connection's evidence: steps, events seen, problems.
    Asset,
    /// A delivery was applied, failed or replayed.
    Delivery,
    /// A conversation or its messages.
    Conversation,
    /// An endpoint of the tenant's own, or what is sent to it.
    Endpoint,
}

impl Hint {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Asset, Self::Delivery, Self::Conversation, Self::Endpoint];

    /// Its name in an event.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Delivery => "delivery",
            Self::Conversation => "conversation",
            Self::Endpoint => "endpoint",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Several kinds at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints(u8);

impl Hints {
    /// Every kind.
    pub const ALL: Self =
        Self(Hint::Asset.bit() | Hint::Delivery.bit() | Hint::Conversation.bit() | Hint::Endpoint.bit());

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `hint` is among them.
    pub fn has(self, hint: Hint) -> bool {
        self.0 & hint.bit() != 0
    }

    /// These and `more`.
    pub fn with(self, more: impl Into<Self>) -> Self {
        Self(self.0 | more.into().0)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Hint> {
        Hint::ALL.into_iter().filter(move |hint| self.has(*hint))
    }

    /// As a number, for other processes.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    /// From [`Hints::bits`]. What a newer version knows and this one does not is left out.
    pub(super) fn from_bits(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }
}

impl From<Hint> for Hints {
    fn from(hint: Hint) -> Self {
        Self(hint.bit())
    }
}
