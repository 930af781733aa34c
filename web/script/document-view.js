/**
 * A release in full, beside the conversation; on a small screen a sheet over it. It opens
 * at the passage, which is marked. Escape, the button and the browser's way back close it.
 */

import { announce } from "./announce.js";
import * as api from "./api.js";
import { button, element, outside, time } from "./dom.js";
import { codePoints, find, marked } from "./spans.js";
import { words } from "./words.js";

const beside = matchMedia("(min-width: 64rem)");

/** Bring the dialog to life; gives open(release, source or null, opener). */
export function createDocumentView(dialog) {
  const fetched = new Map();
  let opener = null;
  // The last opening, so that a slow answer does not fill a view that has moved on.
  let current = null;

  async function open(release, source, from) {
    const mine = (current = {});
    const isCurrent = () => current === mine && dialog.open;
    const { document_id: id, title } = release;
    opener = from;
    fill(release, words.opening);
    if (!dialog.open) {
      document.documentElement.classList.toggle("split", beside.matches);
      if (beside.matches) dialog.show();
      else dialog.showModal();
      // So that the way back (a phone's gesture) closes the release, not the page.
      if (!history.state?.release) history.pushState({}, "");
    }
    history.replaceState({ release: { document_id: id, title }, source }, "");
    try {
      if (!fetched.has(id)) fetched.set(id, await api.release(id));
      if (isCurrent()) show(fetched.get(id), source);
    } catch {
      if (!isCurrent()) return;
      const retry = button(".strong", words.retry, () => open(release, source, from));
      fill(release, element("p", {}, words.notOpened), retry);
      announce(words.notOpened, true);
      retry.focus();
    }
  }

  function show(release, source) {
    const points = codePoints(release.text);
    const passage = source && locate(release.text, points, source);
    const move = ({ start, end }) => ({ start: start + passage.start, end: end + passage.start });
    fill(
      release,
      source && !passage && element("p.soft", {}, words.changed),
      ...paragraphs(points, passage, passage ? source.highlights.map(move) : []),
    );
    const target = ["mark", ".passage", ".text"]
      .map((at) => dialog.querySelector(at))
      .find(Boolean);
    if (passage) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (passage) target.scrollIntoView({ block: "center" });
  }

  function fill({ title, date, url, language }, ...content) {
    dialog.replaceChildren(
      element(
        "div.head",
        {},
        element("h2", { id: "document-title", dir: "auto" }, title),
        button(".quiet", words.close, () => dialog.close()),
        element("p.soft", {}, time(date), " ", outside(url, words.original)),
      ),
      element(
        "div.text",
        {
          tabindex: "0", // it scrolls, so the keyboard must reach it
          role: "region",
          "aria-labelledby": "document-title",
          lang: language ?? null,
        },
        ...content,
      ),
    );
  }

  /** Be as the browser's history says, which also survives a reload. */
  function follow() {
    const { release, source } = history.state ?? {};
    if (release) open(release, source, opener);
    else dialog.close();
  }

  dialog.addEventListener("close", () => {
    if (dialog.open) return; // opened again before its closing was told of
    document.documentElement.classList.remove("split");
    opener?.focus();
    if (history.state?.release) history.back();
  });
  // A dialog that is not modal has no key of its own.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the sheet
  });
  addEventListener("popstate", follow);
  follow();
  return { open };
}

/** Where the passage stands; a release may have changed since a kept answer. */
function locate(text, points, { start, end, snippet }) {
  return points.slice(start, end).join("") === snippet ? { start, end } : find(text, snippet);
}

/** The text's lines as paragraphs, with the passage and the highlights marked. */
function paragraphs(points, passage, highlights) {
  const made = [];
  for (let start = 0, end; start < points.length; start = end + 1) {
    end = points.indexOf("\n", start);
    if (end < 0) end = points.length;
    const from = Math.max(start, passage?.start ?? end);
    const to = Math.min(end, passage?.end ?? end);
    const parts =
      from < to
        ? [
            ...marked(points, [], start, from),
            element("span.passage", {}, ...marked(points, highlights, from, to)),
            ...marked(points, [], to, end),
          ]
        : marked(points, [], start, end);
    const paragraph = element("p", { dir: "auto" }, ...parts);
    if (paragraph.textContent.trim()) made.push(paragraph);
  }
  return made;
}
