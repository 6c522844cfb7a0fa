// The operator's desk by keyboard: live calls, search as one types, one key for each thing that can be done.

import { onStatus } from "./live.js";
import { startScripts } from "./deskscripts.js";

const desk = document.querySelector("#desk");
const texts = desk.dataset;
const $ = (selector) => document.querySelector(selector);
const list = $("#calls");
const form = $("#act-form");
const input = $("#find");
const outside = $("#outside-form");
const letter = $("#message-form");
const found = $("#found");
const PAUSE_MS = 80;
const NUMBER = /^\s*\+?[\d\s()/.-]*\d[\d\s()/.-]*$/;

let calls = [];
let chosen = form.elements.call.value;
let shown = null; // The number whose card is shown for the chosen call.
let hit = null; // Who was found and chosen.
let asked = 0;
let cardsAsked = 0;
let where = {}; // By the call: its last step, and where it is in the page's words.

// Calls

onStatus((state, changed) => {
  if (changed.has("mailboxes")) showFull(state.mailboxes);
  if (!changed.has("calls")) return;
  calls = state.calls;
  if (!calls.some((one) => one.id === chosen)) chosen = "";
  const now = calls.find((one) => one.id === chosen) ?? calls[0];
  if (now && (now.id !== chosen || now.caller !== shown)) choose(now.id); // The number may come behind the first ring.
  showCalls();
  if (calls.some((one) => one.steps.length && where[one.id]?.step !== one.steps.at(-1))) askWhere();
});

/** Steps have no words in the browser: the server has those of the page's language. */
async function askWhere() {
  const told = await fetched(texts.where);
  if (told === null) return;
  where = JSON.parse(told);
  showCalls();
}

function showCalls() {
  const focused = document.activeElement?.dataset?.call;
  list.replaceChildren(...(calls.length ? calls.map(callItem) : [nothing(texts.noCall)]));
  if (focused) list.querySelector(`[data-call="${focused}"]`)?.focus();
  const now = calls.find((one) => one.id === chosen);
  form.hidden = !now;
  for (const button of form.querySelectorAll("[name=what]")) button.disabled = !now?.may.includes(button.value);
  outside.querySelector("[value=transfer_outside]").disabled = !now?.may.includes("transfer");
  showActs();
}

function callItem(call) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = `?call=${encodeURIComponent(call.id)}`;
  link.dataset.call = call.id;
  if (call.id === chosen) link.setAttribute("aria-current", "true");
  const number = { private: texts.private, unavailable: "" }[call.caller] ?? call.caller;
  const talk = call.talks_to.length && texts.with.replace("{name}", call.talks_to.join(", "));
  link.append(span("who", call.name || number || texts.unknown), " ", span("soft", [call.line, talk || where[call.id]?.words].filter(Boolean).join(" · ")));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function span(kind, text) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  return made;
}

function nothing(text) {
  const item = document.createElement("li");
  item.className = "soft";
  item.textContent = text;
  return item;
}

function choose(id) {
  chosen = id;
  form.elements.call.value = id;
  const call = calls.find((one) => one.id === id);
  if (!call) return;
  shown = call.caller;
  showCaller({ number: call.caller, name: call.name, call: id });
}

list.addEventListener("click", (event) => {
  const link = event.target.closest("[data-call]");
  if (!link) return;
  event.preventDefault();
  choose(link.dataset.call);
  showCalls();
});

async function act(what) {
  const button = form.querySelector(`[value="${what}"]`);
  if (form.hidden || button.disabled) return;
  const fields = new FormData(form);
  fields.set("what", what);
  await tell(form.action, fields);
}

/** Send a form, and show what the server says of it, here or at the calls. Whether it was done. */
async function tell(address, fields, told = $("#told")) {
  let done = false;
  try {
    const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    told.textContent = (await answer.json()).message;
    done = answer.ok;
  } catch (error) {
    told.textContent = error.message;
  }
  told.classList.toggle("wrong", !done);
  told.hidden = false;
  return done;
}

// Forms are sent without leaving the page: a key pressed while another page loads would be lost.
const onTheirWay = new WeakSet();

/** Send a form as it is, once at a time. What was sent; null where that was not done. */
async function sent(card, told) {
  if (onTheirWay.has(card)) return null;
  onTheirWay.add(card);
  const fields = new FormData(card);
  const done = await tell(card.action, fields, told);
  onTheirWay.delete(card);
  return done ? fields : null;
}

