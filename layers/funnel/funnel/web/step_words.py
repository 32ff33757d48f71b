"""The steps of a campaign as people read them: what each does, in one line, and how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    Comes,
    End,
    OwnerChoice,
    OwnerRule,
    ScheduleTask,
    SendEmail,
    Step,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.usecases.campaigns.campaign_names import CampaignNames
from funnel.web.texts import Texts
from funnel.web.words import Words

_UNITS = (("weeks", 7 * 24 * 60), ("days", 24 * 60), ("hours", 60), ("minutes", 1))
MOST_USERS = 3
"""That are named one by one."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """Says what steps of one campaign do. `numbers` are those of the diagram."""

    t: Texts
    w: Words
    names: CampaignNames
    campaign: Campaign
    numbers: Mapping[StepId, int]

    def kind(self, step: Step) -> str:
        """What sort of step it is."""
        return self.t(f"step.kind.{step.action.TAG}")

    def name(self, step: Step) -> str:
        """Its own name, or what it does."""
        return step.name or self.does(step)

    def number(self, step_id: StepId) -> int:
        """Its number in the diagram."""
        return self.numbers[step_id]

    def does(self, step: Step) -> str:
        """What it does, in one line."""
        match step.action:
            case SendEmail(email_id=email):
                return self._named("step.send", email, self.names.emails, "email")
            case Wait() as wait:
                return self._wait(wait)
            case Branch() as branch:
                return self._question(branch)
            case ChangeList(list_id=list_id, joins=joins):
                key = "step.list.joins" if joins else "step.list.leaves"
                return self._named(key, list_id, self.names.lists, "list")
            case ChangeScore(points=points):
                sign = "\u2212" if points < 0 else "+"
                return self.t.count("step.score", abs(points), sign=sign)
            case ChangeOwner(owner=owner):
                return self._owner("step.owner", owner) or self.t("step.owner.none")
            case SyncWithSugar():
                return self.t("step.sync")
            case ScheduleTask(task=task):
                return self._task(task)
            case End():
                return self.t("step.end")

    def details(self, step: Step) -> list[str]:
        """The rest of its settings, each a sentence; what it does first, where it has a name of its own."""
        found = [self.does(step)] if step.name and not isinstance(step.action, End) else []
        match step.action:
            case Branch() as branch:
                found += self._how(branch)
            case SyncWithSugar(plan=plan):
                found += self._sync(plan)
            case ScheduleTask(task=task):
                found.append(self._due(task))
            case End():
                found.append(self.t("step.end.text"))
        return found

    def start(self) -> str:
        """Who comes in."""
        start = self.campaign.start
        match start.comes:
            case Comes.LIST:
                name = self._lists.get(start.list_id)
                if not name:
                    return self.t("flow.start.list.none")
                key = "flow.start.list" if start.present else "flow.start.list.coming"
                return self.t(key, list=name)
            case Comes.FORM:
                name = self.names.forms.get(start.form_id)
                return (
                    self.t("flow.start.form", form=name) if name else self.t("flow.start.form.none")
                )
            case Comes.NOBODY:
                return self.t("flow.start.nobody")

    def start_details(self) -> list[str]:
        """How often people come in, and what takes them out."""
        start = self.campaign.start
        found = []
        if start.comes is not Comes.NOBODY:
            again = start.again_days
            found.append(
                self.t.count("flow.start.again", again) if again else self.t("flow.start.once")
            )
        if start.leaves and start.comes is Comes.LIST:
            found.append(self.t("flow.start.leaves"))
        return found

    def duration(self, minutes: int) -> str:
        """Minutes in the largest unit that says them whole."""
        for unit, size in _UNITS:
            if unit != "weeks" and minutes and minutes % size == 0:
                return self.t.count(f"duration.{unit}", minutes // size)
        return self.t.count("duration.minutes", minutes)

    def weekdays(self, days: Sequence[int]) -> str:
        """Days of the week, those that follow each other as a range."""
        runs: list[list[int]] = []
        for day in sorted(days):
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        return ", ".join(self._run(run) for run in runs)

    def _run(self, days: Sequence[int]) -> str:
        names = [self.t(f"weekday.{day}") for day in days]
        if len(names) < 3:
            return ", ".join(names)
        return self.t("weekdays.range", since=names[0], until=names[-1])

    @property
    def _lists(self) -> Mapping[str, str]:
        """The lists by name; with it is said of which it is not known yet who is on them."""
        flag = self.t("list.unsettled")
        unsettled = self.names.unsettled
        return {i: f"{n} ({flag})" if i in unsettled else n for i, n in self.names.lists.items()}

    def _named(self, key: str, wanted: str, names: Mapping[str, str], what: str) -> str:
        if not wanted:
            return self.t(f"{key}.none")
        name = names.get(wanted)
        return self.t(key, **{what: name}) if name else self.t(f"{key}.gone")

    def _wait(self, wait: Wait) -> str:
        until = ""
        if wait.at is not None or wait.weekdays:
            at, days = self.w.clock(wait.at) if wait.at else "", self.weekdays(wait.weekdays)
            key = "step.wait.at_on" if at and days else "step.wait.at" if at else "step.wait.on"
            until = self.t(key, at=at, days=days)
        if not wait.minutes:
            return self.t("step.wait.only", until=until)
        found = self.t("step.wait.for", duration=self.duration(wait.minutes))
        return f"{found}, {self.t('step.wait.until', until=until)}" if until else found

    def _question(self, branch: Branch) -> str:
        match branch.asks:
            case Asks.OPENED | Asks.CLICKED:
                sent = self.campaign.steps.get(branch.sent_at)
                if sent is None or not isinstance(sent.action, SendEmail):
                    return self.t(f"step.branch.{branch.asks}.none")
                email = self.names.emails.get(sent.action.email_id) or self.name(sent)
                if branch.asks is Asks.CLICKED and branch.link:
                    return self.t("step.branch.clicked.link", link=branch.link, email=email)
                return self.t(f"step.branch.{branch.asks}", email=email)
            case Asks.VISITED:
                if not branch.page:
                    return self.t("step.branch.visited.none")
                return self.t("step.branch.visited", page=branch.page)
            case Asks.RULE:
                if branch.segment:
                    return self._named("step.branch.segment", branch.segment, self._lists, "list")
                words = self.names.rules.get(branch.rule)
                if not words:
                    return self.t("step.branch.rule.none")
                return self.t("step.branch.rule", words=words[0].upper() + words[1:])

    def _how(self, branch: Branch) -> Iterable[str]:
        if branch.asks in (Asks.OPENED, Asks.CLICKED) and branch.sent_at in self.numbers:
            yield self.t("step.branch.sent", number=self.numbers[branch.sent_at])
        if branch.within_minutes:
            yield self.t("step.branch.within", duration=self.duration(branch.within_minutes))
        else:
            yield self.t("step.branch.now")

    def _owner(self, key: str, choice: OwnerChoice) -> str:
        if choice.rule is OwnerRule.EXISTING or not choice.users:
            return ""
        names = [
            self.names.users.get(one) or self.t("step.owner.unknown")
            for one in choice.users[:MOST_USERS]
        ]
        users, rest = ", ".join(names), len(choice.users) - MOST_USERS
        if rest > 0:
            users = self.t("step.users.more", users=users, n=rest)
        return self.t(f"{key}.{choice.rule}", users=users)

    def _sync(self, plan: SyncPlan) -> Iterable[str]:
        yield self.t("step.sync.as", module=self.t(f"one.{plan.module}"))
        if owner := self._owner("step.sync.owner", plan.owner):
            yield owner
        if plan.lead_source:
            yield self.t("step.sync.source", source=plan.lead_source)
        if plan.update_existing:
            yield self.t("step.sync.update")
        if plan.task is not None:
            yield self.t("step.task.with", task=self._task(plan.task))
            yield self._due(plan.task)

    def _task(self, task: TaskPlan) -> str:
        kind = self.t(f"push.task.{task.kind}")
        return self.t("step.task", kind=kind, subject=task.subject)

    def _due(self, task: TaskPlan) -> str:
        if task.days < 2:
            when = self.t(f"step.task.day.{task.days}")
        else:
            when = self.t.count("step.task.day", task.days)
        priority = self.t(f"push.task.priority.{task.priority}")
        return self.t("step.task.due", when=when, at=self.w.clock(task.at), priority=priority)
