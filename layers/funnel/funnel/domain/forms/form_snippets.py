"""What goes into a page of a site so that it has a form: plain HTML, or a frame that grows with it."""

from html import escape

from funnel.domain.forms.forms import TRAP, Form, FormField, Widget

_TYPES = {Widget.EMAIL: "email", Widget.PHONE: "tel", Widget.DATE: "date"}
_LINE, _REST = 90, 260
"""How tall a field is, and what is around them, in pixels: a frame without scripts has to be tall enough."""


def frame_html(form: Form, address: str) -> str:
    """A frame, and the script by which it is as tall as what is in it; without it, it can be scrolled."""
    shown = [one for one in form.fields if one.widget is not Widget.HIDDEN]
    height = _REST + _LINE * len(shown)
    return (
        f'<iframe src="{escape(address)}/f/{form.form_id}?frame=yes" '
        f'title="{escape(form.title or form.name)}" loading="lazy" '
        f'width="100%" height="{height}" style="border:0"></iframe>\n'
        f'<script async src="{escape(address)}/f/embed.js"></script>'
    )


def form_html(form: Form, address: str) -> str:
    """A form of the page's own, which works without scripts and looks as the page does."""
    lines = [f'<form action="{escape(address)}/f/{form.form_id}" method="post">']
    lines += [line for one in form.fields if (line := _field(one))]
    lines.append(
        f'<p style="position:absolute;left:-9999px" aria-hidden="true">'
        f'<input name="{TRAP}" tabindex="-1" autocomplete="off"></p>'
    )
    lines += [f"<p><button>{escape(form.button or 'Send')}</button></p>", "</form>"]
    return "\n".join(lines)


def _field(one: FormField) -> str:
    if one.widget is Widget.HIDDEN:
        hidden = f'<input type="hidden" name="{one.name}" value="{escape(one.preset)}">'
        return hidden if one.from_query else ""
    must = " required" if one.required else ""
    name, label = f'name="{one.name}"{must}', escape(one.label)
    if one.widget in (Widget.YES_NO, Widget.CONSENT):
        ticked = " checked" if one.preset == "yes" else ""
        return f'<p><label><input type="checkbox" {name} value="yes"{ticked}> {label}</label></p>'
    if one.widget is Widget.LONG_TEXT:
        inner = f'<textarea {name} maxlength="5000">{escape(one.preset)}</textarea>'
    elif one.widget is Widget.CHOICE:
        options = "".join(_option(text, one.preset) for text in one.options)
        inner = f'<select {name}><option value=""></option>{options}</select>'
    else:
        kind = _TYPES.get(one.widget, "text")
        inner = f'<input type="{kind}" {name} value="{escape(one.preset)}" maxlength="255">'
    return f"<p><label>{label}<br>{inner}</label></p>"


def _option(text: str, preset: str) -> str:
    return f"<option{' selected' if text == preset else ''}>{escape(text)}</option>"
