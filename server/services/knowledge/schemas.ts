import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";

export const ArticleInput = z.object({ articleId: idSchema("knowledgeArticle") });
/** The version the person looked at: whoever looked at an older one is told so instead of overwriting a colleague. */
export const VersionedInput = ArticleInput.extend({ version: z.int().min(1) });
