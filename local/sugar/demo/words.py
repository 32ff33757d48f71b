"""The words the demo company is made of.

Own lists instead of a library's: they are quick (100,000 people in seconds), never change
under a seed, and hold on purpose what trips software up - umlauts, accents, apostrophes,
`&`, two-part and very short names.
"""

FIRST_NAMES = (
    "Anna", "Ben", "Carla", "David", "Eva", "Felix", "Greta", "Hannes", "Ines", "Jonas", "Katrin",
    "Lukas", "Marie", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tanja", "Uwe", "Vera", "Walter",
    "Yasmin", "Zoë", "Jürgen", "Käthe", "Søren", "Björn", "Åsa", "François", "Hélène", "René",
    "Noémie", "José", "María", "Íñigo", "João", "Łukasz", "Agnieszka", "Zdeněk", "Şule", "Mehmet",
    "Ayşe", "Giulia", "Marco", "Niccolò", "Emma", "Liam", "Olivia", "Noah", "Grace", "Ethan",
    "Sean", "Siobhán", "D'Arcy", "Mary-Jane", "Jean-Luc", "Hans-Peter", "Priya", "Rahul", "Mei",
    "Kenji", "Amara", "Kwame", "Fatima", "Omar", "Sarah", "Thomas", "Julia", "Michael", "Laura",
    "Stefan", "Martina", "Andreas", "Nicole", "Christian", "Sandra", "Daniel", "Petra", "Peter",
)  # fmt: skip
LAST_NAMES = (
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz",
    "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
    "Schwarz", "Zimmermann", "Krüger", "Hartmann", "Lange", "Groß", "Weiß", "Jäger", "Kühn",
    "O'Brien", "O'Neill", "D'Angelo", "L'Écuyer", "McDonald", "MacLeod", "Smith", "Johnson",
    "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Martinez", "Hernández", "López",
    "González", "Pérez", "Núñez", "Ibáñez", "Silva", "Gonçalves", "Rossi", "Russo", "Ferrari",
    "Bianchi", "Dupont", "Lefèvre", "Moreau", "Garnier", "van der Berg", "de Vries", "van Dijk",
    "Jansen", "Nielsen", "Hansen", "Sørensen", "Lindström", "Åkesson", "Kowalski", "Nowak",
    "Wiśniewski", "Novák", "Dvořák", "Horváth", "Nagy", "Yılmaz", "Öztürk", "Kaya", "Singh",  # noqa: RUF001 - a Turkish letter
    "Patel", "Nguyen", "Li", "Ng", "Wu", "Tanaka", "Okafor", "Mensah", "von Ahlefeldt-Dehn",
)  # fmt: skip
COMPANY_STEMS = (
    "Nordwind", "Brückner", "Alster", "Rhein", "Elbe", "Kestrel", "Harbour", "Summit", "Granite",
    "Bluebell", "Orchard", "Foxglove", "Beacon", "Cobalt", "Juniper", "Larkspur", "Meridian",
    "Obsidian", "Pinnacle", "Quarry", "Redwood", "Silverline", "Tamarack", "Umbra", "Vanguard",
    "Westfield", "Zephyr", "Ährenfeld", "Öresund", "Übersee", "Montblanc", "Citadelle", "Écluse",
    "Sólheim", "Tramontana", "Vesuvio", "Wisła", "Żuraw", "Hanse", "Isar", "Main", "Donau",
    "Saale", "Havel", "Spree", "Weser", "Thames", "Severn", "Tyne", "Mersey",
)  # fmt: skip
COMPANY_KINDS = (
    "Maschinenbau", "Logistik", "Software", "Consulting", "Foods", "Textiles", "Medical",
    "Energy", "Optics", "Plastics", "Foundry", "Printing", "Media", "Insurance", "Analytics",
    "Robotics", "Chemie", "Bau", "Systems", "Instruments", "Packaging", "Brewery", "Furniture",
)  # fmt: skip
COMPANY_ENDINGS = (
    "GmbH", "AG", "& Co. KG", "GmbH & Co. KG", "Ltd", "Inc.", "LLC", "S.A.", "S.r.l.", "B.V.",
    "AB", "& Sons", "& Söhne", "Group", "plc", "e.K.",
)  # fmt: skip
CITIES = (
    ("Hamburg", "Germany"), ("München", "Germany"), ("Köln", "Germany"), ("Zürich", "Switzerland"),
    ("Wien", "Austria"), ("Paris", "France"), ("Orléans", "France"), ("Milano", "Italy"),
    ("Madrid", "Spain"), ("A Coruña", "Spain"), ("Kraków", "Poland"), ("Malmö", "Sweden"),
    ("London", "United Kingdom"), ("Leeds", "United Kingdom"), ("Dublin", "Ireland"),
    ("Boston", "USA"), ("Chicago", "USA"), ("Austin", "USA"), ("Toronto", "Canada"),
)  # fmt: skip
STREETS = (
    "Hafenstraße", "Am Markt", "Lindenallee", "King's Road", "Rue de l'Église", "Via Roma",
    "Mill Lane", "Industrieweg", "Queen & Crown Court", "Calle Mayor", "Station Road",
)  # fmt: skip
TITLES = (
    "Managing Director", "Head of Sales", "Buyer", "Purchasing Manager", "CTO", "Engineer",
    "Marketing Manager", "Assistant to the Board", "VP Operations", "Project Manager",
    "Geschäftsführer", "Einkaufsleiterin", "Directeur général", "Owner", "Intern",
)  # fmt: skip
DEPARTMENTS = ("Sales", "Purchasing", "R&D", "IT", "Marketing", "Operations", "Finance", "")
DEALS = (
    "pilot", "licence renewal", "rollout", "maintenance contract", "framework agreement",
    "upgrade", "spare parts", "training & onboarding", "second site", "proof of concept",
)  # fmt: skip
LISTS = (
    ("Newsletter (all)", "default"), ("Customers Germany", "default"),
    ("Trade show 2025 - visitors", "default"), ("Webinar \"Start & Scale\"", "default"),
    ("Partners", "default"), ("Lapsed customers", "default"), ("Christmas cards", "default"),
    ("Beta testers", "default"), ("Key accounts", "default"), ("Press", "default"),
    ("Do not mail", "exempt"), ("Competitors' domains", "exempt_domain"),
    ("Test addresses", "test"), ("Our own people", "seed"), ("Empty list", "default"),
)  # fmt: skip
CAMPAIGNS = (
    "Spring nurture",
    "Trade show follow-up",
    "Welcome track",
    "Win-back",
    "Product launch",
)
TASKS = ("Call back", "Send offer", "Prepare demo", "Ask for reference", "Check payment terms")
