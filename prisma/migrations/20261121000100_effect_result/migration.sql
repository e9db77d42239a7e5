-- What else the vendor answered to an effect: address of a link, state of a device.
ALTER TABLE "Effect" ADD COLUMN "result" JSONB;