/** Whoever typed in it has done so: the page's keys work again. */
function leave(card) {
  if (card.contains(document.activeElement)) document.activeElement.blur();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter) act(event.submitter.value);
});

/** A part of the page; null where the server does not give it, of which the banner at the top tells. */
async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

async function actOutside(what) {
  const button = outside.querySelector(`[value="${what}"]`);
  if (button.disabled || !outside.reportValidity()) return;
  const fields = new FormData(outside);
  fields.set("what", what);
  fields.set("call", chosen);
  fields.set("telephone", $("#a-telephone").value);
  if (!(await tell(outside.action, fields))) return;
  outside.elements.number.value = ""; // Or the next D or T would take it again.
  leave(outside);
}

outside.addEventListener("submit", (event) => {
  event.preventDefault();
  actOutside(event.submitter?.value ?? "dial");
});

// The caller

async function showCaller({ number, name = "", company = "", call = "" }) {
  const mine = ++cardsAsked;
  const card = await fetched(`${texts.caller}?${new URLSearchParams({ number, call })}`);
  if (card === null || mine !== cardsAsked) return; // One that was asked for earlier may come later: it has no number yet.
  const box = $("#caller");
  const writing = document.activeElement?.id === "note";
  if (writing && document.activeElement.value) return; // Somebody writes a note at this moment.
  box.replaceChildren(...new DOMParser().parseFromString(card, "text/html").body.childNodes);
  if (writing) $("#note")?.focus(); // Whoever was about to write would press the page's keys instead.
  fill({ number, name, company: company || (box.querySelector("[data-company]")?.dataset.company ?? ""), call });
}

$("#caller").addEventListener("submit", async (event) => {
  event.preventDefault();
  const card = event.target;
  const fields = await sent(card);
  if (!fields || !card.isConnected) return;
  const { call, number, text } = card.elements;
  if (text?.value === fields.get("text")) text.value = "";
  if (!text?.value) leave(card);
  if (call.value === chosen) showCaller({ number: number.value, name: letter.elements.name.value, call: call.value });
});

// Messages

letter.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = await sent(letter, letter.querySelector("[data-told]"));
  if (!fields) return;
  const { to, words, call_back, urgent } = letter.elements;
  if (words.value !== fields.get("words")) return; // The next message is being written already.
  for (const field of [to, words, call_back]) field.value = "";
  urgent.checked = false;
  showIfFull();
  leave(letter);
});

letter.elements.to.addEventListener("change", showIfFull);

/** Mark the mailboxes that take no message now. */
function showFull(mailboxes) {
  const full = new Set(mailboxes.filter((one) => one.full).map((one) => one.person));
  for (const option of letter.elements.to.options) option.dataset.full = full.has(option.value) ? "yes" : "";
  showIfFull();
}

/** Before the message is written, and not only once it is refused. */
function showIfFull() {
  const told = $("#m-full");
  const text = letter.elements.to.selectedOptions[0]?.dataset.full ? told.dataset.text : "";
  if (told.textContent !== text) told.textContent = text;
}

// Scripts

$("#sheet")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const script = event.target;
  const fields = await sent(script, $("#sheet [data-told]"));
  if (!fields) return;
  leave(script);
  script.reset();
  script.closest("details").open = false;
  const number = fields.get("number");
  if (fields.get("call") === chosen && number) showCaller({ number, name: fields.get("name"), call: chosen });
});

/** What is known of the caller comes into the forms; what was typed there already stays. */
function fill({ number, name, company, call }) {
  const message = letter.elements;
  const plain = /\d/.test(number) ? number : "";
  for (const [field, value] of [["name", name], ["company", company], ["number", plain]]) {
    if (!message[field].value || message[field].dataset.filled === message[field].value) {
      message[field].value = message[field].dataset.filled = value;
    }
  }
  message.call.value = call;
  for (const field of document.querySelectorAll("[data-of]")) field.value = { call, number: plain, name }[field.dataset.of];
}

// Search

input.addEventListener("input", () => {
  asked += 1;
  const mine = asked;
  setTimeout(() => mine === asked && search(mine), PAUSE_MS);
});

