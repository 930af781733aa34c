/** The way of a question: asked of the service, then answered, failed or cancelled. */

import * as api from "./api.js";
import * as storage from "./storage.js";

const WAITING_MS = 300;

/**
 * Make the asking of a store (see state.js). `tell` is what the page does then: waiting(),
 * answered(turn, request), failed(failure, request), cancelled(request).
 */
export function createAsking(store, tell) {
  let controller = null;

  /**
   * Ask a question, unless one is being asked. A request may be `literal`, without the turns
   * before it; `replaces` is the id of the turn to answer anew; `clicked`: not written.
   */
  async function ask(request) {
    if (controller) return;
    controller = new AbortController();
    const timer = setTimeout(() => {
      store.set({ pending: request, failed: null });
      tell.waiting();
    }, WAITING_MS);
    const { question, literal = false, replaces } = request;
    const history = literal ? [] : store.get().turns.map(({ answer }) => answer);
    const [answer, failure] = await api.ask(question, history, controller.signal).then(
      (answer) => [answer],
      (failure) => [null, failure],
    );
    clearTimeout(timer);
    controller = null;
    if (answer) {
      const id = replaces ?? `${Date.now()}-${Math.random()}`;
      const turn = { id, asked: new Date().toISOString(), literal, answer };
      const { turns } = store.get();
      keep(replaces ? turns.map((old) => (old.id === id ? turn : old)) : [...turns, turn]);
      tell.answered(turn, request);
    } else if (failure.kind === "cancelled") {
      store.set({ pending: null, failed: null });
      tell.cancelled(request);
    } else {
      store.set({ pending: null, failed: { ...request, failure } });
      tell.failed(failure, request);
    }
  }

  /** Make these the conversation, and keep it in the browser. */
  function keep(turns) {
    store.set({ turns, pending: null, failed: null });
    storage.saveTurns(turns);
  }

  return {
    ask,
    keep,
    cancel: () => controller?.abort(),
    retry: () => ask({ ...store.get().failed, clicked: true }),
  };
}
