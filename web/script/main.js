/** The page: makes the parts, connects them, and opens with what the address asks for. */

import { announce } from "./announce.js";
import * as api from "./api.js";
import { createAsking } from "./asking.js";
import { citation, linkTo, toMarkdown } from "./citation.js";
import { copyText, saveFile } from "./export.js";
import { createComposer } from "./composer.js";
import { showConversation } from "./conversation.js";
import { createDocumentView } from "./document-view.js";
import { button, fillWords, scrolling } from "./dom.js";
import { createStore } from "./state.js";
import * as storage from "./storage.js";
import { failureText } from "./turn.js";
import { showWelcome } from "./welcome.js";
import { words } from "./words.js";

const at = (id) => document.getElementById(id);
const embedded = location.pathname.endsWith("/embed");
const touch = matchMedia("(pointer: coarse)");

document.documentElement.classList.toggle("embedded", embedded);
// The whole page cannot stand in a frame.
if (embedded) document.querySelector(".name").target = "_blank";
fillWords();

const store = createStore();
const asking = createAsking(store, {
  waiting() {
    announce(words.waiting);
    goTo(null);
  },
  answered(turn, { question, clicked }) {
    notice();
    composer.done(question);
    reflect();
    announce(words.spoken(turn.answer));
    goTo(turn.id, clicked);
  },
  failed(failure, { question, clicked }) {
    if (!clicked) composer.set(question);
    announce(failureText(failure), true);
    goTo(null, clicked);
  },
  cancelled({ question }) {
    composer.set(question);
    composer.focus();
    announce(words.cancelled);
  },
});
const composer = createComposer(
  at("composer"),
  (question) => asking.ask({ question }),
  () => store.get().turns.map(({ answer }) => answer.question),
);
const documentView = createDocumentView(at("document"));
const click = (question) => asking.ask({ question, clicked: true });
const viewOf = showConversation(at("conversation"), store, {
  ask: click,
  literally: ({ id, answer: { question } }) =>
    asking.ask({ question, literal: true, replaces: id, clicked: true }),
  cancel: asking.cancel,
  retry: asking.retry,
  show: (source, opener) => documentView.open(source, source, opener),
  copy: ({ answer }, from) => copyText(citation(answer), from),
  copyLink: ({ answer }, from) => copyText(linkTo(answer), from),
});
showWelcome(at("welcome"), store, {
  ask: click,
  read: (release, opener) => documentView.open(release, null, opener),
});

/** Bring a turn (null: the open one) to the top; focus it if asked, or on touch. */
function goTo(id, focus = false) {
  const view = viewOf(id);
  view?.scrollIntoView({ block: "start", behavior: scrolling() });
  // On a touch screen this also puts the keyboard away, which would cover the answer.
  if (focus || touch.matches) view?.querySelector("h2").focus({ preventScroll: true });
}

/** Let the address and the title say the last question: the address can be shared as it is. */
function reflect() {
  const answer = store.get().turns.at(-1)?.answer;
  document.title = answer ? words.title(answer.question) : words.name;
  if (!embedded) history.replaceState(history.state, "", answer ? linkTo(answer) : "./");
}

/** Show a line above the composer; without content, take it away. */
function notice(...content) {
  at("notice").replaceChildren(...content);
  at("notice").hidden = content.length === 0;
}

at("save").addEventListener("click", () => {
  const now = new Date().toISOString();
  saveFile(words.fileName(now.slice(0, 10)), toMarkdown(store.get().turns, now));
  announce(words.saved);
});

at("anew").addEventListener("click", () => {
  const { turns } = store.get();
  const undo = () => {
    asking.keep(turns);
    notice();
    reflect();
    composer.focus();
  };
  asking.keep([]);
  composer.set("");
  reflect();
  notice(words.cleared, " ", button(".link", words.undo, undo));
  announce(words.cleared);
  scrollTo({ top: 0, behavior: scrolling() });
  composer.focus();
});

store.subscribe(({ turns }) => {
  at("save").hidden = at("anew").hidden = turns.length === 0;
});
storage.onTurnsElsewhere((turns) => store.set({ turns }));
// The page itself opens at the last turn.
history.scrollRestoration = "manual";
// The way back from a release may lead to the address of an earlier question.
addEventListener("popstate", reflect);
// What stands at the foot of the page must not cover what the focus goes to.
new ResizeObserver(([{ target }]) =>
  document.documentElement.style.setProperty("--dock", `${target.offsetHeight}px`),
).observe(document.querySelector(".dock"));

/** Open with what the service knows, what was kept here and what the address asks. */
async function start() {
  const kept = storage.loadTurns();
  // Without its lists the page answers all the same.
  const lists = [api.documents, api.examples].map((list) => list().catch(() => []));
  const [documents, examples] = await Promise.all(lists);
  store.set({ documents, examples, turns: [...kept, ...store.get().turns] });

  const question = (new URLSearchParams(location.search).get("q") ?? "").trim();
  const last = kept.at(-1);
  const asked = last && linkTo(last.answer) === linkTo({ question, interpreted_as: question });
  if (question && !asked) {
    // A link's question stands on its own, whatever was asked here before.
    composer.set(question);
    if (composer.fits(question)) asking.ask({ question, literal: true });
  } else if (last) {
    reflect();
    viewOf(last.id).scrollIntoView();
  }
}

start();
