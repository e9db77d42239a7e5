import "server-only";

import { NoticeContent } from "#server/domain/known-hours.ts";
import { createNotice } from "#server/services/notices/create-notice.ts";
import { decideSpecialDay, DecideSpecialDayInput } from "#server/services/notices/decide-special-day.ts";
import { endNotice, EndNoticeInput } from "#server/services/notices/end-notice.ts";
import { listNotices } from "#server/services/notices/list-notices.ts";
import { listSpecialDays } from "#server/services/notices/list-special-days.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const noticesRouter = router({
  list: clubProcedure.query(({ ctx }) => listNotices(ctx.service)),
  create: clubProcedure.input(NoticeContent).mutation(({ ctx, input }) => createNotice(ctx.service, input)),
  end: clubProcedure.input(EndNoticeInput).mutation(({ ctx, input }) => endNotice(ctx.service, input)),
  specialDays: clubProcedure.query(({ ctx }) => listSpecialDays(ctx.service)),
  decideSpecialDay: clubProcedure.input(DecideSpecialDayInput).mutation(({ ctx, input }) => decideSpecialDay(ctx.service, input)),
});
