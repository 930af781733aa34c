/** The list of turns: keeps the page's elements in step with the state. */

import { failedView, pendingView, turnView } from "./turn.js";

/**
 * Show the conversation of a store (see state.js) in an element, from now on.
 * `actions` is what the buttons of a turn do; see turn.js.
 */
export function showConversation(root, store, actions) {
  let views = new Map(); // from a turn, or the request that is open, to its element

  store.subscribe(({ turns, pending, failed, documents, examples }) => {
    const languages = new Map(documents.map((d) => [d.document_id, d.language]));
    const asked = turns.map(({ answer }) => answer.question);
    const others = examples.filter((example) => !asked.includes(example));
    const context = { documents, examples: others, languages };
    const make = (item) => {
      if (item === pending) return pendingView(item.question, actions.cancel);
      if (item === failed) return failedView(item.question, item.failure, actions.retry);
      return turnView(item, context, actions);
    };
    const items = [...turns, pending ?? failed].filter(Boolean);
    views = new Map(items.map((item) => [item, views.get(item) ?? make(item)]));

    const wanted = [...views.values()];
    for (const view of [...root.children]) if (!wanted.includes(view)) view.remove();
    // Those that stay are not touched: an element that is moved loses the focus.
    wanted.reduceRight((next, view) => {
      if (!view.isConnected) root.insertBefore(view, next);
      return view;
    }, null);
  });

  /** Find the element of a turn, or of the open request when no id is given. */
  return (id) => {
    const { turns, pending, failed } = store.get();
    return views.get(id ? turns.find((turn) => turn.id === id) : (pending ?? failed));
  };
}
