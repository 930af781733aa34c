/** Text on its way out of the page: to the clipboard or into a file. */

import { announce } from "./announce.js";
import { words } from "./words.js";

const TOLD_MS = 2000;

/** Copy a text; the button that it was asked with says for a moment whether it worked. */
export async function copyText(text, from) {
  const told = (await write(text)) ? words.copied : words.notCopied;
  const label = from.textContent;
  announce(told);
  if (label === told) return;
  from.textContent = told;
  setTimeout(() => (from.textContent = label), TOLD_MS);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A frame without that permission, or a site without TLS, can still copy a selection.
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.className = "unseen";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}

/** Let the browser save a Markdown text as a file. */
export function saveFile(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
