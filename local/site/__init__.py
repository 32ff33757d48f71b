"""A small web site of the demo company, with Funnel's script in its pages."""

from local.site.server import DemoSite

__all__ = ["DemoSite"]
