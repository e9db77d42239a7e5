-- A person's own words why a connection rests; only while it does.
ALTER TABLE "Connection" ADD COLUMN "pauseReason" TEXT;

alter table "Connection" add constraint "Connection_pauseReason_check" check ("pauseReason" is null or status = 'disabled');
