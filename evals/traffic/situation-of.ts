import type { Persona } from "#local/phone/personas.ts";
import { worldOf } from "#local/vendors/world.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

import type { DemoClub } from "../../prisma/demo.ts";
import { articlesOf } from "../../prisma/seed/knowledge/articles.ts";
import { spanishOf } from "../../prisma/seed/knowledge/spanish.ts";
import { profileOf } from "../../prisma/seed/profiles.ts";
import { situationOf as freshSituation } from "../conversations/situation-of.ts";

type Occasion = { readonly club: DemoClub; readonly persona: Persona; readonly texts: readonly string[] };

/** One occasion of the demo's traffic as the agent would find it: the demo's own people, articles and built-in policy. */
export const situationOf = ({ club, persona, texts }: Occasion): Situation => {
  const person = worldOf(club).find(({ id }) => id === persona.id);
  const isMember = person !== undefined && person.standing !== "prospect" && person.standing !== "ex_member";
  const fresh = freshSituation(
    {
      id: persona.id,
      club: club.kind,
      member: {
        kind: person === undefined ? "unknown" : isMember ? "member" : "prospect",
        firstName: persona.name.split(" ")[0],
        binding: person === undefined || persona.about.includes("shares a number") ? "unknown" : "bound",
        status: persona.standing === "past_due" ? "past_due" : "active",
        balanceMinor: isMember ? String(person.balanceMinor) : null,
      },
      turns: texts.map((text) => ({ from: "contact", text })),
      expect: {
        category: "other",
        riskFlags: [],
        outcome: ["respond"],
        mustEscalate: false,
        mayAutoAnswer: false,
        isSimpleQuestion: false,
        optOut: false,
      },
    },
    { gym: [], golf: [] },
  );
  const articles = articlesOf(club, profileOf(club.slug));
  return {
    ...fresh,
    policy: BUILT_IN_POLICY,
    club: { ...fresh.club, name: club.name, timeZone: club.timeZone, phone: club.phone },
    knowledge: articles.map(({ asked = [], sentences, title }, index) => ({
      id: `kb_${index}`,
      title,
      body: sentences.join(" "),
      version: 1,
      facts: [],
      asked,
      translations: spanishOf(sentences),
    })),
  };
};
