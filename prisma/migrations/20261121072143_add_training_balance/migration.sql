-- What a member owes for training, as a part of the balance. Null when the vendor did not say.
ALTER TABLE "Member" ADD COLUMN "trainingBalanceMinor" BIGINT;

