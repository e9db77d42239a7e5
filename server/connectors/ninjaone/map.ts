import type { ResetProgress, VendorDevice } from "../acts.ts";
import { RUN_ACTIVITY_TYPES } from "./limits.ts";
import type { Activity, Device, NinjaOneAccount } from "./schemas.ts";

/** Runs of letters and runs of digits, in lower case and without leading zeros: `BAY-01` and `Bay 1` are the same. */
export const wordsOf = (text: string): readonly string[] =>
  (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? []
  ).map((word) => word.replace(/^0+(?=\p{N})/u, ""));

/** What to look for: a number alone stands for the bay of that number. */
export const wantedWords = (words: string, { deviceWords }: Pick<NinjaOneAccount, "deviceWords">): readonly string[] => {
  const wanted = wordsOf(words);
  return wanted.length === 1 && /^\p{N}+$/u.test(wanted[0] ?? "") ? wordsOf(deviceWords.replaceAll("{number}", ` ${wanted[0]} `)) : wanted;
};

/** Whole words in one stretch, so that `Bay 1` is neither `Bay 12` nor `Bay 21`. */
export const holdsWords = (name: string, wanted: readonly string[]): boolean => {
  const words = wordsOf(name);
  return wanted.length > 0 && words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word));
};

export const namesOf = ({ displayName, systemName }: Device): readonly string[] =>
  [displayName, systemName].flatMap((name) => (name === null || name === undefined || name.trim() === "" ? [] : [name.trim()]));

export const toDevice = (device: Device): VendorDevice => ({
  externalId: String(device.id),
  name: namesOf(device)[0] ?? `Device ${device.id}`,
  isOnline: !device.offline,
  lastSeenAt: device.lastContact === null || device.lastContact === undefined ? null : instantOf(device.lastContact),
});

export const instantOf = (seconds: number): Date => new Date(Math.round(seconds * 1_000));

type Wanted = {
  readonly deviceExternalId: string;
  readonly scriptName: string;
  /** The vendor's clock: a run that began before it is another one. */
  readonly earliestAt: Date;
  readonly vendorReference: string | null;
};

/**
 * What the activities of a device say of the run that was asked for. They come in any order and more than once, and
 * name no job: ours is the first run of that script which began after it was asked for, followed by its series.
 */
export const progressOf = (activities: readonly Activity[], wanted: Wanted): ResetProgress => {
  const all = [...new Map(activities.map((one) => [one.id, one])).values()].filter(
    (one) => String(one.deviceId) === wanted.deviceExternalId && RUN_ACTIVITY_TYPES.includes(one.activityType),
  );
  const runs = [...Map.groupBy(all.toSorted(byTime), (one) => one.seriesUid ?? `activity:${one.id}`).values()];
  const isNew = ([first]: readonly Activity[]): boolean =>
    first !== undefined && instantOf(first.activityTime).getTime() >= wanted.earliestAt.getTime();
  const isOurs = (run: readonly Activity[]): boolean => run.some(({ subject }) => isSameText(subject, wanted.scriptName));
  const run =
    runs.find(([first]) => wanted.vendorReference !== null && first?.seriesUid === wanted.vendorReference) ??
    runs.find((one) => isNew(one) && isOurs(one));
  return run === undefined ? { state: "waiting", vendorReference: wanted.vendorReference, detail: null } : stateOf(run);
};

/** Activities of one millisecond keep the order in which the vendor numbered them. */
const byTime = (a: Activity, b: Activity): number => a.activityTime - b.activityTime || a.id - b.id;

const isSameText = (a: string | null | undefined, b: string): boolean => a?.trim().toLowerCase() === b.trim().toLowerCase();

const stateOf = (run: readonly Activity[]): ResetProgress => {
  const vendorReference = run.find(({ seriesUid }) => seriesUid)?.seriesUid ?? null;
  const end = run.findLast(isEnd);
  if (end !== undefined) {
    const hasSucceeded = end.statusCode === "COMPLETED" && end.activityResult === "SUCCESS";
    return { state: hasSucceeded ? "succeeded" : "failed", vendorReference, detail: detailOf(end) };
  }
  const last = run.at(-1);
  const hasBegun = run.some(({ statusCode }) => statusCode === "STARTED" || statusCode === "IN_PROCESS");
  return { state: hasBegun ? "running" : "waiting", vendorReference, detail: last === undefined ? null : detailOf(last) };
};

/** A success counts with the end only: the beginning of a run is told as a success too. */
const isEnd = ({ statusCode, activityResult }: Activity): boolean =>
  ["COMPLETED", "CANCELLED", "BLOCKED"].includes(statusCode) ||
  ["FAILURE", "UNSUPPORTED", "UNCOMPLETED", "AGENT_OFFLINE"].includes(activityResult ?? "");

const detailOf = ({ activityResult, message, status, statusCode }: Activity): string => {
  if (activityResult === "AGENT_OFFLINE") {
    return "The device is offline, so the script did not run.";
  }
  const words = [status, message].filter((text) => text !== null && text !== undefined && text.trim() !== "");
  return words.length === 0 ? statusCode : words.join(": ");
};
