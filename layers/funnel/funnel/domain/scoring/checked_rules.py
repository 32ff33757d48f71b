"""What a rule of the lead score may be, and what is said of one that may not."""

from collections.abc import Iterable
from dataclasses import replace

from funnel.domain.errors import InputInvalid
from funnel.domain.problems import Problems
from funnel.domain.scoring.scoring import Rule
from funnel.domain.tracking.activities import ActivityKind

MOST_RULES = 100
MOST_POINTS = 1_000
MOST_TIMES = 1_000
LONGEST_LIFE = 1_095
"""Days."""
_LONGEST_NAME = 80
_LONGEST_PATTERN = 200
_MOST_STARS = 10

_MAIL = (ActivityKind.EMAIL_OPEN, ActivityKind.EMAIL_CLICK)
PATTERNS: dict[str, tuple[ActivityKind, ...]] = {
    "page": (ActivityKind.PAGE_VIEW, ActivityKind.FORM),
    "form": (ActivityKind.FORM,),
    "email": _MAIL,
    "link": (ActivityKind.EMAIL_CLICK,),
}
"""What each pattern can be asked of."""

_GOES_WITH = {
    "page": "A page goes only with pages viewed and forms sent.",
    "form": "A form goes only with forms sent.",
    "email": "An email goes only with emails opened and links clicked.",
    "link": "A link goes only with links clicked.",
}


def checked_rule(rule: Rule) -> Rule:
    """The rule without needless space. Raises `InputInvalid` with all that is wrong, each naming its field."""
    wrong, name, patterns = Problems(), " ".join(rule.name.split()), {}
    with wrong.found():
        if not name:
            raise InputInvalid("Give the rule a name.", field="name")
        if len(name) > _LONGEST_NAME:
            raise InputInvalid(f"A name has at most {_LONGEST_NAME} characters.", field="name")
    with wrong.found():
        if not rule.kind.is_done:
            raise InputInvalid("Choose what people do.", field="kind")
    with wrong.found():
        if not rule.points or abs(rule.points) > MOST_POINTS:
            text = f"Points are from -{MOST_POINTS} to {MOST_POINTS}, and not 0."
            raise InputInvalid(text, field="points")
    for pattern in PATTERNS:
        with wrong.found():
            patterns[pattern] = _pattern(rule, pattern)
    with wrong.found():
        if not 0 <= rule.most <= MOST_TIMES:
            text = f"It counts at most {MOST_TIMES} times; 0 is any number of times."
            raise InputInvalid(text, field="most")
    with wrong.found():
        if not 0 <= rule.days <= LONGEST_LIFE:
            text = f"Points last {LONGEST_LIFE} days at most; 0 is for ever."
            raise InputInvalid(text, field="days")
    wrong.raise_all()
    return replace(rule, name=name, **patterns)  # type: ignore[arg-type]


def counted_alike(before: Iterable[Rule], after: Iterable[Rule]) -> bool:
    """Whether counts by the first rules hold for the others too.

    Names, points and caps may differ where the same is counted under the same days, and rules may
    be gone; none may be new.
    """
    known = {_counting(rule) for rule in before}
    return all(_counting(rule) in known for rule in after)


def _counting(rule: Rule) -> tuple[object, ...]:
    what = (rule.rule_id, rule.kind, rule.page, rule.form, rule.email, rule.link)
    return (*what, rule.counted_by, rule.days)


def _pattern(rule: Rule, name: str) -> str:
    pattern: str = getattr(rule, name).strip()
    if pattern and rule.kind not in PATTERNS[name]:
        raise InputInvalid(
            _GOES_WITH[name],
            mend="Leave it empty, or choose something else that counts.",
            field=name,
        )
    if len(pattern) > _LONGEST_PATTERN:
        raise InputInvalid(f"At most {_LONGEST_PATTERN} characters.", field=name)
    if pattern.count("*") > _MOST_STARS:
        raise InputInvalid(f"At most {_MOST_STARS} stars.", field=name)
    if name == "page" and pattern:
        return _page(pattern)
    return pattern


def _page(pattern: str) -> str:
    """A path, or host and path. What a browser shows before and behind is left out."""
    _, scheme, rest = pattern.partition("://")
    plain = (rest if scheme else pattern).partition("?")[0].partition("#")[0]
    if not plain or any(sign.isspace() for sign in plain):
        raise InputInvalid(
            "This is no page.",
            mend="Enter a path such as /pricing*, or host and path such as shop.example.com/*.",
            field="page",
        )
    return plain
