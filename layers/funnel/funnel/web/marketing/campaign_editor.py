"""The editor of a campaign: steps are added, changed, moved, connected and removed, each a page of its own."""

from dataclasses import replace

from funnel.domain.campaigns.campaign_edits import Effect
from funnel.domain.campaigns.campaign_graph import (
    Edge,
    Place,
    Port,
    edges_of,
    graph_of,
    places,
    removal,
    step_of,
    target_of,
)
from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    Action,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    StepId,
)
from funnel.domain.errors import Conflict, FunnelError, InputInvalid, NotFound
from funnel.domain.problems import Problems
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.edit_campaign import (
    Edit,
    adding,
    changing,
    connecting,
    foreseen,
    moving,
    removing,
    with_edit,
)
from funnel.usecases.campaigns.keep_campaigns import CampaignDraft, campaign_of, change_campaign
from funnel.usecases.campaigns.step_settings import StepKind, StepSettings, made_of, settings_of
from funnel.usecases.campaigns.view_campaigns import CampaignFigures, campaign_figures
from funnel.usecases.campaigns.view_unsent import UnsentPage, unsent_at
from funnel.web.asked import Asked
from funnel.web.errors import FormError, form_error
from funnel.web.marketing.branch_rule import branch_rule
from funnel.web.marketing.campaign_page import (
    Form,
    Panel,
    diagram_of,
    home_of,
    mails_of,
    offered,
    place_words,
    show,
)
from funnel.web.marketing.diagram import Diagram, effect_words
from funnel.web.marketing.rule_builder import drawing, is_drawing
from funnel.web.marketing.step_form import first, form_of, settings_in, version_in
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/app/campaigns/<campaign_id>"
KINDS = tuple(kind.value for kind in StepKind)
_FIELDS = frozenset(form_of(StepSettings(StepKind.END))) - {"kind"}
_ORDER = [*(one for one in form_of(StepSettings(StepKind.END)) if one != "name"), "name"]
"""As fields stand in the form of a step."""
_BLANK = {"minutes": ["1"], "minutes_unit": ["days"], "within_minutes": ["2"], "asks": ["clicked"]}


@room.page("GET", f"{ROOT}/steps/new")
def ask_new(asked: Asked, campaign_id: str) -> Reply:
    """What a step is to do; then its settings."""
    campaign = _campaign(asked, campaign_id)
    place = _place(asked.query("after"), asked.query("port"))
    return _new(asked, campaign, place, asked.query("kind"))


@room.page("POST", f"{ROOT}/steps/new")
def add(asked: Asked, campaign_id: str) -> Reply:
    """Add it."""
    campaign, sent = _campaign(asked, campaign_id), asked.form()
    place = _place(first(sent, "after"), first(sent, "port"))
    if drawn := drawing(asked, action=asked.path):
        return drawn
    if is_drawing(sent):
        return _new(asked, campaign, place, first(sent, "kind"), sent)
    try:
        key = first(sent, "key")
        if not key:
            raise InputInvalid("Choose what the step does again.")
        edit = adding(campaign.campaign_id, key, _made(asked, sent), place)
        return save(asked, campaign, with_edit(campaign, edit))
    except (InputInvalid, Conflict) as error:
        return _new(asked, campaign, place, first(sent, "kind"), sent, error)


