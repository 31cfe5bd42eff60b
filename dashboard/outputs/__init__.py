"""How answers leave: the page, files, and the briefing."""
