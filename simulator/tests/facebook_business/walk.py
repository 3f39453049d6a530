"""Walk everything an access token can reach, with Meta's own SDK, and print what was found as JSON.

The SDK is used as shipped: only the address of the Graph is replaced. SIMULATOR_URL, APP_ID, APP_SECRET and ACCESS_TOKEN come
from the environment.
"""

import json
import os
import sys

from facebook_business.adobjects.business import Business
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.adobjects.whatsappbusinessaccount import WhatsAppBusinessAccount
from facebook_business.api import Cursor, FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession


def ids(cursor):
    """Ids of every row, over as many pages as there are."""
    found = [row["id"] for row in cursor]
    if len(found) != len(set(found)):
        sys.exit("a list repeated a row")
    return found


def phone_numbers(api, waba):
    """The SDK has no class for phone numbers, so its raw call and its cursor rule are used."""
    params, found = {"fields": "id,display_phone_number,status"}, []
    while True:
        body = api.call("GET", (waba, "phone_numbers"), params=params).json()
        found += [row["id"] for row in body["data"]]
        if "next" not in body.get("paging", {}):
            return found
        params["after"] = body["paging"]["cursors"]["after"]


def refused(api):
    """What the SDK makes of an object that does not exist."""
    try:
        api.call("GET", ("404404404",))
    except FacebookRequestError as error:
        return {
            "code": error.api_error_code(),
            "subcode": error.api_error_subcode(),
            "type": error.api_error_type(),
            "status": error.http_status(),
        }
    return None


def batched_names(api, pages):
    """Names of these Pages through the SDK's own batch."""
    names = []
    batch = api.new_batch()
    for page in pages:
        Page(page, api=api).api_get(
            fields=["name"],
            batch=batch,
            success=lambda response: names.append(response.json()["name"]),
            failure=lambda response: sys.exit(response.body()),
        )
    batch.execute()
    return names


def main():
    FacebookSession.GRAPH = os.environ["SIMULATOR_URL"]
    api = FacebookAdsApi.init(
        os.environ["APP_ID"], os.environ["APP_SECRET"], os.environ["ACCESS_TOKEN"], crash_log=False
    )
    me = User("me", api=api)
    instagram = set()

    def pages_of(cursor):
        rows = list(cursor)
        instagram.update(
            row["instagram_business_account"]["id"] for row in rows if "instagram_business_account" in row
        )
        return {row["id"] for row in rows}

    page_fields = ["id", "name", "tasks", "access_token", "instagram_business_account{id,username}"]
    accounts = pages_of(me.get_accounts(fields=page_fields, params={"limit": 100}))
    businesses = ids(me.get_businesses(fields=["id", "name", "verification_status"]))
    pages, wabas, ads = set(accounts), set(), set()
    mine = ids(me.get_ad_accounts(fields=["account_id", "name", "account_status", "currency"]))
    ads.update(mine)
    for one in businesses:
        business = Business(one, api=api)
        pages |= pages_of(business.get_owned_pages(fields=page_fields))
        pages |= pages_of(business.get_client_pages(fields=page_fields))
        wabas.update(ids(business.get_owned_whats_app_business_accounts(fields=["id", "name", "currency"])))
        wabas.update(ids(business.get_client_whats_app_business_accounts(fields=["id", "name"])))
        ads.update(ids(business.get_owned_ad_accounts(fields=["account_id", "account_status"])))
        ads.update(ids(business.get_client_ad_accounts(fields=["account_id", "account_status"])))
    numbers = [number for waba in wabas for number in phone_numbers(api, waba)]
    first = WhatsAppBusinessAccount(sorted(wabas)[0], api=api).api_get(fields=["id", "name", "currency"])
    assert first["currency"], "a WABA reads as the SDK's own object"
    assert isinstance(me.get_accounts(), Cursor)
    print(
        json.dumps(
            {
                "accounts": len(accounts),
                "pages": len(pages),
                "instagram": len(instagram),
                "businesses": len(businesses),
                "whatsapp_accounts": len(wabas),
                "phone_numbers": len(numbers),
                "my_ad_accounts": len(mine),
                "ad_accounts": len(ads),
                "batched": len(batched_names(api, sorted(pages)[:50])),
                "error": refused(api),
            }
        )
    )


main()