@room.page("GET", f"{ROOT}/steps/<step_id>")
def show_step(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """One step beside the diagram."""
    return _step(asked, _campaign(asked, campaign_id), StepId(step_id))


@room.page("POST", f"{ROOT}/steps/<step_id>")
def change(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """Save its settings."""
    campaign, sent = _campaign(asked, campaign_id), asked.form()
    if drawn := drawing(asked, action=asked.path):
        return drawn
    if is_drawing(sent):
        return _step(asked, campaign, StepId(step_id), sent)
    try:
        edit = changing(StepId(step_id), _made(asked, sent))
        return save(asked, campaign, with_edit(campaign, edit), step=StepId(step_id))
    except (InputInvalid, Conflict) as error:
        return _step(asked, campaign, StepId(step_id), sent, error)


@room.page("POST", f"{ROOT}/steps/<step_id>/connect")
def connect(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """Have one of its ways lead elsewhere."""
    place = _place(step_id, asked.form_value("port"))
    edit = connecting(place, StepId(asked.form_value("to")))
    return _edit_step(asked, campaign_id, step_id, edit)


@room.page("POST", f"{ROOT}/steps/<step_id>/move")
def move(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """Put it elsewhere."""
    port, _, after = asked.form_value("place").partition(" ")
    return _edit_step(asked, campaign_id, step_id, moving(StepId(step_id), _place(after, port)))


@room.page("GET", f"{ROOT}/steps/<step_id>/remove")
def ask_remove(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """What goes with a step, before it is removed."""
    campaign = _campaign(asked, campaign_id)
    figures = campaign_figures(asked.app, campaign)
    diagram = _choosing(diagram_of(asked, campaign, figures), step_id)
    graph = graph_of(campaign)
    step = step_of(graph, StepId(step_id))
    ways = (Port.YES, Port.NO) if isinstance(step.action, Branch) else (Port.NEXT,)
    gone = [(way.value, removal(graph, step.step_id, way).gone[1:]) for way in ways]
    panel = Panel("remove", home_of(campaign), campaign.version, step=step, removals=gone)
    return show(asked, campaign, diagram, panel, figures=figures)


@room.page("POST", f"{ROOT}/steps/<step_id>/remove")
def remove(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """Remove it, with what hangs on the way that is not kept."""
    edit = removing(StepId(step_id), _port(asked.form_value("keep")))
    return _edit_step(asked, campaign_id, step_id, edit)


def save(
    asked: Asked,
    campaign: Campaign,
    draft: CampaignDraft,
    done: str = "saved",
    step: StepId = NOWHERE,
) -> Reply:
    """Save a change, of a step if it is one, once what it does to people has been read.

    Raises `InputInvalid` and `Conflict`.
    """
    sent = asked.form()
    version = version_in(first(sent, "version"))
    if campaign.version != version:
        raise Conflict(
            f"{campaign.changed_by or 'Somebody'} changed this campaign meanwhile.",
            mend="Look at it again.",
        )
    effects = foreseen(asked.app, campaign, draft)
    if effects and first(sent, "sure") != "yes":
        return _effects(asked, campaign, effects, sent, step)
    change_campaign(
        asked.app, asked.tenant, campaign.campaign_id, draft, version, asked.who.user_name
    )
    return see_other(f"{home_of(campaign)}?saved={done}")


def _edit_step(asked: Asked, campaign_id: str, step_id: str, edit: Edit) -> Reply:
    campaign = _campaign(asked, campaign_id)
    try:
        return save(asked, campaign, with_edit(campaign, edit), step=StepId(step_id))
    except (InputInvalid, Conflict) as error:
        return _step(asked, campaign, StepId(step_id), error=error)


def _campaign(asked: Asked, campaign_id: str) -> Campaign:
    return campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))


def _new(
    asked: Asked,
    campaign: Campaign,
    place: Place,
    kind: str,
    sent: Form | None = None,
    error: FunnelError | None = None,
) -> Reply:
    if campaign.state is CampaignState.ENDED:
        raise InputInvalid("This campaign has ended.", mend="Make another one.")
    figures = campaign_figures(asked.app, campaign)
    diagram = diagram_of(asked, campaign, figures)
    follows = target_of(graph_of(campaign), place)
    panel = Panel(
        "kinds",
        home_of(campaign),
        campaign.version,
        _said(error),
        kinds=[one for one in KINDS if one != StepKind.END.value or not follows],
        where=place_words(diagram, place, "step.new"),
        after=place.after,
        port=place.port.value,
    )
    if kind in KINDS:
        blank = form_of(StepSettings(StepKind(kind))) | _BLANK
        panel = replace(
            panel,
            show="add",
            kind=kind,
            key=(first(sent, "key") if sent else "") or asked.app.ids.new_id(),
            sent=sent or {**blank, "within_minutes_unit": ["days"]},
            choices=offered(asked, _list_in(sent)),
            mails=mails_of(diagram),
            rule=branch_rule(asked, kind, f"{home_of(campaign)}/steps/new", sent, error=error),
        )
    diagram = replace(diagram, adding=(place.after, place.port.value))
    return show(asked, campaign, diagram, panel, error, figures)


def _step(
    asked: Asked,
    campaign: Campaign,
    step_id: StepId,
    sent: Form | None = None,
    error: FunnelError | None = None,
) -> Reply:
    graph = graph_of(campaign)
    step = step_of(graph, step_id)
    figures = campaign_figures(asked.app, campaign)
    diagram = _choosing(diagram_of(asked, campaign, figures), step_id)
    kind = first(sent, "kind") if sent else ""
    own = {step_id}
    ways: list[Edge] = list(edges_of(graph, step))
    order = [campaign.steps[one] for one in diagram.numbers if one not in own]
    free = [
        place
        for place in places(graph, own)
        if target_of(graph, place) != step_id and (place.after or graph.first != step_id)
    ]
    sent_or_own = sent or form_of(settings_of(step.action, step.name))
    panel = Panel(
        "change",
        home_of(campaign),
        campaign.version,
        _said(error),
        sent=sent_or_own,
        kind=kind if kind in KINDS else step.action.TAG,
        step=step,
        number=diagram.numbers[step_id],
        choices=offered(asked, _list_in(sent_or_own)),
        mails=mails_of(diagram),
        rule=branch_rule(
            asked, step.action.TAG, f"{home_of(campaign)}/steps/{step_id}", sent, step, error
        ),
        ports=[(way.port.value, way.target) for way in ways],
        others=order,
        unsent=_unsent(asked, campaign, step_id, figures),
        places=[
            (f"{place.port.value} {place.after}", place_words(diagram, place, "step.move"))
            for place in _in_order(free, diagram)
        ],
    )
    return show(asked, campaign, diagram, panel, error, figures)


def _list_in(sent: Form | None) -> str:
    """The list or Segment that is chosen in a form, if any is."""
    return (first(sent, "list") or first(sent, "segment")) if sent else ""


def _unsent(
    asked: Asked, campaign: Campaign, step: StepId, figures: CampaignFigures
) -> UnsentPage | None:
    at = figures.steps.get(step)
    if at is None or at.mail is None or not at.mail.got_none:
        return None
    return unsent_at(asked.app, asked.tenant, campaign.campaign_id, step)


def _in_order(found: list[Place], diagram: Diagram) -> list[Place]:
    return sorted(found, key=lambda one: diagram.numbers.get(one.after, 0))


def _effects(
    asked: Asked, campaign: Campaign, effects: tuple[Effect, ...], sent: Form, step: StepId
) -> Reply:
    figures = campaign_figures(asked.app, campaign)
    diagram = diagram_of(asked, campaign, figures)
    panel = Panel(
        "effects",
        home_of(campaign),
        campaign.version,
        sent=sent,
        step=campaign.steps.get(step),
        effects=[effect_words(diagram, one) for one in effects],
        action=asked.path,
    )
    return show(asked, campaign, diagram, panel, figures=figures)


def _made(asked: Asked, sent: Form) -> tuple[Action, str]:
    """The step that a form says. Raises `InputInvalid` with all that is wrong."""
    wrong = Problems()
    settings = settings_in(sent, wrong)
    with wrong.found():
        made = made_of(asked.app, asked.tenant, settings)
    wrong.raise_all()
    return made


def _said(error: FunnelError | None) -> FormError | None:
    """What stands at fields of the form, or above it where it has no such field."""
    if error is None:
        return None
    whole = form_error(error, _ORDER)
    others = tuple(one if one.field in _FIELDS else replace(one, field="") for one in whole.others)
    field = whole.field if whole.field in _FIELDS else ""
    return replace(whole, field=field, others=others)


def _choosing(diagram: Diagram, step_id: str) -> Diagram:
    return replace(diagram, chosen=step_id)


def _place(after: str, port: str) -> Place:
    return Place(StepId(after), _port(port))


def _port(text: str) -> Port:
    try:
        return Port(text or Port.NEXT)
    except ValueError:
        raise NotFound("Nothing leads on from there.") from None
