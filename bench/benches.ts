import type { Bench } from './types.ts';

/** Every bench by name, in the order of the table; each is loaded in the process that runs it. */
export const benches: Record<string, () => Promise<Bench>> = {
  pictures: async () => (await import('./pictures.ts')).picturesBench,
  ticks: async () => (await import('./ticks.ts')).ticksBench,
  delivery: async () => (await import('./delivery.ts')).deliveryBench,
  storm: async () => (await import('./storm.ts')).stormBench,
  answers: async () => (await import('./answers.ts')).answersBench,
  crowd: async () => (await import('./crowd.ts')).crowdBench,
  preview: async () => (await import('./preview.ts')).previewBench,
  start: async () => (await import('./start.ts')).startBench,
  load: async () => (await import('./load.ts')).loadBench,
  soak: async () => (await import('./soak.ts')).soakBench,
};
