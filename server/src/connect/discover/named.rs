//! Assets that the token names and no list holds.
//!
//! Meta's lists have gaps: a Page of the newer kind may be missing in `/me/accounts`, and a token of Embedded Signup
//! often sees no portfolio at all. `granular_scopes` then is the only way to what was chosen (Meta reference §2.6, §4.6).

use futures::future::try_join_all;
use serde::de::DeserializeOwned;

use super::{
    fields::{self, Detail},
    found::Source,
    gathered::Gathered,
    rows::{AdAccountRow, PageRow, WabaRow},
    walk::Walk,
};
use crate::meta::{AdAccountId, AssetKind, BATCH_LIMIT, BatchItem, MetaError, PageId, Permission, WabaId};

/// No more assets than this are read by name; so many outside of every list are a fault, not a business.
const MOST: usize = 500;

const PAGE_PERMISSIONS: &[Permission] = &[
    Permission::PAGES_SHOW_LIST,
    Permission::PAGES_MESSAGING,
    Permission::PAGES_MANAGE_METADATA,
    Permission::PAGES_READ_ENGAGEMENT,
];
const WHATSAPP_PERMISSIONS: &[Permission] =
    &[Permission::WHATSAPP_BUSINESS_MANAGEMENT, Permission::WHATSAPP_BUSINESS_MESSAGING];
const ADS_PERMISSIONS: &[Permission] = &[Permission::ADS_READ, Permission::ADS_MANAGEMENT];

impl Walk<'_> {
    pub(super) async fn named_by_the_token(&self) -> Result<(), MetaError> {
        let granular = &self.facts.granular;
        let pages: Vec<PageId> =
            granular.named_for(PAGE_PERMISSIONS).into_iter().filter_map(|id| id.parse().ok()).collect();
        let wabas: Vec<WabaId> =
            granular.named_for(WHATSAPP_PERMISSIONS).into_iter().filter_map(|id| id.parse().ok()).collect();
        let ads: Vec<AdAccountId> = granular
            .named_for(ADS_PERMISSIONS)
            .into_iter()
            .filter_map(|id| AdAccountId::from_either(id).ok())
            .collect();
        let (pages, wabas, ads) = self.look(|gathered| {
            let pages = pages.iter().filter(|id| !gathered.pages.contains_key(*id)).map(ToString::to_string);
            let wabas = wabas.iter().filter(|id| !gathered.wabas.contains_key(*id)).map(ToString::to_string);
            let ads = ads.iter().filter(|id| !gathered.ad_accounts.contains_key(*id)).map(ToString::to_string);
            (pages.collect::<Vec<_>>(), wabas.collect::<Vec<_>>(), ads.collect::<Vec<_>>())
        });
        let (_, _, numbers) = futures::future::try_join3(
            self.by_name(AssetKind::FacebookPage, pages, fields::page(self.facts, Detail::Full), |gathered, row| {
                gathered.add_page(PageRow::found(&row, None, true));
            }),
            self.by_name(AssetKind::AdAccount, ads, fields::AD_ACCOUNT.to_owned(), |gathered, row| {
                gathered.add_ad_account(AdAccountRow::found(&row, None));
            }),
            self.named_wabas(wabas),
        )
        .await?;
        Ok(numbers)
    }

    async fn named_wabas(&self, ids: Vec<String>) -> Result<(), MetaError> {
        let longer = std::sync::Mutex::new(Vec::new());
        let fields = fields::waba(self.version(), Detail::Full);
        self.by_name(AssetKind::WhatsappAccount, ids, fields, |gathered, mut row: WabaRow| {
            let new = gathered.add_waba(row.found(None));
            if let (true, Some(numbers), Ok(mut longer)) = (new, row.phone_numbers.take(), longer.lock()) {
                longer.push((row.id, numbers));
            }
        })
        .await?;
        let longer = longer.into_inner().unwrap_or_default();
        let reads = longer.into_iter().map(|(waba, numbers)| self.numbers_of(waba, numbers, Detail::Full));
        try_join_all(reads).await.map(drop)
    }

    /// Reads assets by id, fifty in a request, so that one that is out of sight does not hide the others.
    async fn by_name<T: DeserializeOwned>(
        &self,
        kind: AssetKind,
        mut ids: Vec<String>,
        fields: String,
        add: impl Fn(&mut Gathered, T) + Sync,
    ) -> Result<(), MetaError> {
        ids.truncate(MOST);
        let batches = ids.chunks(BATCH_LIMIT).map(|ids| self.name_batch(kind, ids, &fields, &add));
        try_join_all(batches).await.map(drop)
    }

    async fn name_batch<T: DeserializeOwned>(
        &self,
        kind: AssetKind,
        ids: &[String],
        fields: &str,
        add: &(impl Fn(&mut Gathered, T) + Sync),
    ) -> Result<(), MetaError> {
        let _permit = self.permit().await;
        let items: Vec<BatchItem> = ids.iter().map(|id| BatchItem::get(id, &[("fields", fields)])).collect();
        let answers = match self.graph.batch::<T>("{named}", self.token, &items).await {
            Ok(answers) => answers,
            Err(error) => ids.iter().map(|_| Err(error.clone())).collect(),
        };
        for (id, answer) in ids.iter().zip(answers) {
            let source = Source::Named { kind, id: id.clone() };
            match answer {
                Ok(row) => self.take_in(Some(&source), |gathered| add(gathered, row)),
                Err(error) => self.settle(source, Some(error))?,
            }
        }
        Ok(())
    }
}
