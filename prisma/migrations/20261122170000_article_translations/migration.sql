-- AlterTable
ALTER TABLE "KnowledgeArticle" ADD COLUMN     "translations" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "KnowledgeVersion" ADD COLUMN     "translations" JSONB NOT NULL DEFAULT '[]';
