"""Campaigns as marketers see them: the list, one of them, and the numbers at its steps."""

from dataclasses import dataclass

from funnel.domain.campaigns import StepId


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What keeps a campaign from starting: at which step ("" the campaign itself), and how to mend it."""

    step: StepId
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class MailFigures:
    """What became of the mails of a step: how many went out, and of these how many percent were opened and clicked."""

    sent: int
    opened: int
    clicked: int


@dataclass(frozen=True, slots=True)
class StepFigures:
    """The numbers at a step: who is `here` now, `stuck` ones counted apart, and who `passed`.

    Of a branch `asked` is how many it has answered, and `yes` how many percent of these with a yes.
    """

    here: int = 0
    stuck: int = 0
    passed: int = 0
    asked: int = 0
    yes: int = 0
    mail: MailFigures | None = None
