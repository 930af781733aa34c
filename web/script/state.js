/**
 * The page's state, in one place. It is never changed, only replaced, so that those who
 * show it can tell by identity what is new.
 */

/** Make a store: get the state, replace parts of it, be told of every new one. */
export function createStore() {
  let state = {
    turns: [], // {id, asked: when, literal, answer}, oldest first
    pending: null, // the request (see asking.js) that takes long enough to say so
    failed: null, // the last request and its `failure`, when it failed
    documents: [], // the releases, without their texts
    examples: [], // questions that are answered
  };
  const listeners = [];
  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.push(listener);
      listener(state);
    },
  };
}
