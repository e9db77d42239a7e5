import type { JsonValue, SessionStore } from "../ports.ts";

/** The session of one connection in the memory of this process. Keep one per connection, not one per call. */
export const createMemorySession = (): SessionStore => {
  let value: JsonValue | null = null;
  let renewal: Promise<JsonValue> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  return {
    get: () => value,
    set: (next) => {
      value = next;
    },
    renew: (login) => {
      renewal ??= login()
        .then((result) => {
          value = result;
          return result;
        })
        .finally(() => {
          renewal = null;
        });
      return renewal;
    },
    exclusive: (work) => {
      const turn = queue.then(work);
      // The queue itself must go on after a failure; the failure belongs to the caller of that turn.
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
};
