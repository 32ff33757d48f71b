"""Which user agents and networks are those of machines: tables, and how to look something up.

User agents are those by which programs name themselves, as their makers publish them: Google's
(developers.google.com/search/docs/crawling-indexing), Yahoo's mail proxy
(help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html), those of previews, monitors and HTTP libraries
in their own documentation. Few link scanners name themselves. Networks are those from which mail
gateways and crawlers work, as their makers publish them for firewalls and in their SPF records
(2020 to 2026); each has its source beside it. They change: what is in no table is judged by what it
does (`signals.py`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from funnel.domain.tracking.activities import Signal

LONGEST_AGENT = 512
"""Characters of a user agent that are looked at."""

APPLE_RELAY = "Apple's relays"


@dataclass(frozen=True, slots=True)
class Machine:
    """Whose program or network it is, and what it does there.

    `opens` unset: people's mail programs load pictures by it as well, so an open says nothing.
    """

    name: str
    signal: Signal
    opens: bool = True


def _all(signal: Signal, *names: str, opens: bool = True) -> dict[str, Machine]:
    """By the folded token, which is the name itself unless told apart by `token=name`."""
    parts = (name.rpartition("=") for name in names)
    return {(token or name).casefold(): Machine(name, signal, opens) for token, _, name in parts}


_AGENTS: dict[str, Machine] = {
    **_all(
        Signal.PROXY_OPEN,
        "googleimageproxy=Gmail's image proxy",
        "ggpht.com=Gmail's image proxy",
        "yahoomailproxy=Yahoo's mail proxy",
    ),
    # Gateways and link checkers that name themselves.
    **_all(
        Signal.SCANNER,
        "Barracuda", "Proofpoint", "urldefense=Proofpoint", "Mimecast", "safelinks=Safe Links",
        "FortiMail", "FortiGuard", "IronPort", "MessageLabs", "FireEye", "Trellix", "Avanan",
        "Hornetsecurity", "Retarus", "VadeSecure", "Sophos", "TrendMicro", "VirusTotal",
        "urlscan", "Netcraft", "PhishLabs", "ZeroFOX", "Google-Safety",
    ),
    # Browsers without a person in front of them.
    **_all(
        Signal.CRAWLER,
        "Headless=a headless browser", "PhantomJS", "SlimerJS", "Selenium", "Puppeteer",
        "Playwright", "Cypress", "HtmlUnit", "jsdom",
    ),
    # Search engines and readers whose names hold no "bot".
    **_all(
        Signal.CRAWLER,
        "Mediapartners-Google", "APIs-Google", "FeedFetcher-Google", "Google-Read-Aloud",
        "Google-InspectionTool", "GoogleOther", "Google Web Preview", "BingPreview",
        "Yahoo! Slurp", "ia_archiver", "ChatGPT-User", "Claude-User", "Perplexity-User",
        "meta-externalagent", "meta-externalfetcher",
    ),
    # Previews of a link in a chat or a post.
    **_all(
        Signal.CRAWLER,
        "facebookexternalhit", "SkypeUriPreview", "Slack-ImgProxy", "WhatsApp/=WhatsApp",
        "Embedly", "Iframely", "Viber/=Viber",
    ),
    # Monitors.
    **_all(
        Signal.CRAWLER,
        "Pingdom", "UptimeRobot", "StatusCake", "Site24x7", "Datadog", "NewRelic", "Catchpoint",
        "check_http", "Zabbix", "HetrixTools", "GTmetrix", "Chrome-Lighthouse", "PageSpeed",
        "Route53-Health-Check", "ELB-HealthChecker", "CloudWatchSynthetics",
        "GoogleStackdriverMonitoring", "PTST/=WebPageTest", "Checkly",
    ),
    # Programs that ask for a page without showing it.
    **_all(
        Signal.CRAWLER,
        "curl/=curl", "Wget", "python-requests", "Python-urllib", "python-httpx", "aiohttp",
        "Go-http-client", "Java/=Java", "Apache-HttpClient", "libwww-perl", "node-fetch",
        "undici", "axios/=axios", "Guzzle", "Scrapy", "HTTPie", "PostmanRuntime", "WinHttp",
        "PowerShell", "Faraday",
    ),
    # Office asks for a link before it hands it to the browser; apps load pictures by these.
    **_all(
        Signal.CRAWLER,
        "ms-office=Microsoft Office", "Microsoft Office", "okhttp", "CFNetwork", "Dalvik/=Dalvik",
        opens=False,
    ),
}  # fmt: skip

_BOT = re.compile(
    r"[\w.-]{0,30}(?:(?<!cu)bots?(?![a-z])|crawler|spider|scraper)", re.IGNORECASE | re.ASCII
)
"""Whatever calls itself a bot. Cubot is a make of telephone."""

_BROWSER = re.compile(r"(?:Safari|Chrome|CriOS|Firefox|FxiOS|Edg|OPR|Trident)/", re.IGNORECASE)


def machine_of_agent(user_agent: str) -> Machine | None:
    """The program that a user agent names, None for what may be a person's."""
    folded = user_agent[:LONGEST_AGENT].casefold()
    for token, machine in _AGENTS.items():
        if token in folded:
            return machine
    named = _BOT.search(user_agent[:LONGEST_AGENT])
    return Machine(named.group(), Signal.CRAWLER) if named else None


