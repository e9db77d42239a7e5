import { PREFIX, type Id, type Kind } from "#server/domain/ids.ts";

/** The id of a seeded row, the same on every machine and in every run, so that a second run finds the first one's rows. */
export const fixedId = <K extends Kind>(kind: K, serial: number): Id<K> =>
  `${PREFIX[kind]}_01kd3m0dem${serial.toString().padStart(16, "0")}`;

/** The number in a fixed id: the third club of the demo is 3. */
export const serialOf = (id: string): number => Number(id.slice(-4));
