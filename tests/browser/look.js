() => {
  // What a page shows, as plain data: words, headings, cards with their charts and tables, and what stands in the way.
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const words = element => element.innerText.trim();
  const box = element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const visible = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = element => (element.className.match(/st-key-si-card-([a-z0-9-]+)/) || [])[1];
  const texts = (selector, plot) => all(selector, plot).filter(text => text.textContent.trim() && visible(text));
  const cover = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;

  const overlapping = (group, plot) => {
    const placed = texts(group, plot).map(text => [text.textContent, box(text)]);
    return placed.flatMap(([one, first], place) => placed.slice(place + 1)
      .filter(([, second]) => cover(first, second)).map(([other]) => `'${one}' covers '${other}'`));
  };
  const labels = card => all(".js-plotly-plot", card).flatMap(plot => {
    const edge = box(plot);
    const cut = texts(".main-svg text", plot).filter(text => {
      const place = box(text);
      return place.left < edge.left - 1 || place.right > edge.right + 1
        || place.top < edge.top - 1 || place.bottom > edge.bottom + 1;
    }).map(text => `'${text.textContent}' is cut off`);
    return [...cut, ...[".xtick text", ".ytick text", ".bars text"].flatMap(group => overlapping(group, plot))];
  });

  const main = document.querySelector('[data-testid="stMain"]');
  const banner = document.querySelector(".si-made-up");
  return {
    title: document.title,
    language: document.documentElement.lang,
    words: words(main),
    h1: all("h1").filter(visible).map(words),
    headings: all("h1, h2, h3, h4, h5, h6").filter(visible).map(one => [Number(one.tagName[1]), words(one)]),
    landmarks: ["main", "header", "nav", "footer"].filter(tag => document.querySelector(tag)),
    banner: banner && { words: words(banner), ...box(banner), page: box(main.querySelector(".stMainBlockContainer")) },
    wide: {
      page: document.documentElement.scrollWidth, window: window.innerWidth,
      main: main.scrollWidth, room: main.clientWidth,
    },
    buttons: all("button", main).filter(visible).map(words),
    cards: all('[class*="st-key-si-card-"]').map(card => ({
      id: name(card),
      headline: words(card.querySelector("h2")),
      tabs: all('[role="tab"]', card).filter(visible).map(words),
      charts: all(".js-plotly-plot .main-svg .infolayer", card).length > 0,
      alts: all('[data-testid="stPlotlyChart"]', card).map(chart => chart.getAttribute("aria-label") || ""),
      tables: all("table tbody tr", card).length,
      tiles: all(".si-tile", card).map(words),
      claims: all(".si-claim", card).length,
      empty: all(".si-empty", card).map(words),
      hints: all(".si-hint", card).map(words),
      words: words(card),
      labels: labels(card),
    })),
  };
}