async function search(mine) {
  const items = await fetched(`${texts.find}?${new URLSearchParams({ text: input.value })}`);
  if (mine !== asked || items === null) return;
  found.replaceChildren(...new DOMParser().parseFromString(`<ul>${items}</ul>`, "text/html").querySelectorAll("li"));
  select(found.firstElementChild);
  const count = found.children.length;
  const told = $("#found-told");
  told.textContent = input.value.trim() ? (count ? texts.some.replace("{count}", count) : texts.none) : "";
  told.classList.toggle("unseen", count > 0); // How many there are is seen; that there is nobody is not.
  input.setAttribute("aria-expanded", String(count > 0));
}

function select(item) {
  for (const one of found.children) one.setAttribute("aria-selected", String(one === item));
  hit = item ? { ...item.dataset } : null;
  if (item) {
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
  showActs();
}

function showActs() {
  $("#acts").hidden = !hit;
  if (!hit) return;
  $("#acts-name").textContent = hit.name;
  const call = calls.find((one) => one.id === chosen);
  $('[data-act="transfer"]').hidden = !call?.may.includes("transfer");
  $('[data-act="dial"]').hidden = hit.kind !== "contact";
  $('[data-act="card"]').hidden = hit.kind !== "contact";
}

input.addEventListener("keydown", (event) => {
  const items = [...found.children];
  const at = items.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (items.length) select(items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length]);
  } else if (event.key === "/" && !input.value) {
    event.preventDefault(); // Pressed by whoever does not see that the field is chosen already.
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!hit && NUMBER.test(input.value)) takeAsNumber();
    else $("#acts button:not([hidden])")?.focus();
  } else if (event.key === "Escape" && input.value) {
    input.value = "";
    found.replaceChildren();
    select(null);
  }
});

/** What was searched is the number of nobody who is known: it can be called, or have the call. */
function takeAsNumber() {
  outside.elements.number.value = input.value.trim();
  input.value = $("#found-told").textContent = "";
  outside.elements.number.focus();
}

found.addEventListener("click", (event) => {
  const item = event.target.closest("li");
  if (item) select(item);
});

$("#acts").addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) ACTS[button.dataset.act]();
});

const ACTS = {
  transfer() {
    if (hit.kind === "contact") {
      outside.elements.number.value = hit.number;
      actOutside("transfer_outside");
    } else {
      form.elements.to.value = hit.id;
      act("transfer");
    }
  },
  dial() {
    if (hit?.kind === "contact") outside.elements.number.value = hit.number;
    if (outside.elements.number.value) actOutside("dial");
    else outside.elements.number.focus();
  },
  message() {
    const message = letter.elements;
    if (hit && hit.kind !== "contact") message.to.value = hit.id;
    if (hit?.kind === "contact") fill({ number: hit.number, name: hit.name, company: hit.company, call: chosen });
    showIfFull();
    (message.to.value ? message.words : message.to).focus();
  },
  card() {
    if (hit?.kind === "contact") showCaller({ number: hit.number, name: hit.name, company: hit.company });
  },
};

// Keys

const KEYS = {
  "/": () => input.select(),
  c: () => (list.querySelector("[aria-current]") ?? list.querySelector("a"))?.focus(),
  a: () => act("pick_up"),
  p: () => act("park"),
  h: () => act("hang_up"),
  t: () => (hit ? ACTS.transfer() : outside.elements.number.value ? actOutside("transfer_outside") : form.elements.to.focus()),
  d: () => ACTS.dial(),
  m: () => ACTS.message(),
  k: () => ACTS.card(),
  n: () => $("#note")?.focus(),
  q: () => $("#h-sheet")?.parentElement.querySelector("summary")?.focus(),
  "?": () => $("#keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const at = event.target;
  const typing = at.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  if (event.key === "Escape" && typing) at.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.form) at.form.requestSubmit();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (list.contains(at) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const links = [...list.querySelectorAll("a")];
    const next = links[(links.indexOf(at) + (event.key === "ArrowDown" ? 1 : links.length - 1)) % links.length];
    choose(next.dataset.call);
    showCalls();
    list.querySelector("[aria-current]")?.focus();
    return;
  }
  const key = KEYS[event.key.toLowerCase()];
  if (!key) return;
  event.preventDefault();
  key();
});

$("[data-help]").hidden = false;
$("[data-help]").addEventListener("click", KEYS["?"]);
startScripts();
if (!document.querySelector("#find").value && !location.search) input.focus();
