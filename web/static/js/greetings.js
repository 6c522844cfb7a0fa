// Greetings: recorded with the microphone, read from any sound file, and shown once they were recorded by telephone.

import { telephoneSound } from "./telephonesound.js";

const page = document.querySelector("#greetings");
const texts = page.dataset;
const LOOK_EVERY_MS = 2000;
const LONGEST_MS = 120000;

class Recording {
  constructor(form) {
    this.form = form;
    this.told = form.querySelector("[data-told]");
    this.heard = form.querySelector("[data-heard]");
    this.microphone = form.querySelector("[data-microphone]");
    this.label = this.microphone.textContent;
    this.microphone.hidden = false;
    this.microphone.addEventListener("click", () => (this.recorder ? this.recorder.stop() : this.begin()));
    form.querySelector("[data-keep]").addEventListener("click", () => this.send(this.made));
    form.addEventListener("submit", (event) => this.submitted(event));
  }

  tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("wrong", wrong);
    this.told.hidden = false;
  }

  async begin() {
    if (!window.isSecureContext || !navigator.mediaDevices) return this.tell(texts.unsafe, true);
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return this.tell(texts.denied, true);
    }
    const parts = [];
    this.recorder = new MediaRecorder(stream);
    this.recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    this.recorder.addEventListener("stop", async () => {
      stream.getTracks().forEach((track) => track.stop());
      const kind = this.recorder.mimeType;
      this.recorder = null;
      clearTimeout(this.ends);
      this.microphone.textContent = this.label;
      await this.show(new Blob(parts, { type: kind }));
    });
    this.recorder.start();
    this.ends = setTimeout(() => this.recorder?.stop(), LONGEST_MS);
    this.microphone.textContent = texts.stop;
    this.heard.hidden = true;
  }

  /** Let it be heard as callers will hear it, before it is used. */
  async show(blob) {
    try {
      this.made = await telephoneSound(blob);
    } catch {
      return this.tell(texts.unreadable, true);
    }
    this.heard.querySelector("audio").src = URL.createObjectURL(this.made);
    this.heard.hidden = false;
    this.told.hidden = true;
  }

  async submitted(event) {
    event.preventDefault();
    if (event.submitter?.hasAttribute("data-ring")) return this.ring(event.submitter.formAction);
    const [file] = this.form.elements.file.files;
    if (!file) return this.send(null);
    try {
      await this.send(await telephoneSound(file));
    } catch {
      this.tell(texts.unreadable, true);
    }
  }

  async post(address, fields) {
    try {
      const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const told = await answer.json();
      this.tell(told.message, !answer.ok);
      return answer.ok;
    } catch {
      this.tell(texts.failed, true);
      return false;
    }
  }

  async send(file) {
    if (!this.form.reportValidity()) return;
    const fields = new FormData(this.form);
    fields.delete("file");
    if (file) fields.set("file", file, "greeting.wav");
    if (await this.post(this.form.action, fields)) again(this.form.dataset.greeting);
  }

  async ring(address) {
    const before = await state();
    const fields = new FormData(this.form);
    fields.delete("file");
    if (!(await this.post(address, fields))) return;
    const looking = setInterval(async () => {
      const now = await state();
      if (now === null || now === before) return;
      clearInterval(looking);
      again(this.form.dataset.greeting);
    }, LOOK_EVERY_MS);
    setTimeout(() => clearInterval(looking), 5 * LONGEST_MS);
  }
}

async function state() {
  try {
    const answer = await fetch(texts.facts, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function again(greeting) {
  window.location.hash = greeting;
  window.location.reload();
}

for (const form of page.querySelectorAll("form[data-greeting]")) new Recording(form);
