// One stream of the server for all tabs of a browser, which has only six connections to a server over plain HTTP.
//
// One tab leads: it has the stream, and passes on what comes. The Web Locks that would choose it exist on HTTPS alone, so
// tabs agree by messages: who hears no answer to "who leads?" leads; of two leaders the one with the smaller name stays.
// A leader that is closed says so. One that is frozen, or has crashed, falls silent, and another tab takes over.

const KINDS = ["hello", "status", "away", "beat"];
const ANSWER_MS = 200;
const SILENT_MS = 12000; // The server sends a beat every 5 seconds.
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;
const POLL_MS = 3000;

/** Call `take(kind, data)` for all that the stream tells, with the kinds `away` and `signed-out` where it breaks.
 *  whole(): what a tab that comes later has to be told first; null where that is not known. */
export function shareStream(address, { take, whole }) {
  if ("BroadcastChannel" in window) new Tab(address, take, whole).start();
  else poll(address, take);
}

class Tab {
  constructor(address, take, whole) {
    Object.assign(this, { address, take, whole });
    this.name = Math.random().toString(36).slice(2);
    this.source = null; // The stream, where this tab leads.
    this.wait = FIRST_WAIT_MS; // Before the next try, which comes later each time.
    this.patience = SILENT_MS + Math.random() * 2000; // So that not all take over at once.
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => event.persisted && this.start());
    addEventListener("online", () => this.look(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.shown());
  }

  start() {
    this.channel = new BroadcastChannel("copperdesk-live");
    this.channel.onmessage = (event) => this.hear(event.data);
    this.clock = setInterval(() => this.look(this.patience), 1000);
    this.ask();
  }

  leave() {
    clearInterval(this.clock);
    clearTimeout(this.election);
    clearTimeout(this.retry);
    if (this.source) this.say("left");
    this.source?.close();
    this.source = null;
    this.channel.close();
  }

  say(kind, data = {}, to = "") {
    this.channel.postMessage({ from: this.name, to, kind, data });
  }

  ask() {
    this.heard = Date.now();
    clearTimeout(this.election);
    this.election = setTimeout(() => this.lead(), ANSWER_MS * (1 + Math.random()));
    this.say("ask");
  }

  hear({ from, to, kind, data }) {
    if (to && to !== this.name) return;
    if (kind === "ask") {
      if (this.source) this.answer(from);
    } else if (kind === "left") {
      if (!this.source) this.ask();
    } else if (this.source && this.name < from) {
      this.say("lead"); // There are two leaders.
    } else {
      this.follow();
      if (kind !== "lead") this.take(kind, data);
    }
  }

  answer(to) {
    const known = this.whole();
    if (known) for (const [kind, data] of known) this.say(kind, data, to);
    else if (this.source.readyState === EventSource.CONNECTING) this.say("lead");
    else this.lead(); // Perhaps the one who asks has just signed in.
  }

  follow() {
    this.heard = Date.now();
    clearTimeout(this.election);
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  lead() {
    clearTimeout(this.retry);
    this.source?.close();
    this.heard = Date.now();
    const source = (this.source = new EventSource(this.address));
    source.onopen = () => (this.wait = FIRST_WAIT_MS);
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.pass(kind, JSON.parse(event.data)));
    source.addEventListener("again", () => this.lead());
    source.onerror = () => this.broken(source);
    this.say("lead");
  }

  pass(kind, data) {
    this.heard = Date.now();
    this.say(kind, data);
    this.take(kind, data);
  }

  /** A stream does not tell why it broke: asking for the state once does. */
  async broken(source) {
    source.close();
    const answer = await fetch(`${this.address}/now`).catch(() => null);
    if (this.source !== source) return;
    this.pass(answer?.status === 401 ? "signed-out" : "away", {});
    this.retry = setTimeout(() => this.lead(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  /** Begin anew where nothing was heard for so long: after a sleep, or where the leader is frozen. */
  look(patience) {
    if (Math.abs(Date.now() - this.heard) >= patience) this.lead();
  }

  shown() {
    if (this.source) this.look(SILENT_MS / 2);
    else this.ask();
  }
}

async function poll(address, take) {
  const answer = await fetch(`${address}/now`).catch(() => null);
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  if (told) take("hello", { account: told.account });
  if (told?.status) take("status", told.status);
  else take(answer?.status === 401 ? "signed-out" : "away", {});
  setTimeout(() => poll(address, take), POLL_MS);
}
