import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { fetchPage, type FetchPage } from "./fetch-page.ts";
import { importSections, type Imported } from "./import-sections.ts";
import { sectionsOfHtml } from "./split-text.ts";

const URL_MAX_LENGTH = 500;

export const ImportPageInput = z.object({
  url: z.url({ protocol: /^https$/, error: "the address must begin with https://" }).max(URL_MAX_LENGTH),
});

/** Reads a page of the club's website into drafts, one a heading. @throws `invalid` when nothing can be read there */
export const importPage = async (
  ctx: ServiceContext,
  raw: z.input<typeof ImportPageInput>,
  world: { readonly fetchPage: FetchPage } = { fetchPage },
): Promise<Imported> => {
  assertCan(ctx, "knowledge.write");
  const { url } = ImportPageInput.parse(raw);
  const sections = sectionsOfHtml((await world.fetchPage(url)).html);
  if (sections.length === 0) {
    throw new DomainError("invalid", "there is no text on this page");
  }
  return importSections(ctx, { sections, source: "imported_page", from: url });
};
