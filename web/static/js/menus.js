// The picture opens its boxes beside it, texts are heard, and sound is recorded. All else works without this module.

import { prepareSpeaking } from "./speaking.js";

const picture = document.querySelector("[data-picture]");
const concerned = { person: 1, mailbox: 1, department: 1, menu: 1, information: 1, outside: 1 };

function prepare(panel) {
  for (const action of panel.querySelectorAll("[data-action]")) {
    const whom = action.parentElement.querySelector("[data-whom]");
    const show = () => { whom.hidden = !concerned[action.value]; };
    action.addEventListener("change", show);
    show();
  }
  const form = panel.querySelector("#edit");
  prepareSpeaking(panel, "/menus/speak", () => form.elements.language?.value || form.dataset.language);
  for (const sound of panel.querySelectorAll("[data-upload]")) prepareUpload(sound);
  for (const sound of panel.querySelectorAll("[data-sound]")) prepareRinging(sound);
}

/** 16-bit mono WAV of a sound that this browser can play, whatever its file is. */
async function wavOf(blob) {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const mono = new Float32Array(sound.length);
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      sound.getChannelData(channel).forEach((value, place) => { mono[place] += value / sound.numberOfChannels; });
    }
    const file = new DataView(new ArrayBuffer(44 + 2 * mono.length));
    const text = (at, written) => [...written].forEach((letter, place) => file.setUint8(at + place, letter.charCodeAt(0)));
    text(0, "RIFF"); file.setUint32(4, 36 + 2 * mono.length, true); text(8, "WAVEfmt ");
    file.setUint32(16, 16, true); file.setUint16(20, 1, true); file.setUint16(22, 1, true);
    file.setUint32(24, sound.sampleRate, true); file.setUint32(28, 2 * sound.sampleRate, true);
    file.setUint16(32, 2, true); file.setUint16(34, 16, true); text(36, "data"); file.setUint32(40, 2 * mono.length, true);
    mono.forEach((value, place) => file.setInt16(44 + 2 * place, Math.round(Math.max(-1, Math.min(1, value)) * 32767), true));
    return new Blob([file], { type: "audio/wav" });
  } finally {
    context.close();
  }
}

async function post(form, body, told) {
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  told.textContent = (await answer.json().catch(() => ({}))).message || answer.statusText;
  return answer.ok;
}

function prepareUpload(form) {
  const told = form.querySelector("[data-told]");
  const save = async (blob) => {
    const body = new FormData(form);
    body.set("file", blob, "sound.wav");
    if (await post(form, body, told)) await reopen(location.href, told.textContent, form.closest("[data-place]").dataset.place);
  };
  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || /\.(wav|flac)$/i.test(file.name)) return;
    event.preventDefault();
    try { await save(await wavOf(file)); } catch { form.submit(); }
  });
  const button = form.querySelector("[data-microphone]");
  if (!navigator.mediaDevices) {
    form.querySelector("[data-insecure]").hidden = false;
    return;
  }
  button.hidden = false;
  const words = button.textContent;
  let recorder = null;
  button.addEventListener("click", async () => {
    if (recorder) { recorder.stop(); return; }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      recorder.addEventListener("stop", async () => {
        stream.getTracks().forEach((track) => track.stop());
        recorder = null;
        button.textContent = words;
        await save(await wavOf(new Blob(parts)));
      });
      recorder.start();
      button.textContent = button.dataset.stop;
    } catch (error) {
      told.textContent = error.message;
    }
  });
}

function prepareRinging(form) {
  const told = form.querySelector("[data-told]");
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "ring") return;
    event.preventDefault();
    const body = new FormData(form);
    body.set("wanted", "ring");
    if (!(await post(form, body, told))) return;
    const words = { saved: form.dataset.saved, "not-saved": form.dataset.notSaved, "not-lifted": form.dataset.notLifted };
    for (;;) {
      await new Promise((done) => setTimeout(done, 1000));
      const answer = await fetch(form.dataset.rung, { headers: { Accept: "application/json" } });
      const { state } = await answer.json().catch(() => ({}));
      if (words[state]) { await reopen(location.href, words[state], form.closest("[data-place]").dataset.place); return; }
      if (state !== "ringing") return;
    }
  });
}

/** Show the panel of another box, as the server makes it. message: what has just been done at a place of it. */
async function reopen(address, message = "", place = "") {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) { location.href = address; return; }
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = document.getElementById("panel");
  panel.replaceChildren(...made.getElementById("panel").childNodes);
  panel.closest(".flowing").className = made.querySelector(".flowing").className;
  prepare(panel);
  const details = [...panel.querySelectorAll("[data-place]")].find((one) => one.dataset.place === place);
  if (details) {
    details.open = true;
    details.querySelector("[data-told]").textContent = message;
  }
}

/** Scroll the picture, and nothing else, until this box is in its middle. */
function show(box) {
  if (!box) return;
  const [there, here] = [box.getBoundingClientRect(), picture.getBoundingClientRect()];
  picture.scrollBy(there.x + there.width / 2 - here.x - here.width / 2, there.y + there.height / 2 - here.y - here.height / 2);
}

if (picture) {
  const svg = picture.querySelector("svg");
  const choose = (path) => {
    for (const box of picture.querySelectorAll(".box")) box.classList.toggle("chosen", !!path && box.dataset.path === path);
    show(picture.querySelector(".chosen, .lit"));
  };
  choose(new URLSearchParams(location.search).get("at"));
  picture.addEventListener("click", async (event) => {
    const box = event.target.closest("a.box");
    if (!box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = new URL(box.getAttribute("href"), location.href).href;
    history.pushState(null, "", address);
    await reopen(address);
    choose(box.dataset.path);
    const panel = document.getElementById("panel");
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: innerWidth < 640 ? "start" : "nearest" });
  });
  addEventListener("popstate", () => location.reload());
  const zoom = document.querySelector("[data-zoom]");
  zoom.hidden = false;
  zoom.addEventListener("click", (event) => {
    const { by: given, whole } = event.target.dataset ?? {};
    const by = whole === undefined ? Number(given) : picture.clientWidth / svg.getAttribute("width");
    if (by) for (const name of ["width", "height"]) svg.setAttribute(name, svg.getAttribute(name) * by);
  });
}
prepare(document.getElementById("panel"));
