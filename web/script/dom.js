/** Making elements. Text goes in as text nodes only, so that no text can become markup. */

import { words } from "./words.js";

/**
 * Make an element from its tag and classes ("p.class"), attributes and children. An `on…`
 * attribute is a listener. Strings become text nodes; null and false are left out.
 */
export function element(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** Make a button ("" or its classes) with a text and what a click does. */
export const button = (classes, text, onclick, attributes = {}) =>
  element(`button${classes}`, { type: "button", onclick, ...attributes }, text);

/** Make a release's date; null when it has none. */
export const time = (date) => date && element("time", { datetime: date }, words.day(date));

/** Make a link to another site; null when the address is none of the web. */
export const outside = (address, text, attributes = {}) =>
  /^https?:/iu.test(address ?? "")
    ? element("a.link", { href: address, target: "_blank", rel: "noopener", ...attributes }, text)
    : null;

/** Put the page's words where index.html says which. */
export function fillWords() {
  for (const at of document.querySelectorAll("[data-words]"))
    at.textContent = words[at.dataset.words];
  for (const name of ["aria-label", "placeholder"])
    for (const at of document.querySelectorAll(`[data-${name}]`))
      at.setAttribute(name, words[at.getAttribute(`data-${name}`)]);
}

/** How to scroll: at once for readers who asked for less motion. */
export const scrolling = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
