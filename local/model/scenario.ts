import { z } from "zod";
import { ThoughtSchema } from "#server/domain/intent.ts";
import { LOG_MAX_COUNT } from "./limits.ts";

/** Something that shall go wrong with the next `count` message requests, in the order the faults were added. */
export const Fault = z.strictObject({
  kind: z.enum(["429", "529", "500", "garbage", "refusal", "max_tokens", "hang", "slow"]),
  count: z.int().min(1).default(1),
  /** Sent as `retry-after` with 429 and 529; without it the header is absent. */
  retryAfterSeconds: z.number().min(0).optional(),
  /** How long "slow" takes. */
  latencyMs: z.int().min(0).optional(),
});

/** What to answer when the contact's newest words (or the last turn) contain `match`; the latest script wins. */
export const Script = z.strictObject({
  match: z.string(),
  /** Laid over what the demo brain thinks, so a test names only the fields it cares for. */
  thought: ThoughtSchema.partial().optional(),
  /** Sent word for word in place of any thought. */
  text: z.string().optional(),
  /** Asked for once, when the request offers tools; the thought or text follows the results. */
  toolCalls: z.array(z.strictObject({ name: z.string(), input: z.record(z.string(), z.unknown()) })).optional(),
  /** Ends after so many answers; without it the script stays until it is cleared. */
  count: z.int().min(1).optional(),
});

export type Fault = z.infer<typeof Fault>;
export type Script = z.infer<typeof Script>;

export type LogEntry = {
  readonly requestId: string;
  readonly path: string;
  readonly status: number;
  readonly model: string | null;
  readonly isStreamed: boolean;
  readonly fault: Fault["kind"] | null;
  readonly retryCount: number;
  readonly lastWords: string;
  readonly answer: string | null;
  readonly usage: unknown;
};

export type Scenario = {
  readonly addFault: (fault: Fault) => void;
  readonly addScript: (script: Script) => void;
  readonly takeFault: () => Fault | null;
  readonly takeScript: (words: string) => Script | null;
  readonly clearFaults: () => void;
  readonly clearScripts: () => void;
  readonly clearLog: () => void;
  readonly record: (entry: LogEntry) => void;
  readonly report: () => {
    counts: Readonly<Record<string, number>>;
    requests: readonly LogEntry[];
    faults: readonly Fault[];
    scripts: readonly Script[];
  };
};

export const createScenario = (): Scenario => {
  const faults: Fault[] = [];
  const scripts: Script[] = [];
  const log = createLog();
  return {
    addFault: (fault) => void faults.push({ ...fault }),
    addScript: (script) => void scripts.unshift({ ...script }),
    takeFault: () => takeOne(faults, 0),
    takeScript: (words) =>
      takeOne(
        scripts,
        scripts.findIndex((script) => words.includes(script.match)),
      ),
    clearFaults: () => void faults.splice(0),
    clearScripts: () => void scripts.splice(0),
    clearLog: log.clear,
    record: log.record,
    report: () => ({ ...log.report(), faults: [...faults], scripts: [...scripts] }),
  };
};

/** One use of a counted entry; at zero it leaves the list. Without a count it stays. */
const takeOne = <T extends { count?: number | undefined }>(entries: T[], index: number): T | null => {
  const entry = entries[index];
  if (entry?.count !== undefined) {
    entry.count -= 1;
    if (entry.count === 0) {
      entries.splice(index, 1);
    }
  }
  return entry ?? null;
};

const createLog = () => {
  let entries: readonly LogEntry[] = [];
  let counts: Readonly<Record<string, number>> = { requests: 0 };
  const count = (name: string): void => {
    counts = { ...counts, [name]: (counts[name] ?? 0) + 1 };
  };
  return {
    record: (entry: LogEntry): void => {
      entries = [entry, ...entries].slice(0, LOG_MAX_COUNT);
      count("requests");
      count(`status_${entry.status}`);
      if (entry.fault !== null) {
        count(`fault_${entry.fault}`);
      }
    },
    clear: (): void => {
      entries = [];
      counts = { requests: 0 };
    },
    report: () => ({ counts, requests: entries }),
  };
};
