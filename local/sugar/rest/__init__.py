"""Sugar's REST v10 and v11, by Sugar's documentation: no live server was at hand."""
