import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { POLL_MS, startLiveFeed } from "#components/lib/live-feed.ts";
import type { Changes, Hint, LiveState, News } from "#components/lib/live-feed.ts";

const hint = (sequence: number): Hint => ({ sequence: String(sequence), topic: "conversation", conversationId: "conv_a" });

/** A club at sequence `head`, and a realtime connection the test moves by hand. */
const follow = (startAfter: number) => {
  const club = { head: startAfter, isReachable: true, isTooOld: false };
  const news: News[] = [];
  const states: LiveState[] = [];
  const asked: string[] = [];
  const socket = { up: () => {}, down: () => {}, hear: (_hint: Hint) => {}, isClosed: false };
  const feed = startLiveFeed({
    startAfter: String(startAfter),
    readChanges: async (after): Promise<Changes> => {
      asked.push(after);
      if (!club.isReachable) {
        throw new TypeError("fetch failed");
      }
      return { sequence: String(club.head), conversationIds: [], isTooOld: club.isTooOld };
    },
    openSocket: ({ onUp, onDown, onHint }) => {
      Object.assign(socket, { up: onUp, down: onDown, hear: onHint });
      return () => {
        socket.isClosed = true;
      };
    },
    onNews: (entry) => news.push(entry),
    onState: (state) => states.push(state),
  });
  return { club, news, states, asked, socket, feed, status: () => states.at(-1)?.status };
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("sequence", () => {
  test("an event that continues the sequence is taken alone, without asking the server", () => {
    const { socket, news, asked } = follow(10);
    socket.hear(hint(11));
    socket.hear(hint(12));
    expect(news).toEqual([hint(11), hint(12)]);
    expect(asked).toEqual([]);
  });

  test("an event seen before, or older than what is known, changes nothing", () => {
    const { socket, news } = follow(10);
    socket.hear(hint(10));
    socket.hear(hint(7));
    expect(news).toEqual([]);
  });

  test("after a gap the server is asked from the last known number, and everything is refreshed once", async () => {
    const { club, socket, news, asked } = follow(10);
    club.head = 14;
    socket.hear(hint(14));
    socket.hear(hint(13));
    await settle();
    expect(asked).toEqual(["10", "14"]);
    expect(news).toEqual([null]);
    socket.hear(hint(15));
    expect(news).toEqual([null, hint(15)]);
  });

  test("a cursor the server no longer knows refreshes everything", async () => {
    const { club, feed, news } = follow(10);
    club.isTooOld = true;
    await feed.catchUp();
    expect(news).toEqual([null]);
  });
});

describe("connection", () => {
  test("coming up, also again, asks what was missed", async () => {
    const { club, socket, news, asked, status } = follow(10);
    socket.up();
    await settle();
    expect(status()).toBe("live");
    expect(news).toEqual([]);
    socket.down();
    club.head = 11;
    socket.up();
    await settle();
    expect(asked).toEqual(["10", "10"]);
    expect(news).toEqual([null]);
  });

  test("while the connection is down the server is asked every few seconds, and no longer once it is up", async () => {
    const { socket, asked, status } = follow(10);
    socket.up();
    await settle();
    socket.down();
    expect(status()).toBe("polling");
    await vi.advanceTimersByTimeAsync(POLL_MS * 2);
    expect(asked).toHaveLength(3);
    socket.up();
    await vi.advanceTimersByTimeAsync(POLL_MS * 3);
    expect(asked).toHaveLength(4);
  });

  test("when the server cannot be reached either, the screen says offline and how old it is", async () => {
    const { club, socket, states, status } = follow(10);
    socket.up();
    await settle();
    const wentDownAtMs = Date.now();
    club.isReachable = false;
    socket.down();
    await vi.advanceTimersByTimeAsync(POLL_MS * 3);
    expect(status()).toBe("offline");
    expect(states.at(-1)?.freshAtMs).toBe(wentDownAtMs);
    club.isReachable = true;
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(states.at(-1)).toEqual({ status: "polling", freshAtMs: Date.now() });
  });

  test("a stopped feed closes its connection and asks no more", async () => {
    const { socket, feed, asked } = follow(10);
    socket.down();
    feed.stop();
    await vi.advanceTimersByTimeAsync(POLL_MS * 3);
    expect(socket.isClosed).toBe(true);
    expect(asked).toEqual([]);
  });
});
