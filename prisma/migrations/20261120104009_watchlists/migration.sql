-- CreateTable
CREATE TABLE "heartbeat"."watchlist" (
    "workspace_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "owner_email" TEXT,
    "team" TEXT,
    "live_key" TEXT,
    "token" TEXT,
    "copy_of" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "watchlist_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "heartbeat"."watchlist_item" (
    "workspace_id" TEXT NOT NULL,
    "watchlist_id" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watchlist_item_pkey" PRIMARY KEY ("workspace_id","watchlist_id","metric_id")
);

-- CreateTable
CREATE TABLE "heartbeat"."star" (
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_pkey" PRIMARY KEY ("workspace_id","email","metric_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "watchlist_workspace_id_live_key_key" ON "heartbeat"."watchlist"("workspace_id", "live_key");

-- CreateIndex
CREATE UNIQUE INDEX "watchlist_workspace_id_token_key" ON "heartbeat"."watchlist"("workspace_id", "token");

-- AddForeignKey
ALTER TABLE "heartbeat"."watchlist_item" ADD CONSTRAINT "watchlist_item_workspace_id_watchlist_id_fkey" FOREIGN KEY ("workspace_id", "watchlist_id") REFERENCES "heartbeat"."watchlist"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
