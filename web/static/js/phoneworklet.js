// The ends of the test telephone that the browser's sound card asks, in its own thread.

import { Capture, Player } from "./phoneaudio.js";

class PhoneMouth extends AudioWorkletProcessor {
  constructor() {
    super();
    this.capture = new Capture(sampleRate);
  }

  process([[samples]]) {
    if (samples) this.capture.take(samples, (frame) => this.port.postMessage(frame, [frame.buffer]));
    return true;
  }
}

class PhoneEar extends AudioWorkletProcessor {
  constructor() {
    super();
    this.player = new Player(sampleRate);
    this.port.onmessage = ({ data }) => this.player.add(data);
  }

  process(_inputs, [[out]]) {
    this.player.read(out);
    return true;
  }
}

registerProcessor("phone-mouth", PhoneMouth);
registerProcessor("phone-ear", PhoneEar);
