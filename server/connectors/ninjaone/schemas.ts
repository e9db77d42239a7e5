import { z } from "zod";

/** Vendor's regions and what its public clients list, 2026-11. */
export const REGIONS = ["app", "us2", "eu", "ca", "oc", "fed"] as const;

const Digits = z.string().trim().regex(/^\d+$/);

export const NinjaOneAccount = z.object({
  region: z.enum(REGIONS).default("app"),
  clientId: z.string().trim().min(1),
  clientSecret: z.string().min(1),
  organizationId: Digits,
  scriptId: Digits,
  /** Exactly as the vendor lists it: activities name the script, not its id. */
  scriptName: z.string().trim().min(1),
  runAs: z.string().trim().min(1).default("system"),
  /** How a number alone becomes the name of a device. */
  deviceWords: z.string().trim().includes("{number}").default("Bay {number}"),
});

export type NinjaOneAccount = z.output<typeof NinjaOneAccount>;

export const SessionState = z.object({
  /** Hash of the account the rest belongs to; another account starts anew. */
  accountHash: z.string(),
  accessToken: z.string().nullable(),
  renewAtMs: z.number(),
  loginAttemptsMs: z.array(z.number()),
  refusedAtMs: z.number().nullable(),
});

export type SessionState = z.output<typeof SessionState>;

export const TokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

export const Device = z.looseObject({
  id: z.int(),
  organizationId: z.int(),
  displayName: z.string().nullish(),
  systemName: z.string().nullish(),
  offline: z.boolean(),
  /** Seconds since 1970, with a fraction. */
  lastContact: z.number().nullish(),
});

export type Device = z.output<typeof Device>;

export const DevicePage = z.array(Device);

export const ScriptList = z.array(z.looseObject({ id: z.int(), name: z.string() }));

export const Activity = z.looseObject({
  id: z.int(),
  /** Seconds since 1970, with a fraction. */
  activityTime: z.number(),
  deviceId: z.int().nullish(),
  seriesUid: z.string().nullish(),
  activityType: z.string(),
  statusCode: z.string(),
  status: z.string().nullish(),
  activityResult: z.string().nullish(),
  subject: z.string().nullish(),
  message: z.string().nullish(),
});

export type Activity = z.output<typeof Activity>;

export const ActivityPage = z.looseObject({ lastActivityId: z.int().nullish(), activities: z.array(Activity) });

/** The three shapes in which the vendor refuses (public clients, 2026-11). */
export const ErrorAnswer = z.looseObject({
  resultCode: z.string().optional(),
  errorMessage: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});
