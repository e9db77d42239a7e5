import { z } from "zod";

import type { ClubRun } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";

const HANDLE_MAX_CHARACTERS = 60;

/** As the model writes it; whether this run handed it out is asked where it is used. */
export const PersonHandle = z.string().min(1).max(HANDLE_MAX_CHARACTERS);

/** The member behind a handle of this run. @throws `invalid` for anything that was not handed out in it */
export const memberBehind = (run: ClubRun, handle: string): Id<"member"> => {
  const id = run.handles.read("member", handle);
  if (id === null) {
    throw new DomainError("invalid", "no member was named so in this run: take person from a list or a profile of this run");
  }
  return id;
};
