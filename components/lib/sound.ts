const PEAK = 0.08;
const LENGTH_SECONDS = 0.35;

/** Two soft notes, made on the spot. Browsers stay silent until the user has touched the page; that is no error. */
export const playNeedsYouSound = (): void => {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.setValueAtTime(PEAK, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + LENGTH_SECONDS);
  volume.connect(context.destination);
  for (const [index, frequency] of [523.25, 659.25].entries()) {
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume);
    note.start(context.currentTime + index * 0.12);
    note.stop(context.currentTime + LENGTH_SECONDS);
    note.addEventListener("ended", () => void context.close());
  }
};
