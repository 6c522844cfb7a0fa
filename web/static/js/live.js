// What happens at this moment, for any page: `onStatus` calls at every change of the unit's state, at once if it is known.

import { shareStream } from "./onestream.js";

const account = document.querySelector("[data-account]").dataset.account;
const state = {};
const listeners = new Set();
let known = false; // The whole state has come.
let ours = false; // The browser's session is the one this page was made for.
let connection = "there"; // or "away", or "signed-out".

/** Call `listener(state, changed)` at every change. state: that of the daemon's `status`. changed: the names of what has. */
export function onStatus(listener) {
  listeners.add(listener);
  if (known) listener(state, new Set(Object.keys(state)));
}

function take(kind, data) {
  if (kind === "hello") {
    ours = data.account === account;
    if (!ours) connect("signed-out");
  } else if (kind === "away" || kind === "signed-out") {
    connect(kind);
  } else if (kind === "status" && ours) {
    connect("there");
    learn(data);
  }
}

function learn(news) {
  const changed = Object.keys(news).filter((name) => JSON.stringify(news[name]) !== JSON.stringify(state[name]));
  Object.assign(state, news);
  known = true;
  if (changed.length) for (const listener of listeners) listener(state, new Set(changed));
}

function connect(now) {
  connection = now;
  document.querySelector("[data-away]").hidden = now !== "away";
  document.querySelector("[data-signed-out]").hidden = now !== "signed-out";
}

/** What a tab that was opened later is told first. */
function whole() {
  if (!known || !ours || connection !== "there") return null;
  return [["hello", { account }], ["status", state]];
}

shareStream("/live", { take, whole });
