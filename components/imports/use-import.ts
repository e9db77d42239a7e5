"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";

import { saveText } from "#components/imports/pack-file.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { ImportMapping } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type ImportView = inferRouterOutputs<AppRouter>["imports"]["get"];
export type ImportPreview = inferRouterOutputs<AppRouter>["imports"]["preview"];

const tell = (error: unknown): void => {
  const { title, advice } = describeFailure(error);
  notify({ tone: "bad", title, detail: advice });
};

/** What a person may do with one import; each says when it did not work. */
export const useImport = (importId: Id<"csvImport">) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const { imports } = useTRPCClient();
  const queryClient = useQueryClient();
  const input = { clubId, importId };
  const shared = { onError: tell, onSettled: () => queryClient.invalidateQueries(trpc.imports.pathFilter()) };
  return {
    preview: useMutation({ mutationFn: (mapping: ImportMapping) => imports.preview.mutate({ ...input, mapping }), onError: tell }),
    start: useMutation({ mutationFn: (mapping: ImportMapping) => imports.start.mutate({ ...input, mapping }), ...shared }),
    cancel: useMutation({ mutationFn: () => imports.cancel.mutate(input), ...shared }),
    download: useMutation({
      mutationFn: (_fileName: string) => imports.refusals.query(input),
      onSuccess: ({ csv }, fileName) => saveText(csv, fileName),
      onError: tell,
    }),
  };
};
