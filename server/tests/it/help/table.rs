//! The rows, the simulator's switches and the help are one list.

use server::words::{Language, help};

use super::rows::{Met, ROWS};

#[test]
fn each_row_can_be_provoked_and_is_explained() {
    let numbers: Vec<u8> = simulator::FAILURES.iter().map(|failure| failure.number).collect();
    assert_eq!(numbers, (1..=38).collect::<Vec<_>>());
    assert_eq!(help::ROWS.iter().map(|row| row.number).collect::<Vec<_>>(), numbers);
}

#[test]
fn what_the_product_says_leads_to_its_row_in_every_language() {
    for (row, met) in help::ROWS.iter().zip(&ROWS) {
        let (Met::Return(code)
        | Met::Asset(_, code)
        | Met::Unreached(code)
        | Met::Ends(code)
        | Met::Unasked(code)
        | Met::Refused(code)
        | Met::Fails(code)
        | Met::Contested(code)
        | Met::Sync(code)) = met
        else {
            continue;
        };
        assert!(row.failures.contains(code), "row {} does not know {code}", row.number);
        assert!(help::address_of(code).is_some());
    }
}

#[test]
fn what_meta_says_on_its_own_page_is_quoted() {
    for (row, met) in help::ROWS.iter().zip(&ROWS) {
        if let Met::Page(text) | Met::PopupPage(text) = met {
            let told = row.told(Language::En);
            let seen = simulator::ErrorPage::NAMES.into_iter().filter_map(simulator::ErrorPage::named).any(|page| {
                let (title, sentence) = page.text();
                format!("{title} {sentence}").contains(text) && quotes(&told.seen, title)
            });
            assert!(seen || row.number == 3, "row {}: {}", row.number, told.seen);
        }
    }
}

/// Whether a row names the heading of Meta's page, however Meta writes its capitals.
fn quotes(seen: &str, title: &str) -> bool {
    seen.to_lowercase().contains(title.to_lowercase().trim_start_matches("sorry, "))
}
