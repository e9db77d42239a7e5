-- AlterTable
ALTER TABLE "Workflow" ADD COLUMN     "ownPaths" JSONB NOT NULL DEFAULT '[]';
