import { readSchema } from "../prisma/project-files.ts";

export type Model = {
  readonly name: string;
  readonly club: "required" | "optional" | "none";
  readonly hasTenantKey: boolean;
  readonly parents: readonly { readonly model: string; readonly fields: readonly string[]; readonly references: readonly string[] }[];
};

/** Every model of the schema, as far as the tenant is concerned. */
export const readModels = (): readonly Model[] =>
  readSchema()
    .flatMap(({ content }) => [...content.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)])
    .map(([, name = "", body = ""]) => ({
      name,
      club: /^ {2}clubId +String(?: @id)?$/m.test(body) ? "required" : /^ {2}clubId +String\?$/m.test(body) ? "optional" : "none",
      hasTenantKey: body.includes("@@unique([id, clubId])"),
      parents: [...body.matchAll(/^ {2}\w+ +(\w+)\??.*@relation\(fields: \[(.*?)\], references: \[(.*?)\]/gm)].map(
        ([, model = "", fields = "", references = ""]) => ({ model, fields: fields.split(", "), references: references.split(", ") }),
      ),
    }));

/** Models without a club, each with its reason. */
export const WITHOUT_CLUB: Readonly<Record<string, string>> = {
  Franchise: "stands above the clubs",
  Club: "is the club: its own id is the tenant",
  User: "a person may work for several clubs; StaffAccess says for which",
  SignInAttempt: "counted before anybody is known",
};

/** Models whose club may be empty: then the row belongs to the whole franchise. */
export const OF_THE_FRANCHISE: Readonly<Record<string, string>> = {
  KnowledgeArticle: "an article may hold for every club of the franchise",
  KnowledgeVersion: "a version of an article is the franchise's or the club's, like the article",
  Template: "a text may be shared by every club of the franchise",
  Policy: "the franchise has defaults and locks",
  StaffAccess: "an owner's access opens every club of the franchise",
  Invitation: "may invite into every club of the franchise",
  AuditLog: "what a user does to their own account belongs to no club",
};
