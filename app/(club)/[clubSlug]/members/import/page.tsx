import type { Metadata } from "next";

import { ImportScreen } from "#components/imports/import-screen.tsx";
import { requireClub } from "#server/auth/session.ts";

export const metadata: Metadata = { title: "Import a table" };

const ImportPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  await requireClub((await params).clubSlug);
  return <ImportScreen />;
};

export default ImportPage;
