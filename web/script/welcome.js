/** How the page opens: example questions, and the releases that it knows. */

import { button, element, time } from "./dom.js";
import { exampleList } from "./turn.js";
import { words } from "./words.js";

const SHOWN = 4;

/**
 * Show the examples and releases of a store (see state.js), from now on.
 * `actions`: ask(question), read(release, opener).
 */
export function showWelcome(root, store, actions) {
  const examples = root.querySelector("#examples");
  const releases = root.querySelector("#releases");
  let shown = {};

  store.subscribe((state) => {
    if (state.examples !== shown.examples) {
      examples.hidden = !state.examples.length;
      const list = exampleList(state.examples.slice(0, SHOWN), actions.ask);
      examples.querySelector("ul").replaceWith(list);
    }
    if (state.documents !== shown.documents) {
      releases.hidden = !state.documents.length;
      releases.querySelector("h2").textContent = words.known(state.documents.length);
      releases.querySelector("ul").replaceChildren(...releaseItems(state.documents, actions.read));
    }
    shown = state;
  });
}

/** The newest releases; the others are folded. */
function releaseItems(documents, read) {
  const item = (release) => {
    const open = (event) => read(release, event.currentTarget);
    const title = { dir: "auto", lang: release.language };
    return element("li", {}, button("", release.title, open, title), " ", time(release.date));
  };
  const items = [...documents].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "")).map(item);
  const rest = items.splice(SHOWN);
  if (!rest.length) return items;
  const summary = element("summary", {}, words.moreReleases(rest.length));
  const folded = element("details", {}, summary, element("ul", {}, ...rest));
  return [...items, element("li", {}, folded)];
}
