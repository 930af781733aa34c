/** The box where a question is written. */

import { announce } from "./announce.js";
import { codePoints } from "./spans.js";
import * as storage from "./storage.js";
import { words } from "./words.js";

const LIMIT = 1000;
const NEAR = 100;

const left = (question) => LIMIT - codePoints(question).length;

/**
 * Bring the composer to life. `ask(question)` gets only what can be asked; `earlier()` gives
 * the questions asked before, oldest first.
 */
export function createComposer(form, ask, earlier) {
  const box = form.querySelector("textarea");
  const limit = form.querySelector("#limit");
  const slash = document.getElementById("slash");
  // Which earlier question the arrow keys have brought back, counted from the last; -1: none.
  let recalled = -1;

  function update() {
    const room = left(box.value.trim());
    limit.textContent = room < 0 ? words.tooLong(-room) : room <= NEAR ? words.left(room) : "";
    limit.classList.toggle("over", room < 0);
    box.setAttribute("aria-invalid", room < 0);
    // The height follows the text; the style sheet says how far.
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
    storage.saveDraft(box.value);
  }

  function set(text) {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    update();
  }

  function recall(step) {
    const questions = earlier().reverse();
    const next = Math.min(recalled + step, questions.length - 1);
    if (next === recalled) return false;
    set(next < 0 ? "" : questions[next]);
    recalled = Math.max(next, -1);
    return true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value.trim();
    if (question && left(question) >= 0) return ask(question);
    if (question) announce(words.tooLong(-left(question)), true);
    box.focus();
  });

  box.addEventListener("keydown", (event) => {
    // Enter also ends a word that is being composed, as in Japanese; that is no question yet.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      form.requestSubmit();
    }
    const recalling = box.value === "" || recalled >= 0;
    if (event.key === "ArrowUp" && recalling && recall(1)) event.preventDefault();
    if (event.key === "ArrowDown" && recalled >= 0 && recall(-1)) event.preventDefault();
  });

  box.addEventListener("input", () => {
    recalled = -1;
    const was = limit.textContent;
    update();
    // Read out when the warning comes and goes, not at every key.
    if (Boolean(was) !== Boolean(limit.textContent)) announce(limit.textContent);
  });

  slash.checked = storage.loadSlash();
  slash.addEventListener("change", () => storage.saveSlash(slash.checked));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    // A key of its own must be possible to turn off, so it works where its switch is seen.
    if (!slash.checked || !slash.offsetParent || writing) return;
    if (document.querySelector("dialog:modal")) return;
    event.preventDefault();
    box.focus();
  });

  set(storage.loadDraft());
  return {
    focus: () => box.focus(),
    set,
    fits: (question) => left(question) >= 0,
    /** Empty the box, unless something else has been written meanwhile. */
    done(question) {
      recalled = -1;
      if (box.value.trim() === question) set("");
    },
  };
}