def names_a_browser(user_agent: str) -> bool:
    """Whether it is a browser's, as people have them; Apple Mail's own is not."""
    return bool(_BROWSER.search(user_agent))


_NETWORKS: tuple[tuple[Machine, tuple[str, ...]], ...] = (
    # developers.google.com/static/search/apis/ipranges/googlebot.json
    (Machine("Googlebot", Signal.CRAWLER), ("66.249.64.0/20", "2001:4860:4801::/48")),
    # SPF of _netblocks.google.com; Gmail's image proxy works from these.
    (
        Machine("Google", Signal.PROXY_OPEN),
        (
            "64.233.160.0/19", "66.102.0.0/20", "66.249.80.0/20", "72.14.192.0/18",
            "74.125.0.0/16", "209.85.128.0/17",
        ),
    ),
    # Registered to Yahoo at ARIN.
    (
        Machine("Yahoo", Signal.PROXY_OPEN),
        ("66.163.160.0/19", "67.195.0.0/16", "74.6.0.0/16", "98.136.0.0/14", "2001:4998::/32"),
    ),
    # mask-api.icloud.com/egress-ip-ranges.csv, summed up by who runs the relays; people browse
    # through them as well. 17/8 is Apple's own.
    (
        Machine(APPLE_RELAY, Signal.PRIVACY_OPEN),
        (
            "17.0.0.0/8", "104.28.0.0/16", "146.75.128.0/17", "172.224.0.0/14",
            "2606:54c0::/30", "2a02:26f7::/32", "2a04:4e41::/32",
        ),
    ),
    # learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges, Exchange Online
    # Protection.
    (
        Machine("Microsoft Defender", Signal.SCANNER),
        (
            "40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17",
            "2a01:111:f400::/48", "2a01:111:f403::/48",
        ),
    ),
    # campus.barracuda.com, Email Gateway Defense: IP ranges.
    (Machine("Barracuda", Signal.SCANNER), ("64.235.144.0/20", "209.222.80.0/21")),
    # proofpoint.my.site.com/support/PPSup_SupportInfo and SPF of ppe-hosted.com.
    (
        Machine("Proofpoint", Signal.SCANNER),
        (
            "62.209.50.0/24", "67.231.144.0/20", "91.209.104.0/24", "148.163.128.0/19",
            "208.84.64.0/22", "208.86.200.0/22",
        ),
    ),
    # SPF of _netblocks.mimecast.com; without its Web Security, behind which people browse.
    (
        Machine("Mimecast", Signal.SCANNER),
        (
            "41.74.192.0/21", "41.74.200.0/23", "41.74.204.0/23", "41.74.206.0/24",
            "51.163.158.0/24", "62.140.7.0/24", "63.128.21.0/24", "91.220.42.0/24",
            "103.13.69.0/24", "103.96.21.0/24", "103.96.23.0/24", "124.47.150.0/24",
            "124.47.189.0/24", "146.101.78.0/24", "170.10.128.0/22", "170.10.132.0/23",
            "180.189.28.0/24", "185.58.85.0/24", "185.58.86.0/24", "193.7.206.0/25",
            "193.7.207.0/25", "194.104.109.0/24", "194.104.111.0/24", "195.130.217.0/24",
            "205.139.110.0/23", "207.82.80.0/24", "207.211.30.0/24", "207.211.31.0/25",
            "213.167.75.0/25", "213.167.81.0/25", "216.205.24.0/24",
        ),
    ),
    # SPF of spf.messagelabs.com.
    (
        Machine("Symantec Email Security", Signal.SCANNER),
        (
            "46.226.48.0/21", "67.219.240.0/20", "85.158.136.0/21", "95.131.104.0/21",
            "103.9.96.0/22", "117.120.16.0/21", "193.109.254.0/23", "194.106.220.0/23",
            "195.245.230.0/23", "216.82.240.0/20",
        ),
    ),
    # developers.cloudflare.com/email-security, egress IPs.
    (
        Machine("Cloudflare Email Security", Signal.SCANNER),
        (
            "104.30.32.0/19", "134.195.26.0/23", "158.51.64.0/26", "158.51.65.0/26",
            "2405:8100:c400::/38",
        ),
    ),
    # www.bing.com/toolbox/bingbot.json
    (
        Machine("Bingbot", Signal.CRAWLER),
        (
            "13.66.139.0/24", "13.66.144.0/24", "40.77.167.0/24", "52.167.144.0/24",
            "157.55.39.0/24", "207.46.13.0/24",
        ),
    ),
)  # fmt: skip


def _by_length() -> dict[int, dict[int, dict[int, Machine]]]:
    """IP version → length of the prefix, longest first → its bits → whose it is."""
    found: dict[int, dict[int, dict[int, Machine]]] = {4: {}, 6: {}}
    for machine, networks in _NETWORKS:
        for text in networks:
            network = ip_network(text)
            bits = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
            found[network.version].setdefault(network.prefixlen, {})[bits] = machine
    return {
        version: dict(sorted(lengths.items(), reverse=True)) for version, lengths in found.items()
    }


_PREFIXES = _by_length()


@lru_cache(maxsize=1024)
def machine_of_network(ip: str) -> Machine | None:
    """Who works from this IP address, None for what may be a person's, or is no address."""
    try:
        address = ip_address(ip.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    number = int(address)
    for length, owners in _PREFIXES[address.version].items():
        machine = owners.get(number >> (address.max_prefixlen - length))
        if machine is not None:
            return machine
    return None
