// Any sound that the browser can read, as the telephone system keeps it: a WAV file of 8000 Hz, 16 bit, mono, at one loudness.

const RATE = 8000;
const LOUDNESS = 0.1; // Root of the mean square while somebody speaks, of full scale: some -20 dBFS.
const HIGHEST = 0.9;
const FRAME = 240; // 30 ms

/** The samples of a file, between -1 and 1. Throws what the browser throws where it cannot read the file. */
async function samplesOf(content) {
  const read = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(content);
  const frames = Math.ceil(read.duration * RATE);
  const offline = new OfflineAudioContext(1, Math.max(frames, 1), RATE);
  const source = offline.createBufferSource();
  source.buffer = read;
  source.connect(offline.destination);
  source.start();
  return (await offline.startRendering()).getChannelData(0);
}

/** Make speech as loud as other greetings are; what is louder than the line bears is cut off. */
function levelled(samples) {
  const powers = [];
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    let sum = 0;
    for (let i = at; i < at + FRAME; i += 1) sum += samples[i] * samples[i];
    powers.push(sum / FRAME);
  }
  const loudest = powers.reduce((most, one) => Math.max(most, one), 0);
  const spoken = powers.filter((power) => power > loudest / 100);
  const mean = spoken.reduce((sum, power) => sum + power, 0) / (spoken.length || 1);
  const gain = mean > 0 ? LOUDNESS / Math.sqrt(mean) : 1;
  return samples.map((sample) => Math.min(Math.max(sample * gain, -HIGHEST), HIGHEST));
}

function wav(samples) {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const word = (at, text) => [...text].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, 36 + 2 * samples.length, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => view.setInt16(44 + 2 * i, Math.round(sample * 32767), true));
  return new Blob([view.buffer], { type: "audio/wav" });
}

/** The WAV file of a Blob or File. */
export async function telephoneSound(blob) {
  return wav(levelled(await samplesOf(await blob.arrayBuffer())));
}
