import { DomainError } from "#server/domain/errors.ts";

type Limits = { readonly running: number; readonly waiting: number };

/**
 * A gate through which at most `running` tasks go at a time; up to `waiting` more stand in line, first come first served.
 * The gate throws `limit_exceeded` at once when the line is full, so that a flood costs neither memory nor patience.
 */
export const atMost = ({ running, waiting }: Limits): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let busy = 0;
  const line: (() => void)[] = [];

  const enter = async (): Promise<void> => {
    if (busy < running) {
      busy += 1;
      return;
    }
    if (line.length >= waiting) {
      throw new DomainError("limit_exceeded", "too many people are signing in right now, try again in a moment");
    }
    // The place of whoever leaves is handed over, not given back: nobody can slip in between.
    await new Promise<void>((resolve) => line.push(resolve));
  };

  const leave = (): void => {
    const next = line.shift();
    if (next === undefined) {
      busy -= 1;
      return;
    }
    next();
  };

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
};
