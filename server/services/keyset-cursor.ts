import "server-only";

import { DomainError } from "#server/domain/errors.ts";

/** Where a page of rows, newest first, ended. */
export type Position = { readonly at: Date; readonly id: string };

/** Opaque to the caller: instant and id of the last row shown, so that rows arriving in between shift nothing. */
export const cursorOf = ({ at, id }: Position): string => Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");

/** @throws `invalid` for anything that `cursorOf` did not write */
export const positionOf = (cursor: string): Position => {
  const [instant = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const at = new Date(instant);
  if (Number.isNaN(at.getTime()) || id === "" || cursorOf({ at, id }) !== cursor) {
    throw new DomainError("invalid", "this page does not exist, start again at the top");
  }
  return { at, id };
};
