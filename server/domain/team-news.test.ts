import { describe, expect, test } from "vitest";

import { isTeamNews } from "./team-news.ts";

describe("what tells the club's own people", () => {
  test.each(["notification:ndl_1", "chase:esc_1:0", "chase:esc_1:0:con_1"])("%s does", (key) => {
    expect(isTeamNews(key)).toBe(true);
  });

  test.each(["emergency:alr_1:1", "report:day", "page-answered:msg_1", "agent:run_1:1", "staff:cnv_1:chase:1", ""])(
    "%s does not: its failing is told",
    (key) => {
      expect(isTeamNews(key)).toBe(false);
    },
  );
});
