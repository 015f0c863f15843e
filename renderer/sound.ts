/*
 * A short dry click, made on the spot: no file to load, nothing to go missing.
 */

const clickSeconds = 0.03;
const clickHertz = 1_850;
const clickGain = 0.12;

let audio: AudioContext | undefined;

/** Heard under the finger the moment a press counts. A machine without sound stays silent. */
export function click(): void {
  try {
    audio ??= new AudioContext({ latencyHint: 'interactive' });
    const { currentTime, destination } = audio;
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: clickHertz });
    const gain = new GainNode(audio, { gain: clickGain });
    gain.gain.exponentialRampToValueAtTime(0.001, currentTime + clickSeconds);
    tone.connect(gain).connect(destination);
    tone.start();
    tone.stop(currentTime + clickSeconds);
  } catch {
    // No sound device: the press counts all the same.
  }
}
