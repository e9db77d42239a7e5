import { DEMO_STAFF, type DemoStaff } from "../../prisma/demo-staff.ts";
import { DEMO_FRANCHISES, DEMO_PASSWORD } from "../../prisma/demo.ts";
import type { StackInfo } from "./stack.ts";

/** What `npm start` prints when everything is up; the app's address comes before any other. */
export const welcome = (info: StackInfo, dataDir: string): string => {
  const lines = ["", `Spotter is ready: ${info.appUrl}`, ""];
  if (info.parts.isDemo) {
    lines.push(`Sign in as one of these, password "${DEMO_PASSWORD}":`, ...DEMO_STAFF.map(signInLine), "");
    lines.push(`Text a club as one of its members: ${info.phoneUrl}`);
  }
  if (!info.parts.hasOwnModel) {
    lines.push("The answers come from a stand-in for Claude; set ANTHROPIC_API_KEY for the real one.");
  }
  const elsewhere = info.clusterElsewhere === null ? "" : ` (database in ${info.clusterElsewhere})`;
  lines.push(`Data and logs: ${dataDir}${elsewhere}. Ctrl-C stops everything and keeps the data.`, "", "");
  return lines.join("\n");
};

const signInLine = ({ email, role, franchiseId, clubId }: DemoStaff): string => {
  const franchise = DEMO_FRANCHISES.find(({ id }) => id === franchiseId);
  const club = franchise?.clubs.find(({ id }) => id === clubId);
  const scope = club?.name ?? `all clubs of ${franchise?.name ?? "the franchise"}`;
  return `  ${email.padEnd(32)} ${role.padEnd(8)} ${scope}`;
};
