import "server-only";

import { log } from "#server/platform/logger.ts";

type Item = { readonly id: string; readonly clubId: string };

/** Works on one after the other; one that cannot be worked on is logged and does not hold up those of other clubs. Returns how many there were. */
export const eachItem = async <T extends Item>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> => {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      log.error({ err: error, clubId: item.clubId, itemId: item.id }, "an item of a sweep could not be worked on");
    }
  }
  return items.length;
};
