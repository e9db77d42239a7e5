import { cancelImport } from "#server/services/imports/cancel-import.ts";
import { exportRefusals } from "#server/services/imports/export-refusals.ts";
import { ImportInput } from "#server/services/imports/find-import.ts";
import { getImport } from "#server/services/imports/get-import.ts";
import { listImports } from "#server/services/imports/list-imports.ts";
import { previewImport, PreviewImportInput } from "#server/services/imports/preview-import.ts";
import { startImport, StartImportInput } from "#server/services/imports/start-import.ts";
import { uploadTable, UploadTableInput } from "#server/services/imports/upload-table.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const importsRouter = router({
  list: clubProcedure.query(({ ctx }) => listImports(ctx.service)),
  get: clubProcedure.input(ImportInput).query(({ ctx, input }) => getImport(ctx.service, input)),
  upload: clubProcedure.input(UploadTableInput).mutation(({ ctx, input }) => uploadTable(ctx.service, input)),
  /** Changes nothing; a choice of columns is too long for an address. */
  preview: clubProcedure.input(PreviewImportInput).mutation(({ ctx, input }) => previewImport(ctx.service, input)),
  start: clubProcedure.input(StartImportInput).mutation(({ ctx, input }) => startImport(ctx.service, input)),
  cancel: clubProcedure.input(ImportInput).mutation(({ ctx, input }) => cancelImport(ctx.service, input)),
  refusals: clubProcedure.input(ImportInput).query(({ ctx, input }) => exportRefusals(ctx.service, input)),
});
