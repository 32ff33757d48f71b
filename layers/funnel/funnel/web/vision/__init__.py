"""FunnelVision: what a sales rep sees inside Sugar.

A panel is a function `(app, viewer, look) -> Part` in a module of its own, a template
`templates/vision/<panel>.html`, a name `vision.<panel>` among the texts, and a line in one of the
tables of `panels.py`. It gets `look.owners` to read, and reads nothing of anybody else. Its template
is given `data`, `look` and whatever the part's context says.

Any other part, such as what the drawer shows or a form sends, is registered by `VisionRoom.part`,
in a room that `door.py` names; it checks `look.viewer.may_see` for what it is asked for. What its
template can do without a script is said at the top of `static/vision.js`.
"""
