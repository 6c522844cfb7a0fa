// The page of the test telephone: buttons, display, and what is heard.

import { onStatus } from "./live.js";
import { PhonePath } from "./phonepath.js";
import { PhoneSocket } from "./phonesocket.js";
import { PhoneSound } from "./phonesound.js";

const page = document.querySelector("[data-phone]");
const texts = page.dataset;
const part = (name) => page.querySelector(`[data-${name}]`);
const choose = part("choose");
const sound = new PhoneSound(texts.worklet, (frame) => socket?.say(frame));
const path = new PhonePath(part("path"), part("no-path"), part("picture"), JSON.parse(texts.boxes), texts.steps);
const TEST_LINE = "test line"; // As the daemon calls it.
const LOG_LINES = 200;
const PROBLEMS = {
  "too-many-phones": texts.noMany,
  "in-use": texts.noInUse,
  "voice-failed": texts.noVoice,
  "no-such-line": texts.noLine,
  "not-understood": texts.noCaller,
};

let socket = null;
let wish = null; // Of the telephone we have.
let own = {}; // How it is known in the unit's state.
let ready = false; // It is ours.
let offHook = false;
let rings = false;
let began = 0; // When the call began, by the telephone's time in seconds.
let clock = 0;

function wanted() {
  const form = new FormData(choose);
  if (form.get("who") === "inside") return { inside: form.get("inside") };
  return {
    line: form.get("line") ?? "",
    number: form.get("number").trim(),
    name: form.get("name").trim(),
    withheld: form.get("withheld") === "on",
  };
}

function chosenName(field) {
  const element = choose.elements[field];
  return (element?.selectedOptions?.[0] ?? element)?.dataset.name ?? "";
}

function take() {
  sound.begin();
  wish = wanted();
  own = { line: chosenName("line"), station: wish.inside ? chosenName("inside") : "", numbers: [] };
  trouble("");
  write([]);
  path.clear();
  choose.hidden = true;
  part("set").hidden = false;
  ready = false;
  hook(false);
  show(texts.sayOpening);
  socket = new PhoneSocket(wish, { frame: (samples) => sound.play(samples), event: take1, closed });
  part("state").parentElement.scrollIntoView({ block: "nearest" });
}

