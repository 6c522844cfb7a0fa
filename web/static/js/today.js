// The page of the day: parts whose facts have changed are fetched and put in place of the old ones; buttons need no reload.

import { onStatus } from "./live.js";
import { send } from "./main.js";

const page = document.querySelector("[data-parts]");
const act = document.getElementById("act");
const told = document.querySelector("[data-told]");
const transfer = document.getElementById("transfer");
const telephone = document.querySelector("[data-telephone]");
const AT_MOST_EVERY_MS = 200;
const SURE_MS = 4000;

const stale = new Set();
let fetching = false;
let first = true;

onStatus((_state, changed) => {
  const needs = (part) => part.dataset.needs.split(" ").some((name) => changed.has(name));
  if (!first) [...page.querySelectorAll("[data-part]")].filter(needs).forEach((part) => stale.add(part.dataset.part));
  first = false;
  if (stale.size && !fetching) renew();
});

async function renew() {
  fetching = true;
  while (stale.size) {
    const wanted = new URLSearchParams([...stale].map((part) => ["part", part]));
    const asked = [...stale];
    stale.clear();
    const answer = await fetch(`${page.dataset.parts}?${wanted}`).catch(() => null);
    if (answer?.ok) replace(await answer.text());
    else asked.forEach((part) => stale.add(part));
    await new Promise((resolve) => setTimeout(resolve, answer?.ok ? AT_MOST_EVERY_MS : 5 * AT_MOST_EVERY_MS));
  }
  fetching = false;
}

/** Rows that are the same stay as they are, so that focus, what is open, and what is being typed are not lost. */
function replace(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  for (const part of fresh.content.querySelectorAll("[data-part]")) {
    const old = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (old) morph(old, part);
  }
}

function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName || old.dataset?.key !== fresh.dataset?.key || old.nodeType !== Node.ELEMENT_NODE) {
    old.replaceWith(fresh);
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const keyed = new Map([...old.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  const wanted = [...fresh.childNodes];
  let at = old.firstChild;
  for (const child of wanted) {
    const same = child.dataset?.key ? keyed.get(child.dataset.key) : at;
    if (!same || (same.dataset?.key && same.dataset.key !== child.dataset?.key)) {
      old.insertBefore(child, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    morph(same, child);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function tell(text, wrong, undo) {
  told.textContent = text;
  told.className = wrong ? "note wrong" : "note";
  told.hidden = false;
  if (!undo) return;
  const button = document.querySelector("[data-undo]").content.firstElementChild.cloneNode(true);
  button.value = undo;
  told.append(" ", button);
}

async function perform(fields) {
  try {
    const answer = await send(act.action, fields);
    tell(answer.message, false, answer.undo);
  } catch (error) {
    tell(error.message || page.dataset.failed, true);
  }
}

act.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.dataset.sure && !sure(event.submitter)) return;
  const fields = Object.fromEntries(new FormData(act, event.submitter));
  delete fields.csrf_token;
  perform(fields);
});

/** What cannot be taken back is asked once more, on the button itself. */
function sure(button) {
  const text = button.textContent;
  if (text === button.dataset.sure) return true;
  button.textContent = button.dataset.sure;
  setTimeout(() => (button.textContent = text), SURE_MS);
  return false;
}

// Which telephone is one's own is remembered by this browser.
if (telephone) {
  const chosen = localStorage.getItem("telephone");
  if (!telephone.value && [...telephone.options].some((option) => option.value === chosen)) telephone.value = chosen;
  telephone.addEventListener("change", () => localStorage.setItem("telephone", telephone.value));
}

// A call is transferred in a dialog; without a script the link leads to a page.
let led = "";
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-transfer-call]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  led = link.dataset.transferCall;
  transfer.querySelector("[data-who]").textContent = link.dataset.name;
  transfer.querySelector("input").value = "";
  transfer.querySelector("[data-nobody]").hidden = true;
  transfer.showModal();
});

transfer.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter?.value !== "transfer") return;
  const typed = transfer.querySelector("input").value.trim().toLowerCase();
  const all = [...document.querySelectorAll("#everybody option")];
  const fits = all.filter((option) => option.value.toLowerCase() === typed);
  const [found] = fits.length ? fits : all.filter((option) => option.value.toLowerCase().includes(typed));
  if (found) perform({ do: `transfer ${led}`, to: found.dataset.id });
  else event.preventDefault();
  transfer.querySelector("[data-nobody]").hidden = Boolean(found);
});
