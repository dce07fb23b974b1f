/** The sound of a new message: two soft tones, made here. Browsers let nobody be heard before the first gesture. */

export interface Sound {
  /** Lets it be heard from now on; only inside of a gesture. */
  readonly unlock: () => Promise<void>;
  readonly canPlay: () => boolean;
  readonly play: () => void;
}

/** The sound of this page. @param open makes the audio context; throws where there is none */
export function createSound(open: () => AudioContext = () => new AudioContext()): Sound {
  let context: AudioContext | null = null;
  const canPlay = () => context?.state === 'running';
  return {
    unlock: async () => {
      if (canPlay()) return;
      try {
        context ??= open();
        await context.resume();
      } catch {
        // no audio on this device: everything else tells
      }
    },
    canPlay,
    play: () => {
      if (context !== null && canPlay()) chime(context);
    },
  };
}

/** Tones by their pitch, and when each begins. */
const TONES = [
  { hertz: 659.25, startS: 0 },
  { hertz: 880, startS: 0.11 },
];
const TONE_S = 0.32;
const LOUDNESS = 0.14;
/** An exponential fall cannot reach zero. */
const SILENCE = 0.0001;

function chime(context: AudioContext): void {
  for (const { hertz, startS } of TONES) {
    const at = context.currentTime + startS;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(SILENCE, at);
    volume.gain.exponentialRampToValueAtTime(LOUDNESS, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(SILENCE, at + TONE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE_S);
  }
}

const GESTURES = ['pointerdown', 'pointerup', 'keydown'] as const;

/**
 * Unlocks a sound by whatever the person does first; a phone may lock it again, so by whatever they do next, too.
 * What they did before this was loaded counts where the browser remembers it. @returns what ends that
 */
export function unlockByGesture(sound: Sound): () => void {
  const unlock = () => void sound.unlock();
  // an old browser does not know
  if ('userActivation' in navigator && navigator.userActivation.hasBeenActive) unlock();
  for (const name of GESTURES) addEventListener(name, unlock, { capture: true, passive: true });
  return () => {
    for (const name of GESTURES) removeEventListener(name, unlock, { capture: true });
  };
}
