import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { PageAddress } from "#server/domain/knowledge.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { fetchPage, type FetchPage } from "./fetch-page.ts";
import { importSections, type Imported } from "./import-sections.ts";
import { sectionsOfHtml } from "./split-text.ts";

/** Reads a page of the club's website into drafts, one a heading. @throws `invalid` when nothing can be read there */
export const importPage = async (
  ctx: ServiceContext,
  raw: PageAddress,
  world: { readonly fetchPage: FetchPage } = { fetchPage },
): Promise<Imported> => {
  assertCan(ctx, "knowledge.write");
  const { url } = PageAddress.parse(raw);
  const sections = sectionsOfHtml((await world.fetchPage(url)).html);
  if (sections.length === 0) {
    throw new DomainError("invalid", "there is no text on this page");
  }
  return importSections(ctx, { sections, source: "imported_page", from: url });
};
