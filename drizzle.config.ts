import { defineConfig } from 'drizzle-kit';

// For `npx drizzle-kit generate --name <what-it-does>` only; migrations are applied by src/store/migrate.ts.
export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/schema.ts',
  out: './drizzle/migrations',
});
