/** While the realtime connection is down, the club is asked for changes this often; a person waits no longer for news. */
export const POLL_MS = 5_000;

export type Hint = { readonly sequence: string; readonly topic: string; readonly conversationId: string | null };

export type Changes = { readonly sequence: string; readonly conversationIds: readonly string[]; readonly isTooOld: boolean };

/** `null` instead of a hint: more was missed than one event can tell, so everything on screen is asked for again. */
export type News = Hint | null;

export type LiveStatus = "connecting" | "live" | "polling" | "offline";

/** `freshAtMs`: when what is on screen was last known to be complete. */
export type LiveState = { readonly status: LiveStatus; readonly freshAtMs: number };

type SocketEvents = { readonly onUp: () => void; readonly onDown: () => void; readonly onHint: (hint: Hint) => void };

type FeedOptions = {
  /** The club's sequence number the screen was rendered from. */
  readonly startAfter: string;
  readonly readChanges: (after: string) => Promise<Changes>;
  /** Opens the realtime connection; returns how to close it. */
  readonly openSocket: (events: SocketEvents) => () => void;
  readonly onNews: (news: News) => void;
  readonly onState: (state: LiveState) => void;
};

type LiveFeed = { readonly catchUp: () => Promise<void>; readonly stop: () => void };

/**
 * Follows a club's changes. Events are hints: only an event that directly continues the known sequence is taken
 * alone; after a gap, a reconnect or a call of `catchUp` the server is asked what was missed.
 */
export const startLiveFeed = (options: FeedOptions): LiveFeed => {
  const cursor = makeCursor(options);
  let status: LiveStatus = "connecting";
  let poll: ReturnType<typeof setInterval> | undefined;
  let isStopped = false;
  let freshAtMs = Date.now();

  const report = (next: LiveStatus): void => {
    status = next;
    if (!isStopped) {
      options.onState({ status, freshAtMs });
    }
  };
  const catchUp = async (): Promise<void> => {
    const isFresh = await cursor.catchUp();
    if (isFresh) {
      freshAtMs = Date.now();
    }
    if (isStopped || status === "connecting") {
      return;
    }
    report(poll === undefined ? "live" : downStatus(isFresh));
  };
  const startPolling = (): void => {
    poll ??= setInterval(() => void catchUp(), POLL_MS);
  };
  const close = options.openSocket({
    onUp: () => {
      clearInterval(poll);
      poll = undefined;
      report("live");
      void catchUp();
    },
    onDown: () => {
      if (poll === undefined && status === "live") {
        freshAtMs = Date.now();
      }
      startPolling();
      if (status !== "offline") {
        report("polling");
      }
    },
    onHint: (hint) => cursor.take(hint),
  });
  return {
    catchUp,
    stop: () => {
      isStopped = true;
      clearInterval(poll);
      close();
    },
  };
};

const downStatus = (isFresh: boolean): LiveStatus => (isFresh ? "polling" : "offline");

/** Holds the newest sequence number seen, and asks for what lies between. One question runs at a time. */
const makeCursor = ({ startAfter, readChanges, onNews }: FeedOptions) => {
  let last = BigInt(startAfter);
  let running: Promise<boolean> | undefined;
  let isAskedAgain = false;

  const ask = async (): Promise<boolean> => {
    try {
      do {
        isAskedAgain = false;
        const changes = await readChanges(last.toString());
        const newest = BigInt(changes.sequence);
        if (changes.isTooOld || newest > last) {
          last = newest > last ? newest : last;
          onNews(null);
        }
      } while (isAskedAgain);
      return true;
    } catch {
      return false;
    } finally {
      running = undefined;
    }
  };
  const catchUp = (): Promise<boolean> => {
    isAskedAgain = running !== undefined;
    running ??= ask();
    return running;
  };
  const take = (hint: Hint): void => {
    const sequence = BigInt(hint.sequence);
    if (sequence <= last) {
      return;
    }
    if (sequence > last + 1n) {
      void catchUp();
      return;
    }
    last = sequence;
    onNews(hint);
  };
  return { catchUp, take };
};
