alter table "ModelTurn" drop constraint "ModelTurn_purpose_check";
alter table "ModelTurn" add constraint "ModelTurn_purpose_check"
  check (purpose = any ('{answer,summary,review,test,replay,workflow,chat,translation,rewrite,questions}'::text[]));
