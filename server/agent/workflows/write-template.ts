import "server-only";

import { installedMind, type Mind } from "#server/agent/mind.ts";
import { TEMPLATE_PROMPT, TEMPLATE_PROMPT_VERSION, TEMPLATE_TASK, TemplateSchema } from "#server/agent/prompts/template.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { checkTemplate } from "#server/domain/workflows/check-template.ts";
import { TEMPLATE_ROOM, templateSpec } from "#server/domain/workflows/templates.ts";
import { log } from "#server/platform/logger.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { beginWriting, finishWriting, type Writing, type WrittenText } from "#server/services/workflows/write-texts.ts";

/** Only so much of the knowledge goes along: a template states little, and the budget of a run is small. */
const KNOWLEDGE_MAX_CHARACTERS = 6_000;

/**
 * Has the texts written that a run still lacks: one call of the model for each, checked by code. What is not usable is nobody's to
 * mend: the club's own words are sent instead. Harmless to repeat.
 */
export const writeTemplates = async (
  ctx: ServiceContext,
  { runId }: { readonly runId: string },
  mind: Pick<Mind, "think" | "model"> = installedMind(),
): Promise<{ readonly writtenCount: number }> => {
  const writing = await beginWriting(ctx, { runId });
  if (writing.kind === "none") {
    return { writtenCount: 0 };
  }
  const written: WrittenText[] = [];
  for (const wanted of writing.keys) {
    written.push(await writeOne(ctx, { writing, wanted, mind }));
  }
  await finishWriting(ctx, { runId, written });
  return { writtenCount: written.filter(({ body }) => body !== null).length };
};

type One = { readonly writing: Writing; readonly wanted: Writing["keys"][number]; readonly mind: Pick<Mind, "think" | "model"> };

const writeOne = async (ctx: ServiceContext, { mind, wanted, writing }: One): Promise<WrittenText> => {
  const { key, ownText } = wanted;
  const spec = templateSpec(key);
  const knowledge = within(writing.knowledge.map(({ body, title }) => ({ title, body })));
  const result = await mind.think({
    system: [
      { text: TEMPLATE_PROMPT.text, isCached: false },
      { text: `${untrusted("personality", writing.personality)}\n${untrusted("club_knowledge", knowledge)}`, isCached: true },
    ],
    messages: [
      {
        role: "user",
        content: [
          untrusted("brief", { text: spec.brief, maxCharacters: TEMPLATE_ROOM, language: writing.language, club: writing.club.name }),
          untrusted(
            "fields",
            spec.fields.map((name) => ({ name, isRequired: spec.required.includes(name) })),
          ),
          untrusted("own_text", ownText ?? spec.builtIn[0]),
          `<task>${TEMPLATE_TASK}</task>`,
        ].join("\n"),
      },
    ],
    schema: TemplateSchema,
    model: writing.model ?? mind.model,
    fairKey: ctx.clubId,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const body = result.kind === "thought" ? stripInvisible(result.value.body).trim() : null;
  const problems =
    body === null
      ? []
      : checkTemplate(key, body, {
          facts: [
            ...knowledge.flatMap(({ body: text, title }) => [title, text]),
            ownText ?? "",
            writing.club.name,
            writing.club.phone ?? "",
          ],
          allowedLinkHosts: writing.allowedLinkHosts,
          language: writing.language,
        });
  if (problems.length > 0) {
    log.warn({ clubId: ctx.clubId, key, problems }, "a written template was not usable");
  }
  const errorKind = result.kind === "failed" ? result.failure.kind : problems.length > 0 ? "not_usable" : null;
  return { key, body: problems.length > 0 ? null : body, turn: { ...turn, promptVersion: TEMPLATE_PROMPT_VERSION, errorKind } };
};

type Article = { readonly title: string; readonly body: string };

const within = (articles: readonly Article[]): readonly Article[] => {
  let room = KNOWLEDGE_MAX_CHARACTERS;
  return articles.filter(({ body, title }) => {
    room -= body.length + title.length;
    return room >= 0;
  });
};
