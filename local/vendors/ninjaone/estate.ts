import { randomUUID } from "node:crypto";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { Accepted, AcceptLog } from "../_shared/accept-log.ts";

/** How a run ends, and when, counted from its acceptance. */
export type Course = {
  readonly outcome: "success" | "failure" | "offline" | "hangs";
  readonly startMs: number;
  readonly endMs: number;
  /** The later activity carries the lower id. */
  readonly isOutOfOrder: boolean;
  /** The answer is the bare uid of the series in place of nothing. */
  readonly answersUid: boolean;
};

export type Run = Course & {
  readonly kind: "run";
  readonly deviceId: number;
  readonly organizationId: number;
  readonly scriptId: number;
  readonly scriptName: string;
  readonly runAs: string;
  readonly seriesUid: string;
  /** The first of ten ids that belong to this run. */
  readonly firstActivityId: number;
};

export type SandboxDevice = {
  readonly id: number;
  readonly organizationId: number;
  readonly systemName: string;
  readonly displayName: string;
  readonly isOffline: boolean;
};

export type SandboxActivity = {
  readonly id: number;
  readonly activityTime: number;
  readonly deviceId: number;
  readonly seriesUid: string;
  readonly activityType: string;
  readonly statusCode: string;
  readonly status: string;
  readonly activityResult?: string;
  readonly subject: string;
  readonly message: string;
};

type NinjaOneAccountOfClub = NonNullable<DemoClub["ninjaOne"]>;
export type SandboxClub = { readonly slug: string; readonly ninjaOne: NinjaOneAccountOfClub };

const BAY_COUNT = 6;
const ACTIVITY_IDS_PER_RUN = 10;

/** The usual course of the demo: the script begins after a moment and takes some seconds. */
export const USUAL_COURSE: Course = { outcome: "success", startMs: 1_500, endMs: 9_000, isOutOfOrder: false, answersUid: false };

/** The organisations, devices and scripts of one vendor account, and what has happened on the devices. */
export const createEstate = ({ clubs, log, now }: { clubs: readonly SandboxClub[]; log: AcceptLog<Run>; now: () => Date }) => {
  const devices = new Map<number, SandboxDevice>();
  const noise: SandboxActivity[] = [];
  let scripts = clubs.map(({ ninjaOne }) => ({ id: Number(ninjaOne.scriptId), name: ninjaOne.scriptName }));
  let lastActivityId = 1_000 + log.entries().length * ACTIVITY_IDS_PER_RUN;
  let nextCourse: Partial<Course> = {};

  for (const { slug, ninjaOne } of clubs) {
    const organizationId = Number(ninjaOne.organizationId);
    const names = ["Front Desk", ...Array.from({ length: BAY_COUNT }, (_, index) => `Bay ${index + 1}`)];
    names.forEach((displayName, index) => {
      const id = organizationId * 100 + index;
      const systemName = `${slug}-${displayName}`.toUpperCase().replaceAll(" ", "-");
      devices.set(id, { id, organizationId, systemName, displayName, isOffline: false });
    });
  }

  return {
    scripts: () => scripts,
    removeScript: (id: number): void => {
      scripts = scripts.filter((script) => script.id !== id);
    },
    devices: () => [...devices.values()].toSorted((a, b) => a.id - b.id),
    device: (id: number) => devices.get(id),
    putDevice: (device: SandboxDevice): void => {
      devices.set(device.id, device);
    },
    removeDevice: (id: number): void => {
      devices.delete(id);
    },
    setNextCourse: (course: Partial<Course>): void => {
      nextCourse = course;
    },
    accept: (order: Pick<Run, "scriptId" | "scriptName" | "runAs"> & { readonly device: SandboxDevice }): Accepted<Run> => {
      const { device, ...rest } = order;
      const usual = device.isOffline ? { ...USUAL_COURSE, outcome: "offline" as const } : USUAL_COURSE;
      const firstActivityId = lastActivityId + 1;
      lastActivityId += ACTIVITY_IDS_PER_RUN;
      const course = { ...usual, ...nextCourse };
      nextCourse = {};
      const run: Run = {
        kind: "run",
        ...rest,
        ...course,
        deviceId: device.id,
        organizationId: device.organizationId,
        seriesUid: randomUUID(),
        firstActivityId,
      };
      return log.append(run, now());
    },
    addNoise: ({ deviceId, count, at }: { readonly deviceId: number; readonly count: number; readonly at: Date }): void => {
      for (let index = 0; index < count; index += 1) {
        lastActivityId += 1;
        noise.push(systemActivity({ id: lastActivityId, deviceId, at }));
      }
    },
    /** What can be seen by now, newest number first. */
    activities: (deviceId: number): SandboxActivity[] => {
      const seconds = now().getTime() / 1_000;
      return [...log.entries().flatMap(activitiesOf), ...noise]
        .filter((one) => one.deviceId === deviceId && one.activityTime <= seconds)
        .toSorted((a, b) => b.id - a.id);
    },
  };
};

export type Estate = ReturnType<typeof createEstate>;

const systemActivity = ({ id, deviceId, at }: { readonly id: number; readonly deviceId: number; readonly at: Date }): SandboxActivity => ({
  id,
  activityTime: at.getTime() / 1_000,
  deviceId,
  seriesUid: randomUUID(),
  activityType: "SYSTEM",
  statusCode: "USER_LOGGED_IN",
  status: "User logged in",
  subject: "kiosk",
  message: "A user has logged in",
});

/** Times are seconds with a fraction, as the vendor writes them. */
const activitiesOf = (run: Accepted<Run>): SandboxActivity[] => {
  const acceptedMs = Date.parse(run.at);
  const activity = (
    step: number,
    rest: Pick<SandboxActivity, "statusCode" | "status" | "message"> & { afterMs: number; result?: string },
  ) => ({
    id: run.firstActivityId + (run.isOutOfOrder ? 5 - step : step),
    activityTime: (acceptedMs + rest.afterMs) / 1_000,
    deviceId: run.deviceId,
    seriesUid: run.seriesUid,
    activityType: "SCRIPTING",
    statusCode: rest.statusCode,
    status: rest.status,
    ...(rest.result === undefined ? {} : { activityResult: rest.result }),
    subject: run.scriptName,
    message: rest.message,
  });
  const asked = activity(0, { statusCode: "START_REQUESTED", status: "Script start requested", message: run.runAs, afterMs: 0 });
  const started = activity(1, { statusCode: "STARTED", status: "Script started", message: "", result: "SUCCESS", afterMs: run.startMs });
  const end = (result: string, message: string) =>
    activity(2, { statusCode: "COMPLETED", status: "Script completed", message, result, afterMs: run.endMs });
  switch (run.outcome) {
    case "success":
      return [asked, started, end("SUCCESS", "exit code 0")];
    case "failure":
      return [asked, started, end("FAILURE", "exit code 1")];
    case "hangs":
      return [asked, started];
    case "offline":
      return [
        asked,
        activity(1, { statusCode: "START_REQUESTED", status: "Agent offline", message: "", result: "AGENT_OFFLINE", afterMs: run.endMs }),
      ];
  }
};
