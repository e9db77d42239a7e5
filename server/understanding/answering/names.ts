import type { Words } from "./library.ts";
import type { Asked } from "./read-words.ts";

type Named = Pick<Words, "concepts" | "stems">;

/** Whether these words name what was asked: by its concept, or by the very words. */
export const names = ({ concepts, stems }: Named, asked: Asked): boolean =>
  asked.concepts.some((concept) => concepts.has(concept)) || asked.stems.every((stem) => stems.has(stem));

/** What must or should stand in the answer. */
export const isWeighty = ({ kind }: Asked): boolean => kind !== "person" && kind !== "aspect";
