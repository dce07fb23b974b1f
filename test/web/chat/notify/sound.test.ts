/** A sound that is heard after the first gesture, and never an error. */
import { describe, expect, it } from 'vitest';

import { createSound } from '../../../../web/chat/notify/sound.ts';

/** As much of an audio context as the sound uses. */
function aContext(stateAfterResume: AudioContextState = 'running') {
  const started: number[] = [];
  const node = { connect: (next: unknown) => next, frequency: { value: 0 } };
  const context = {
    state: 'suspended' as AudioContextState,
    currentTime: 5,
    destination: {},
    resume: async () => void (context.state = stateAfterResume),
    createOscillator: () => ({
      ...node,
      start: (at: number) => void started.push(at),
      stop: () => {},
    }),
    createGain: () => ({
      ...node,
      gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} },
    }),
  };
  return { context: context as unknown as AudioContext, started };
}

describe('the sound', () => {
  it('is silent before the first gesture, and two tones after it', async () => {
    const { context, started } = aContext();
    const sound = createSound(() => context);
    sound.play();
    expect([sound.canPlay(), started]).toEqual([false, []]);
    await sound.unlock();
    sound.play();
    expect(sound.canPlay()).toBe(true);
    expect(started).toEqual([5, 5.11]);
  });

  it('stays silent where the browser does not let it be heard yet', async () => {
    const { context, started } = aContext('suspended');
    const sound = createSound(() => context);
    await sound.unlock();
    sound.play();
    expect([sound.canPlay(), started]).toEqual([false, []]);
  });

  it('is no error on a device without audio', async () => {
    const sound = createSound(() => {
      throw new DOMException('No audio', 'NotSupportedError');
    });
    await sound.unlock();
    sound.play();
    expect(sound.canPlay()).toBe(false);
  });

  it('opens one context, however often somebody clicks', async () => {
    let opened = 0;
    const sound = createSound(() => {
      opened += 1;
      return aContext().context;
    });
    await sound.unlock();
    await sound.unlock();
    expect(opened).toBe(1);
  });
});
