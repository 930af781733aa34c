/** Source cards: where an answer stands. */

import { button, element, outside, time } from "./dom.js";
import { codePoints, excerpt, marked } from "./spans.js";
import { words } from "./words.js";

/**
 * Make the numbered cards of an answer's sources, best first. `languages` are those of the
 * releases by id; `show(source, opener)` opens the release at a source.
 */
export function sourceList(sources, languages, show) {
  const cards = sources.map((source, i) => card(source, i + 1, languages, show));
  return element("ol.sources", { role: "list" }, ...cards);
}

function card(source, number, languages, show) {
  const points = codePoints(source.snippet);
  const { start, end } = excerpt(points, source.highlights);
  const label = (text) => ({ "aria-label": `${text}: ${source.title}` });
  return element(
    "li.source",
    {},
    element("span.number", { "aria-hidden": "true" }, String(number)),
    element("h4", { dir: "auto" }, source.title),
    time(source.date),
    element(
      "blockquote",
      { dir: "auto", lang: languages.get(source.document_id) ?? null },
      start > 0 && "… ",
      ...marked(points, source.highlights, start, end),
      end < points.length && " …",
    ),
    element(
      "p.actions",
      {},
      button(
        ".link",
        words.showInRelease,
        (event) => show(source, event.currentTarget),
        label(words.showInRelease),
      ),
      outside(source.link, words.openPage, label(words.openPageInTab)),
    ),
    // On paper a link shows no address.
    element("p.on-paper", {}, words.characters(source.start, source.end), " ", source.url),
  );
}
