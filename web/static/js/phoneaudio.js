// Sound at a telephone's rate, 8000 samples a second, made into the rate of a sound card and back. It has no I/O.

export const RATE = 8000;
export const FRAME = 160; // 20 ms

const LOBES = 16; // Of the filter, on each side: steep enough that nothing above 4 kHz is folded down.
const FINE = 64; // Points of the filter that are reckoned between two samples.

/** A filter as long as it must be for going from one rate to the other: a sinc in a Hann window. */
class Kernel {
  constructor(from, to) {
    this.cut = 0.9 * Math.min(1, to / from); // Of half the sampling rate.
    this.reach = Math.ceil(LOBES / this.cut); // Samples on each side.
    this.table = new Float32Array(this.reach * FINE + 2);
    for (let i = 0; i < this.reach * FINE; i += 1) {
      const x = i / FINE;
      const phase = Math.PI * this.cut * x;
      const sinc = x === 0 ? 1 : Math.sin(phase) / phase;
      this.table[i] = this.cut * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / this.reach));
    }
  }

  /** The value between samples, at this place of them. */
  at(samples, place) {
    const first = Math.floor(place) - this.reach + 1;
    let sum = 0;
    for (let n = first; n < first + 2 * this.reach; n += 1) {
      const far = Math.abs(place - n) * FINE;
      const whole = far | 0;
      sum += samples[n] * (this.table[whole] + (far - whole) * (this.table[whole + 1] - this.table[whole]));
    }
    return sum;
  }
}

/** A line of samples, from which what was used is dropped. */
class Line {
  constructor(silent) {
    this.samples = new Float32Array(16384);
    this.length = silent;
    this.place = silent - 1; // Of the next value wanted.
  }

  add(samples, gain = 1) {
    if (this.length + samples.length > this.samples.length) this.length = this.place | 0; // Nobody takes any: forget them.
    for (let i = 0; i < samples.length; i += 1) this.samples[this.length + i] = samples[i] * gain;
    this.length += samples.length;
  }

  drop(reach) {
    const used = Math.floor(this.place) - reach;
    if (used < 1024) return;
    this.samples.copyWithin(0, used, this.length);
    this.length -= used;
    this.place -= used;
  }
}

/** What a microphone gives, at any rate, as frames of a telephone. */
export class Capture {
  constructor(rate) {
    this.kernel = new Kernel(rate, RATE);
    this.step = rate / RATE;
    this.line = new Line(2 * this.kernel.reach);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
  }

  /** Call `give(frame)` with every frame that these samples complete. */
  take(samples, give) {
    const { line, kernel } = this;
    line.add(samples);
    for (; line.place + kernel.reach + 1 < line.length; line.place += this.step) {
      const value = Math.max(-1, Math.min(1, kernel.at(line.samples, line.place)));
      this.frame[this.filled] = Math.round(value * 32767);
      this.filled += 1;
      if (this.filled === FRAME) {
        give(this.frame);
        this.frame = new Int16Array(FRAME);
        this.filled = 0;
      }
    }
    line.drop(kernel.reach);
  }
}

const SHORTEST = 0.04; // Seconds of sound that wait before the first is played: the network is not even.
const LONGEST = 0.2;
const FIRST = 0.06;
const CALM_S = 8; // After so long without a gap, less waits.
const MORE = 0.03;
const LESS = 0.01;
const TOO_MUCH = 0.15; // Beyond what should wait, it is left out at once.
const BEND = 0.006; // How much faster or slower it is played at most, which nobody hears.

/** Frames as the network brings them, played evenly at any rate. What waits is as much as this network needs. */
export class Player {
  constructor(rate) {
    this.kernel = new Kernel(RATE, rate);
    this.rate = rate;
    this.wanted = FIRST;
    this.calm = 0;
    this.begin();
  }

  begin() {
    this.line = new Line(2 * this.kernel.reach);
    this.playing = false;
  }

  /** Seconds of sound that wait to be played. */
  get waiting() {
    return Math.max(0, this.line.length - this.line.place - this.kernel.reach) / RATE;
  }

  add(frame) {
    this.line.add(frame, 1 / 32768);
    if (this.waiting > this.wanted + TOO_MUCH) this.line.place = this.line.length - this.kernel.reach - this.wanted * RATE;
  }

  /** Fill `out` with what is to be played now. */
  read(out) {
    if (!this.playing && this.waiting >= this.wanted) this.playing = true;
    if (!this.playing) {
      out.fill(0);
      return;
    }
    const { line, kernel } = this;
    const off = Math.max(-1, Math.min(1, (this.waiting - this.wanted) / 0.1));
    const step = (RATE / this.rate) * (1 + BEND * off);
    for (let i = 0; i < out.length; i += 1) {
      if (line.place + kernel.reach + 1 >= line.length) {
        out.fill(0, i);
        this.ranOut();
        return;
      }
      out[i] = kernel.at(line.samples, line.place);
      line.place += step;
    }
    line.drop(kernel.reach);
    this.calm += out.length / this.rate;
    if (this.calm > CALM_S) {
      this.calm = 0;
      this.wanted = Math.max(SHORTEST, this.wanted - LESS);
    }
  }

  ranOut() {
    this.wanted = Math.min(LONGEST, this.wanted + MORE);
    this.calm = 0;
    this.begin();
  }
}
