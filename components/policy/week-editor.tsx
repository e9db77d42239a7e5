"use client";

import { useSetting } from "#components/policy/draft-context.tsx";
import { SettingRow } from "#components/policy/setting-row.tsx";
import { USUAL_WEEK, WeekFields } from "#components/policy/week-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { settingLabel } from "#server/domain/policy-words.ts";
import type { WeekHours } from "#server/domain/policy.ts";

/** The hours of a week on the club's clock, or that nobody has told them yet. */
export const WeekSetting = ({ path, hint }: { readonly path: string; readonly hint: string }) => {
  const setting = useSetting<WeekHours | null>(path);
  const week = setting.value;
  return (
    <SettingRow path={path} setting={setting} hint={hint} isGroup>
      {() =>
        week === null ? (
          <div className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
            <span>Not known yet. Spotter does not guess.</span>
            <Button size="sm" disabled={setting.isDisabled} onClick={() => setting.set(USUAL_WEEK)}>
              Enter the hours
            </Button>
          </div>
        ) : (
          <WeekFields
            label={settingLabel(path)}
            week={week}
            isDisabled={setting.isDisabled}
            onChange={setting.set}
            onForget={() => setting.set(null)}
          />
        )
      }
    </SettingRow>
  );
};
