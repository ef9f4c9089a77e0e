-- CreateTable
CREATE TABLE "heartbeat"."proposal" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."proposal_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "proposal_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "proposal_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proposal_workspace_id_state_number_idx" ON "heartbeat"."proposal"("workspace_id", "state", "number");

-- CreateIndex
CREATE UNIQUE INDEX "proposal_workspace_id_number_key" ON "heartbeat"."proposal"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "proposal_event_proposal_id_id_idx" ON "heartbeat"."proposal_event"("proposal_id", "id");

-- AddForeignKey
ALTER TABLE "heartbeat"."proposal_event" ADD CONSTRAINT "proposal_event_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "heartbeat"."proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
