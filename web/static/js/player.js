// <sound-player>: an <audio> with keys and buttons to skip and to change the speed. Without this script the browser's own is there.

import { send } from "./main.js";

const SKIP_S = 10;
const SPEEDS = [1, 1.25, 1.5, 2, 0.75];

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

class SoundPlayer extends HTMLElement {
  connectedCallback() {
    if (this.sound) return;
    this.sound = this.querySelector("audio");
    this.sound.controls = false;
    const row = document.createElement("div");
    row.className = "player";
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", this.sound.getAttribute("aria-label"));
    this.play = this.button("play", () => this.toggle());
    this.speed = this.button("speed", () => this.faster());
    this.place = document.createElement("input");
    Object.assign(this.place, { type: "range", min: 0, max: 1, step: 0.1, value: 0 });
    this.place.setAttribute("aria-label", this.dataset.place);
    this.place.addEventListener("input", () => this.to(Number(this.place.value)));
    this.time = document.createElement("span");
    this.time.className = "time";
    const back = this.button("back", () => this.skip(-SKIP_S), this.dataset.back, "−10");
    const forward = this.button("forward", () => this.skip(SKIP_S), this.dataset.forward, "+10");
    row.append(this.play, back, forward, this.place, this.time, this.speed);
    this.append(row);
    for (const event of ["play", "pause", "ended"]) this.sound.addEventListener(event, () => this.show());
    for (const event of ["timeupdate", "loadedmetadata", "durationchange"]) this.sound.addEventListener(event, () => this.showTime());
    this.sound.addEventListener("play", () => this.begun());
    this.sound.addEventListener("error", () => this.failed());
    this.addEventListener("keydown", (event) => this.key(event));
    this.show();
    this.showTime();
    this.showSpeed();
  }

  button(name, act, label = "", text = "") {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    if (label) {
      made.setAttribute("aria-label", label);
      made.title = label;
    }
    made.addEventListener("click", act);
    return made;
  }

  toggle() {
    if (this.sound.paused) this.sound.play().catch(() => this.failed());
    else this.sound.pause();
  }

  to(seconds) {
    if (this.sound.readyState === 0) {
      this.sound.addEventListener("loadedmetadata", () => this.to(seconds), { once: true });
      this.sound.load();
      this.sound.preload = "metadata";
      return;
    }
    this.sound.currentTime = Math.min(Math.max(seconds, 0), this.sound.duration || 0);
  }

  skip(seconds) {
    this.to(this.sound.currentTime + seconds);
  }

  faster() {
    const next = SPEEDS[(SPEEDS.indexOf(this.sound.playbackRate) + 1) % SPEEDS.length];
    this.sound.defaultPlaybackRate = this.sound.playbackRate = next;
    this.showSpeed();
  }

  /** J and L skip, K plays and pauses, as in other players; in the bar the arrow keys move by a tenth of a second. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => this.skip(-SKIP_S), l: () => this.skip(SKIP_S), k: () => this.toggle() }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  show() {
    const text = this.sound.paused ? this.dataset.play : this.dataset.pause;
    this.play.replaceChildren(icon(this.sound.paused ? "M8 5l11 7-11 7z" : "M8 5v14M16 5v14"));
    this.play.setAttribute("aria-label", text);
    this.play.title = text;
  }

  showTime() {
    const whole = Number.isFinite(this.sound.duration) ? this.sound.duration : Number(this.dataset.seconds);
    this.place.max = whole || 1;
    this.place.value = this.sound.currentTime;
    this.place.setAttribute("aria-valuetext", clock(this.sound.currentTime));
    this.time.textContent = `${clock(this.sound.currentTime)} / ${clock(whole)}`;
  }

  showSpeed() {
    this.speed.textContent = `${this.sound.playbackRate}×`;
    this.speed.setAttribute("aria-label", `${this.dataset.speed}: ${this.sound.playbackRate}×`);
  }

  /** As by telephone, a message of which anything was heard is no longer new. Others that play are paused. */
  async begun() {
    for (const other of document.querySelectorAll("sound-player")) if (other !== this) other.sound?.pause();
    const { heard } = this.dataset;
    if (!heard) return;
    delete this.dataset.heard;
    try {
      await send(heard);
      const card = this.closest(".message");
      for (const one of card.querySelectorAll("[data-new], [data-when-new]")) one.hidden = true;
      for (const one of card.querySelectorAll("[data-when-heard]")) one.hidden = false;
    } catch {
      this.dataset.heard = heard; // Tried again when it is played again.
    }
  }

  failed() {
    if (this.querySelector(".note")) return;
    const said = document.createElement("p");
    said.className = "note wrong";
    said.setAttribute("role", "alert");
    said.textContent = this.dataset.failed;
    this.append(said);
  }
}

customElements.define("sound-player", SoundPlayer);
