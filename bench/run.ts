import { parseArgs } from "node:util";

/** From these versions on Node runs TypeScript without a flag. */
const NEEDED = { major: 22, minor: 18 };

const HELP = `npm run bench -- <name> [options]

latency-webhook            text to open browser and to answer, 50 messages by webhook
latency-poll               the same through the polled ClubOS inbox
  --pace idle|active       idle (as if nobody had written for a while) unless told
crash                      kill -9 in the middle of a burst of 200 messages
  --target web|executor|postgres   one of them; all three without
  --kill-after <ms>        when, counted from the first message
sends                      2,000 replies, one in five answered by an error after it was accepted
sync-members               3,832 prospects read page by page, 150 ms each, and read again
campaign                   one campaign to 3,832 prospects, 294 new members and 117 pay-per-visit guests
  --kill                   kill -9 of the server 5 s after each start, until all is settled
scroll                     20,000 conversations and a thread of 5,000 messages, from end to end
lighthouse                 performance, accessibility and best practices of three pages, with the throttle of a phone
start                      cold start of a fresh clone, second start, Ctrl-C
  --count <n>              messages, replies or people (of a campaign the prospects), for all but the last
`;

const main = async (): Promise<boolean> => {
  assertNode();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: "string" },
      pace: { type: "string", default: "idle" },
      target: { type: "string" },
      "kill-after": { type: "string" },
      kill: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const count = values.count === undefined ? {} : { count: wholeNumber(values.count) };
  switch (values.help ? undefined : positionals[0]) {
    case "latency-webhook":
      return (await import("./latency-webhook.ts")).benchLatencyWebhook(count);
    case "latency-poll":
      return (await import("./latency-poll.ts")).benchLatencyPoll({ ...count, isIdle: values.pace !== "active" });
    case "crash":
      return crash({
        ...count,
        ...(values["kill-after"] === undefined ? {} : { killAfterMs: wholeNumber(values["kill-after"]) }),
        target: values.target,
      });
    case "sends":
      return (await import("./sends.ts")).benchSends(count);
    case "sync-members":
      return (await import("./sync-members.ts")).benchSyncMembers(count);
    case "campaign":
      return (await import("./campaign.ts")).benchCampaign({ ...count, isKilled: values.kill });
    case "scroll":
      return (await import("./scroll.ts")).benchScroll();
    case "lighthouse":
      return (await import("./lighthouse.ts")).benchLighthouse();
    case "start":
      return (await import("./start.ts")).benchStart();
    default:
      process.stdout.write(HELP);
      return values.help;
  }
};

type CrashOptions = { readonly count?: number; readonly killAfterMs?: number; readonly target: string | undefined };

const crash = async ({ target, ...options }: CrashOptions): Promise<boolean> => {
  const { benchCrash, CRASH_TARGETS } = await import("./crash.ts");
  const targets = CRASH_TARGETS.filter((name) => target === undefined || name === target);
  let isPassed = targets.length > 0;
  for (const name of targets) {
    isPassed = (await benchCrash(name, options)) && isPassed;
  }
  return isPassed;
};

const assertNode = (): void => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
    throw new Error(
      `The benches need Node ${NEEDED.major}.${NEEDED.minor} or newer, this is ${process.versions.node}: \`node bench/run.mjs\` fetches one.`,
    );
  }
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${text} is not a whole number above 0.`);
  }
  return value;
};

const stopOnSignal = async (): Promise<void> => {
  const [{ onStopRequest, INTERRUPTED_EXIT_CODE }, { stopCurrentStack }] = await Promise.all([
    import("#local/start/stop-request.ts"),
    import("./bench-stack.ts"),
  ]);
  onStopRequest({
    stop: async () => {
      await stopCurrentStack();
      process.exit(INTERRUPTED_EXIT_CODE);
    },
    stopByForce: () => undefined,
  });
};

try {
  await stopOnSignal();
  process.exit((await main()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
