"""What kind of network a name is likely of, where no database says it.

Whoever calls itself "Telecom" or "Hosting" sells connections or servers to others; the large ones
whose names do not tell are listed. A name that tells nothing is no evidence: "Nordsee Automobile"
is not a mobile network, "Cable Works" makes cables, and "Net" is in thousands of names. So words
count as whole words or as beginnings that nothing else has, and a doubtful one does not count. The
names are those under which networks stand in the registries of addresses (RIPE, ARIN, APNIC,
LACNIC, AFRINIC), 2026.
"""

import re
from enum import StrEnum

from funnel.domain.text import fold_name


class NetworkKind(StrEnum):
    """What kind of network it is."""

    COMPANY = "company"
    EDUCATION = "education"
    PROVIDER = "internet provider"
    MOBILE = "mobile"
    HOSTING = "hosting"
    UNKNOWN = "unknown"


_MOBILE = (
    "mobile communications", "mobile telecommunications", "mobile network", "mobile networks",
    "mobilfunk", "mobilcom", "telefonia movil", "telefonia mobile", "movil", "moviles", "movistar",
    "celular", "cellular", "cellco", "wireless", "t-mobile", "tmobile", "us cellular", "gsm",
    "turkcell", "vodacom", "mtn", "airtel", "claro", "sprint spectrum", "lycamobile",
    "china mobile", "ee limited", "three uk", "hutchison 3g", "drei austria",
)  # fmt: skip

_PROVIDER = (
    "internet service provider", "internet services provider", "isp", "broadband", "breitband",
    "dsl", "adsl", "ftth", "fttx", "fibre to the home", "glasfaser", "fibernet", "residential",
    "dial-up", "dialup", "dynamic ip pool", "cable internet", "cablevision", "kabel deutschland",
    "kabelnet", "stadtnetz", "internet provider", "internet access", "satellite internet",
    "starlink", "space exploration technologies", "hughesnet", "viasat",
    # Those that are known under a name which does not tell.
    "vodafone", "orange s.a", "orange sa", "orange polska", "orange espagne", "orange espana",
    "orange belgium", "orange romania", "proximus", "belgacom", "swisscom", "sunrise communications", "kpn",
    "ziggo", "libertel", "telia", "telenor", "tele2", "tdc", "elisa oyj", "dna oyj", "o2", "1&1",
    "1und1", "versatel", "netcologne", "m-net", "ewe tel", "unitymedia", "freenet", "bt",
    "british sky broadcasting", "sky uk", "virgin media", "talktalk", "plusnet", "eircom",
    "bouygues", "sfr", "free sas", "proxad", "numericable", "fastweb", "wind tre", "iliad italia",
    "tiscali", "jazztel", "euskaltel", "masmovil", "meo", "nos comunicacoes", "cosmote", "ote",
    "forthnet", "magyar telekom", "digi tavkozlesi", "upc", "liberty global", "play sp z o o",
    "netia", "rcs & rds", "rostelecom", "beeline", "vimpelcom", "megafon", "ukrtelecom", "kyivstar",
    "comcast", "charter communications", "verizon", "at&t", "att services",
    "centurylink", "lumen technologies", "level 3", "cox communications", "frontier communications",
    "windstream", "altice", "mediacom", "cogent", "zayo", "hurricane electric",
    "rogers communications", "bell canada", "telus", "shaw communications", "videotron",
    "telmex", "uninet", "telefonica", "embratel", "oi s.a", "entel", "etb",
    "telstra", "optus", "tpg internet", "iinet", "spark new zealand", "reliance jio", "bsnl",
    "bharti", "tata teleservices", "hathway", "act fibernet", "chinanet", "china unicom",
    "china education and research network", "kddi", "ntt docomo", "ntt communications", "ocn",
    "softbank", "korea telecom", "sk broadband", "lg dacom", "lg uplus", "singtel", "starhub",
    "pldt", "globe telecoms", "true internet", "viettel", "etisalat", "du telecom", "ooredoo",
    "stc", "safaricom", "maroc telecom",
)  # fmt: skip
_PROVIDER_BEGINNINGS = (
    "telecom", "telekom", "telecommunication", "telekommunikation", "telecomunicac",
    "telecomunicazion", "telecomunicacion", "telefon", "telephone", "telephony", "telcom", "telco",
)  # fmt: skip

_HOSTING = (
    "hosting", "webhosting", "web hosting", "webhoster", "hoster", "hostmaster", "hostinger",
    "colocation", "colo", "datacenter", "data center", "data centre", "datacentre", "data centers",
    "rechenzentrum", "vps", "dedicated servers", "cloud hosting", "server hosting", "cdn",
    "content delivery network", "vpn", "proxy", "public cloud",
    # Those that are known under a name which does not tell.
    "amazon technologies", "amazon data services", "amazon.com", "amazon aws", "amazon-02", "amazon-aes",
    "google cloud", "google llc", "google", "microsoft azure", "microsoft corporation",
    "digitalocean", "digital ocean", "linode", "akamai", "cloudflare", "fastly", "ovh", "hetzner",
    "ionos", "strato", "leaseweb", "vultr", "choopa", "the constant company", "contabo", "scaleway",
    "online sas", "online s.a.s", "gandi", "m247", "datacamp", "rackspace", "softlayer",
    "oracle cloud", "oracle public cloud", "alibaba cloud", "alibaba", "tencent cloud", "huawei cloud",
    "equinix", "godaddy", "namecheap", "dreamhost", "hivelocity", "quadranet", "psychz", "colocrossing",
    "servermania", "upcloud", "netcup", "hostwinds", "hostgator", "bluehost", "kamatera", "g-core",
    "gcore", "worldstream", "serverius", "transip", "infomaniak", "aruba s.p.a", "zscaler", "netskope",
    "tor exit", "nordvpn", "mullvad", "packethub", "cdn77", "limelight", "incapsula", "imperva",
)  # fmt: skip

_EDUCATION = (
    "university", "universitaet", "universitat", "universitaria", "universite", "universidad",
    "universidade", "universita", "universiteit", "universitet", "universitetet", "uniwersytet",
    "hochschule", "fachhochschule", "college", "school district", "institute of technology",
    "polytechnic", "politecnico", "politechnika", "ecole", "escola superior", "academia sinica",
)  # fmt: skip

_ORDER = (
    (NetworkKind.MOBILE, _MOBILE, ()),
    (NetworkKind.PROVIDER, _PROVIDER, _PROVIDER_BEGINNINGS),
    (NetworkKind.HOSTING, _HOSTING, ()),
    (NetworkKind.EDUCATION, _EDUCATION, ()),
)


def _pattern(words: tuple[str, ...], beginnings: tuple[str, ...]) -> re.Pattern[str]:
    whole = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
    begun = "|".join(re.escape(one) for one in beginnings)
    either = f"(?:{whole})(?!\\w)" + (f"|(?:{begun})\\w*" if begun else "")
    return re.compile(f"(?<![\\w&])(?:{either})")


_RULES = tuple((kind, _pattern(words, begun)) for kind, words, begun in _ORDER)


def kind_by_name(name: str) -> tuple[NetworkKind, str] | None:
    """What kind of network the name is of, and the word that tells; None where none does."""
    folded = fold_name(name)
    for kind, pattern in _RULES:
        found = pattern.search(folded)
        if found:
            return kind, found.group()
    return None
