-- AlterTable
ALTER TABLE "KnowledgeArticle" ADD COLUMN     "asked" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "KnowledgeVersion" ADD COLUMN     "asked" JSONB NOT NULL DEFAULT '[]';
