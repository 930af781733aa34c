/**
 * What stays in this browser: the conversation, the question being written and the reader's
 * choices. A browser may refuse to store (private windows, frames): then the page works
 * without, and a reload begins anew.
 */

import { isAnswer } from "./api.js";

const CONVERSATION = "gloact-qa.conversation";
const DRAFT = "gloact-qa.draft";
const NO_SLASH = "gloact-qa.no-slash";
const KEPT_TURNS = 100;

function attempt(use) {
  try {
    return use(localStorage);
  } catch {
    return null; // refused or full: see above
  }
}

const read = (key) => attempt((storage) => storage.getItem(key));
const write = (key, value) =>
  attempt((storage) => (value ? storage.setItem(key, value) : storage.removeItem(key)));

function parseTurns(stored) {
  try {
    const turns = JSON.parse(stored ?? "[]");
    return turns.every(({ id, answer }) => id && isAnswer(answer)) ? turns : [];
  } catch {
    return [];
  }
}

export const loadTurns = () => parseTurns(read(CONVERSATION));

export const saveTurns = (turns) =>
  write(CONVERSATION, turns.length > 0 && JSON.stringify(turns.slice(-KEPT_TURNS)));

/** Tell when another window of this browser changes the conversation. */
export const onTurnsElsewhere = (tell) =>
  addEventListener("storage", (event) => {
    if (event.key === CONVERSATION) tell(parseTurns(event.newValue));
  });

export const loadDraft = () => read(DRAFT) ?? "";
export const saveDraft = (text) => write(DRAFT, text);

export const loadSlash = () => read(NO_SLASH) === null;
export const saveSlash = (on) => write(NO_SLASH, !on && "1");