/** Take what the telephone, or the unit, tells. */
function take1(told) {
  if ("opened" in told) {
    ready = true;
    own.numbers = wish.withheld ? ["private"] : [wish.number || told.opened, told.opened];
    hook(false);
    if (!wish.inside) socket.do("call");
  } else if ("refused" in told) {
    refused(told);
  } else if ("heard" in told) {
    heard(told.heard);
  } else if (told.off_hook) {
    if (!rings) startClock(told.at);
    bell(false);
    hook(true);
    write([told.at, texts.sayPickedUp]);
  } else if (told.on_hook) {
    write([told.at, texts.sayHungUp]);
    hook(false);
  } else if ("says" in told) {
    const keys = /^[0-9*#A-D]+$/.test(told.says);
    write([told.at, `${keys ? texts.sayPressed : texts.saySaid} ${keys ? told.says : `“${told.says}”`}`]);
  } else if ("sees" in told) {
    sees(told.at, told.sees);
  }
}

function sees(at, what) {
  if (what === "rings") {
    path.clear();
    startClock(at);
    bell(true);
  } else if (what === "stops ringing") {
    bell(false);
    if (!offHook) hook(false);
  } else if (what.startsWith("shows ")) {
    part("who").textContent = what.slice(6);
    write([at, `${texts.sayShows} ${what.slice(6)}`]);
  } else if (what === "sees a loop break") {
    write([at, texts.sayGone]);
    show(texts.sayGone);
  } else if (what.startsWith("lamp is")) {
    write([at, what === "lamp is lit" ? texts.sayLamp : texts.sayLampOff]);
  }
}

/** What is heard stands there while it is still said, and as it was in the end. */
function heard({ at, kind, text, over }) {
  part("heard").querySelector("[data-going-on]")?.remove();
  const line = write([at, inWords(kind, text), kind]);
  if (!over) line.dataset.goingOn = "";
  part("last").textContent = line.lastChild.textContent;
}

function inWords(kind, text) {
  const name = (word) => word.replace(/(^|[ -])(\w)/g, (_all, _gap, letter) => letter.toUpperCase());
  if (kind === "words") return `“${text}”`;
  if (kind === "digits") return `${texts.kindDigits} ${text}`;
  return (kind === "tone" ? texts[`tone${name(text)}`] : texts[`kind${name(kind)}`]) ?? text;
}

function refused({ refused: act, code }) {
  trouble(PROBLEMS[code] ?? (act === "open" ? texts.noUnit : texts.noAct));
  if (act === "open") leave();
}

function closed(opened) {
  if (socket && opened) trouble(texts.sayLost);
  else if (socket) trouble(texts.noUnit);
  leave();
}

function leave() {
  socket?.close();
  socket = null;
  sound.end();
  microphone(false);
  stopClock();
  choose.hidden = false;
  part("set").hidden = true;
}

// The display

function show(state, who = "") {
  part("state").textContent = state;
  part("who").textContent = who;
}

function hook(lifted) {
  offHook = lifted;
  show(lifted ? (wish.inside ? texts.sayLifted : texts.sayCalling) : texts.sayIdle, own.station);
  for (const button of page.querySelectorAll("[data-act]")) {
    const act = button.dataset.act;
    button.disabled = !ready;
    if (act === "call") button.hidden = lifted || rings || Boolean(wish.inside);
    else if (act === "lift") button.hidden = lifted || !(rings || wish.inside);
    else button.hidden = !lifted;
  }
  for (const key of page.querySelectorAll("[data-key], [data-say] input, [data-say] button, [data-mic]")) key.disabled = !lifted;
  if (!lifted) {
    part("last").textContent = "";
    stopClock();
    microphone(false);
  }
}

function bell(on) {
  rings = on;
  part("state").parentElement.classList.toggle("rings", on);
  sound.ring(on);
  if (on) {
    hook(false);
    show(texts.sayRings);
  }
}

function startClock(at) {
  began = at;
  const since = Date.now();
  stopClock();
  const tick = () => (part("clock").textContent = minutes((Date.now() - since) / 1000));
  tick();
  clock = setInterval(tick, 1000);
}

function stopClock() {
  clearInterval(clock);
}

function minutes(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function trouble(text) {
  part("trouble").textContent = text;
  part("trouble").hidden = !text;
}

// What is heard, in the order in which it began

function write([at, text, kind = "soft"]) {
  const list = part("heard");
  list.hidden = at === undefined;
  part("nothing-heard").hidden = at !== undefined;
  if (at === undefined) {
    list.replaceChildren();
    return null;
  }
  const line = document.createElement("li");
  line.dataset.at = at;
  const time = document.createElement("time");
  time.textContent = minutes(at - began);
  const said = document.createElement("span");
  said.textContent = text;
  said.className = kind === "words" ? "" : "soft";
  line.append(time, said);
  const before = [...list.children].filter((one) => Number(one.dataset.at) <= at).at(-1);
  if (before) before.after(line);
  else list.prepend(line);
  while (list.children.length > LOG_LINES) list.firstElementChild.remove();
  list.scrollTop = list.scrollHeight;
  return line;
}

// Our call, in the unit's state

onStatus((state) => {
  if (!socket || !offHook) return;
  const call = ourCall(state);
  path.show(call, own.station || own.line);
  if (call?.talks_to.length) show(texts.sayTalks.replace("{who}", call.talks_to.join(", ")));
  else if (call?.steps.length && !wish.inside) show(texts.sayConnected);
});

function ourCall(state) {
  if (own.station) {
    const active = state.stations.find((station) => station.name === own.station)?.active;
    return state.calls.find((call) => call.id === active);
  }
  // A line on which the caller's number was not understood tells none.
  const known = (call) => own.numbers.includes(call.caller) || (call.caller === "" && call.line === own.line);
  const ours = (call) => call.line === TEST_LINE || (call.direction === "in" && known(call));
  return state.calls.filter(ours).sort((a, b) => a.since.localeCompare(b.since)).at(-1);
}

// The microphone

const microphoneButton = part("mic");
const secure = window.isSecureContext && Boolean(navigator.mediaDevices);
part("with-mic").hidden = !secure;
part("without-mic").hidden = secure;

async function microphone(on) {
  sound.quiet();
  let speaks = false;
  if (on) {
    try {
      await sound.speak((loudness) => (part("level").value = loudness));
      speaks = true;
    } catch (error) {
      trouble(error.name === "NotFoundError" ? texts.sayMicNone : texts.sayMicRefused);
    }
  }
  microphoneButton.setAttribute("aria-pressed", String(speaks));
  part("level").hidden = !speaks;
}

// What people press

function press(key) {
  if (!socket || !offHook) return;
  socket.do("press", key);
  const button = page.querySelector(`[data-key="${key}"]`);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 150);
}

choose.addEventListener("submit", (event) => {
  event.preventDefault();
  take();
});
choose.addEventListener("change", () => {
  const inside = choose.elements.who.value === "inside";
  part("outside").hidden = part("take-outside").hidden = inside;
  part("inside").hidden = part("take-inside").hidden = !inside;
});
page.addEventListener("click", ({ target }) => {
  const act = target.closest("[data-act]")?.dataset.act;
  const key = target.closest("[data-key]")?.dataset.key;
  if (act) {
    sound.begin();
    trouble("");
    if (act === "call") path.clear();
    socket?.do(act);
  } else if (key) press(key);
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (!typing && !event.ctrlKey && !event.altKey && !event.metaKey && /^[0-9*#]$/.test(event.key)) press(event.key);
});
part("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = document.querySelector("#words");
  if (words.value.trim()) socket?.do("say", words.value.trim());
  words.value = "";
});
microphoneButton.addEventListener("click", () => microphone(microphoneButton.getAttribute("aria-pressed") !== "true"));
part("leave").addEventListener("click", leave);
addEventListener("pagehide", leave);
choose.dispatchEvent(new Event("change"));
