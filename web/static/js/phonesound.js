// The sound of the test telephone: what is heard goes to the loudspeaker, what the microphone hears goes to the line.

import { Player } from "./phoneaudio.js";

const BELL_HZ = [440, 480];
const BELL_ON_S = 1.2;
const BELL_EVERY_MS = 4000;

export class PhoneSound {
  /** worklet: the address of its module. give(frame): called with each frame that is said. */
  constructor(worklet, give) {
    Object.assign(this, { worklet, give });
  }

  /** Begin within a click or a key: browsers allow sound only then. */
  begin() {
    this.context ??= new AudioContext({ latencyHint: "interactive" });
    this.context.resume();
    this.ear ??= this.listen();
  }

  /** Play a frame of what is heard. */
  play(frame) {
    this.out?.(frame);
  }

  async listen() {
    const { context } = this;
    if (context.audioWorklet) {
      await context.audioWorklet.addModule(this.worklet);
      const node = new AudioWorkletNode(context, "phone-ear", { numberOfInputs: 0, outputChannelCount: [1] });
      node.connect(context.destination);
      this.out = (frame) => node.port.postMessage(frame);
      return;
    }
    // Without an encrypted connection browsers have no worklets, but still their predecessor.
    const player = new Player(context.sampleRate);
    this.node = context.createScriptProcessor(1024, 1, 1);
    this.node.onaudioprocess = ({ outputBuffer }) => player.read(outputBuffer.getChannelData(0));
    this.node.connect(context.destination);
    this.out = (frame) => player.add(frame);
  }

  /** Speak with the microphone from now on. Throws what the browser throws where it is not to be had. */
  async speak(loudness) {
    this.microphone = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    await this.ear;
    const node = new AudioWorkletNode(this.context, "phone-mouth", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => {
      this.give(data);
      loudness(Math.max(...data.map(Math.abs)) / 32768);
    };
    this.source = this.context.createMediaStreamSource(this.microphone);
    this.source.connect(node);
  }

  quiet() {
    this.source?.disconnect();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.source = this.microphone = null;
  }

  /** Ring like a bell until told otherwise. */
  ring(on) {
    clearInterval(this.bell);
    if (!on || !this.context) return;
    const burst = () => {
      const loud = this.context.createGain();
      const until = this.context.currentTime + BELL_ON_S;
      loud.gain.setValueAtTime(0.06, this.context.currentTime);
      loud.gain.setTargetAtTime(0, until - 0.05, 0.015);
      loud.connect(this.context.destination);
      for (const hz of BELL_HZ) {
        const tone = this.context.createOscillator();
        tone.frequency.value = hz;
        tone.connect(loud);
        tone.start();
        tone.stop(until);
      }
    };
    burst();
    this.bell = setInterval(burst, BELL_EVERY_MS);
  }

  end() {
    this.quiet();
    this.ring(false);
    this.context?.suspend();
  }
}
