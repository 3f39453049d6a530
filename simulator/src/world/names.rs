//! Believable names for generated assets: accents, right-to-left scripts and emoji included.

/// Brands; a location is appended to make a Page.
pub(super) const BRANDS: [&str; 24] = [
    "Brasa Café",
    "Oliva & Sal",
    "Ærlig Bageri",
    "Kumquat Gym",
    "Łódka Sushi",
    "مقهى الياسمين",
    "Zümrüt Optik",
    "Petit Jardin",
    "חנות הספרים",
    "Nuvem Têxteis",
    "花见茶屋",
    "Ростки",
    "Morning Loaf 🥐",
    "Ñandú Viajes",
    "Pixel & Pine",
    "Côté Mer",
    "Señal Radio",
    "Tofu House 🌶️",
    "Blåbær Barn",
    "Hazelwick Dental",
    "Casa Lúmen",
    "Straßenküche",
    "Mango Móvil",
    "Fjord & Fell",
];

/// Places.
pub(super) const PLACES: [&str; 25] = [
    "Madrid",
    "Málaga",
    "Lisboa",
    "Porto",
    "København",
    "Århus",
    "Gdańsk",
    "Kraków",
    "İzmir",
    "دبي",
    "תל אביב",
    "Lyon",
    "Zürich",
    "München",
    "Tromsø",
    "Bogotá",
    "São Paulo",
    "México",
    "Cluj-Napoca",
    "Iași",
    "東京",
    "Reykjavík",
    "Dublin",
    "Québec",
    "Kyiv",
];

/// Page categories.
pub(super) const CATEGORIES: [&str; 10] = [
    "Cafe",
    "Restaurant",
    "Bakery",
    "Gym/Physical Fitness Center",
    "Clothing (Brand)",
    "Dentist & Dental Office",
    "Bookstore",
    "Travel Company",
    "Optician",
    "Grocery Store",
];

/// An Instagram handle for the n-th account: lower-case ASCII as Instagram demands.
pub(super) fn handle(n: usize) -> String {
    const STEMS: [&str; 12] = [
        "brasa",
        "oliva.sal",
        "aerlig",
        "kumquat",
        "lodka",
        "yasmin",
        "zumrut",
        "petitjardin",
        "nuvem",
        "hanami",
        "rostki",
        "loaf",
    ];
    format!("{}_{n:03}", STEMS[n % STEMS.len()])
}
