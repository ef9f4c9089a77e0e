-- The column is named as people query it: heartbeat.metric_history(metric, as_of, value, …)
ALTER TABLE "heartbeat"."metric_history" RENAME COLUMN "metric_id" TO "metric";

-- RenameIndex
ALTER INDEX "heartbeat"."metric_history_workspace_id_metric_id_as_of_computed_at_idx" RENAME TO "metric_history_workspace_id_metric_as_of_computed_at_idx";
