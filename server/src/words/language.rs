//! The language of a person.

use serde::{Deserialize, Serialize};

/// A language that Attaché speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, which everything is written in first.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Romanian.
    Ro,
}

impl Language {
    /// Every language, in the order in which people are offered them.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Ro];

    /// Its tag, as in the attribute `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Ro => "ro",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Ro => "Română",
        }
    }

    /// The language of a tag such as `es` or `es-MX`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language that the header `Accept-Language` prefers among ours (RFC 9110 §12.5.4); English when it names none.
    pub fn preferred(accept_language: &str) -> Self {
        let mut best = (0, Self::default());
        for range in accept_language.split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok());
            let thousandths = (weight.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u16;
            if let Some(language) = Self::parse(tag)
                && thousandths > best.0
            {
                best = (thousandths, language);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides_by_weight_and_then_by_order() {
        for (header, wanted) in [
            ("", Language::En),
            ("de-DE, fr;q=0.9", Language::En),
            ("es-MX,es;q=0.9,en;q=0.8", Language::Es),
            ("en;q=0.5, ro-RO;q=0.8", Language::Ro),
            ("ro;q=0, es;q=0.1", Language::Es),
            ("ES", Language::Es),
            ("es;q=abc, ro;q=0.2", Language::Ro),
            ("en, es", Language::En),
            ("*;q=0.5, rom;q=1", Language::En),
        ] {
            assert_eq!(Language::preferred(header), wanted, "{header:?}");
        }
    }
}
