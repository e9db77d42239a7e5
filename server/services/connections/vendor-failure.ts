import { ConnectorError } from "#server/connectors/errors.ts";

/** Whether something failed at a vendor, for callers that know no connector. */
export const isVendorFailure = (error: unknown): boolean => error instanceof ConnectorError;
