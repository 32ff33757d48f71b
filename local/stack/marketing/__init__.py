"""What a marketer of the demo company made: segments, a form, emails, campaigns and broadcasts.

Made by the interface that marketers have, in the background of the first start.
"""

from local.stack.marketing.fill import embedding, fill, quote_form

__all__ = ["embedding", "fill", "quote_form"]
